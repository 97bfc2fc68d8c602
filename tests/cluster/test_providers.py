"""Which Services may come from custom resources, kind by kind."""

import pytest

from ringtrue.cluster.provider_table import INERT, INERT_GROUPS, OPERATORS
from ringtrue.cluster.providers import Opening, is_inert, names
from ringtrue.manifests.resource import Resource


def custom(group: str, kind: str, name: str = "x", **spec: object) -> Resource:
    return Resource({"apiVersion": f"{group}/v1", "kind": kind, "metadata": {"name": name}, "spec": spec}, "shop")


@pytest.mark.parametrize(
    ("group", "kind", "admitted", "refused"),
    [
        ("kafka.strimzi.io", "Kafka", "x-kafka-bootstrap x-kafka-brokers x-kafka-tls-bootstrap", "x y-kafka-bootstrap"),
        ("kafka.strimzi.io", "Kafka", "x-pool-external-0", "x-pool"),
        ("kafka.strimzi.io", "KafkaBridge", "x-bridge-service", "x"),
        ("monitoring.coreos.com", "Prometheus", "prometheus-operated", "prometheus x"),
        ("monitoring.coreos.com", "Alertmanager", "alertmanager-operated", "alertmanager-main"),
        ("elasticsearch.k8s.elastic.co", "Elasticsearch", "x-es-http x-es-transport x-es-default", "x elasticsearch"),
        ("kibana.k8s.elastic.co", "Kibana", "x-kb-http", "x"),
        ("postgresql.cnpg.io", "Cluster", "x-rw x-ro x-r", "x x-primary"),
        ("acid.zalan.do", "postgresql", "x x-repl", "x-rw"),
        ("databases.spotahome.com", "RedisFailover", "rfs-x rfrm-x", "x"),
        ("rabbitmq.com", "RabbitmqCluster", "x x-nodes", "x-headless"),
        ("mongodbcommunity.mongodb.com", "MongoDBCommunity", "x-svc", "x"),
        ("serving.knative.dev", "Service", "x x-00001-private", "y"),
        ("minio.min.io", "Tenant", "minio x-hl x-console", "x"),
        ("vault.banzaicloud.com", "Vault", "x x-0", "vault"),
        ("gateway.networking.k8s.io", "Gateway", "x x-istio cilium-gateway-x", "web"),
        ("sparkoperator.k8s.io", "SparkApplication", "x-ui-svc", "x"),
        ("kubevirt.io", "VirtualMachine", "", "x"),
        ("argoproj.io", "Rollout", "", "x"),
        ("apps.openshift.io", "DeploymentConfig", "", "x"),
    ],
)
def test_operator_makes_services_of_known_names(group: str, kind: str, admitted: str, refused: str) -> None:
    opening = Opening("", names(custom(group, kind)))
    assert {name: opening.admits(name) for name in (admitted + " " + refused).split()} == {
        **dict.fromkeys(admitted.split(), True),
        **dict.fromkeys(refused.split(), False),
    }
    assert not is_inert(custom(group, kind))


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        (
            custom(
                "postgresql.cnpg.io",
                "Cluster",
                managed={
                    "services": {
                        "additional": [{"selectorType": "rw", "serviceTemplate": {"metadata": {"name": "db-lb"}}}]
                    }
                },
            ),
            ("x-rw", "x-ro", "x-r", "x-any", "db-lb"),
        ),
        (custom("monitoring.coreos.com", "Prometheus", serviceName="own"), ("prometheus-operated", "own")),
        (
            custom("mongodbcommunity.mongodb.com", "MongoDBCommunity", statefulSet={"spec": {"serviceName": "db"}}),
            ("x-svc", "x-svc-*", "x-*-svc", "db"),
        ),
        (
            custom("monitoring.coreos.com", "Prometheus", main={"serviceName": "own"}, more=[{"serviceName": "a"}, 1]),
            ("prometheus-operated", "a", "own"),
        ),
        (
            custom("flagger.app", "Canary", targetRef={"kind": "Deployment", "name": "web"}, service={"port": 80}),
            ("web", "web-primary", "web-canary"),
        ),
        (
            custom("flagger.app", "Canary", targetRef={"name": "web"}, service={"name": "shop"}),
            ("shop", "web", "web-primary", "web-canary", "shop-primary", "shop-canary"),
        ),
    ],
    ids=[
        "managed services",
        "serviceName",
        "nested serviceName",
        "below a list and beside it",
        "target",
        "target and name",
    ],
)
def test_names_that_the_object_gives_itself(resource: Resource, expected: tuple[str, ...]) -> None:
    assert names(resource) == expected


@pytest.mark.parametrize(
    ("group", "kind"),
    [
        ("monitoring.coreos.com", "ServiceMonitor"),
        ("monitoring.coreos.com", "PodMonitor"),
        ("cert-manager.io", "Certificate"),
        ("external-secrets.io", "ExternalSecret"),
        ("bitnami.com", "SealedSecret"),
        ("networking.istio.io", "VirtualService"),
        ("networking.istio.io", "DestinationRule"),
        ("traefik.io", "IngressRoute"),
        ("gateway.networking.k8s.io", "HTTPRoute"),
        ("kafka.strimzi.io", "KafkaTopic"),
        ("dynamodb.services.k8s.aws", "Table"),
        ("networking.k8s.io", "Ingress"),
        ("apps", "Deployment"),
    ],
)
def test_inert_kinds(group: str, kind: str) -> None:
    resource = custom(group, kind)
    assert (is_inert(resource), names(resource)) == (True, ())


@pytest.mark.parametrize(
    ("group", "kind"),
    [("helm.toolkit.fluxcd.io", "HelmRelease"), ("helm.cattle.io", "HelmChart"), ("example.com", "Gizmo")],
)
def test_other_kinds_may_make_anything(group: str, kind: str) -> None:
    resource = custom(group, kind)
    assert (is_inert(resource), names(resource)) == (False, None)
    assert Opening("", None).admits("anything")


def test_a_kind_stands_in_one_place_of_the_table() -> None:
    operators = {tuple(key.split()) for key in OPERATORS}
    inert = {(group, kind) for group, kinds in INERT.items() for kind in kinds.split()}
    assert operators & inert == set()
    assert {group for group, _ in operators | inert} & INERT_GROUPS == set()
