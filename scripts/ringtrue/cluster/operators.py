"""Label keys that operators put on the pods they make, which no manifest in git shows."""

from collections.abc import Mapping

_MAKERS = {
    "strimzi.io": "Strimzi",
    "cnpg.io": "CloudNativePG",
    "postgres-operator.crunchydata.com": "Crunchy Postgres Operator",
    "serving.knative.dev": "Knative Serving",
    "elasticsearch.k8s.elastic.co": "Elastic Cloud on Kubernetes",
    "kibana.k8s.elastic.co": "Elastic Cloud on Kubernetes",
    "common.k8s.elastic.co": "Elastic Cloud on Kubernetes",
    "operator.prometheus.io": "Prometheus Operator",
    "prometheus": "Prometheus Operator",
    "alertmanager": "Prometheus Operator",
    "gateway.networking.k8s.io": "a Gateway controller",
    "gateway.envoyproxy.io": "Envoy Gateway",
    "spark-role": "Spark Operator",
    "sparkoperator.k8s.io": "Spark Operator",
    "vitess.io": "Vitess",
    "planetscale.com": "Vitess",
    "ray.io": "KubeRay",
    "training.kubeflow.org": "Kubeflow Training Operator",
    "notebook-name": "Kubeflow Notebooks",
    "tekton.dev": "Tekton",
    "eventlistener": "Tekton",
    "kubevirt.io": "KubeVirt",
    "vm.kubevirt.io": "KubeVirt",
    "rook.io": "Rook",
    "rook_cluster": "Rook",
    "camel.apache.org": "Camel K",
    "infinispan_cr": "Infinispan Operator",
    "clickhouse.altinity.com": "ClickHouse Operator",
    "pxc.percona.com": "Percona Operator",
}


def maker(selector: Mapping[str, str]) -> str:
    """SEL-01: the operator whose pods a selector asks for, by a key or a key's prefix; "" when none is known."""
    for key in sorted(selector):
        found = _MAKERS.get(key) or _MAKERS.get(key.rpartition("/")[0])
        if found:
            return found
    return ""
