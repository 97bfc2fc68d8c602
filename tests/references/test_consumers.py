"""REF-04, NET-05: a ConfigMap calls nobody, the pods that use it do; nor does kubelet's probe of its own pod."""

from typing import Any

import pytest

PROBE = {"httpGet": {"path": "/", "port": 8080}}
USES = {
    "envFrom": {"envFrom": [{"configMapRef": {"name": "settings"}}]},
    "valueFrom": {"env": [{"name": "A", "valueFrom": {"configMapKeyRef": {"name": "settings", "key": "URL"}}}]},
    "volume": {"volumeMounts": [{"name": "conf", "mountPath": "/conf"}]},
}
VOLUMES = {"volumes": [{"name": "conf", "configMap": {"name": "settings"}}]}


@pytest.mark.parametrize("uses", USES.values(), ids=[f"REF-04-{name}" for name in USES])
def test_each_pod_that_uses_it_calls(uses: dict[str, Any], search: Any, deployment: Any, made: Any) -> None:
    settings = made("ConfigMap", "settings", data={"URL": "http://api:80"})
    found = search(settings, deployment(VOLUMES, **uses))
    assert [(each.client.name, each.workload.name, each.host, each.spot.resource) for each in found] == [
        ("web", "web", "api", settings)
    ]


def test_without_a_pod_nobody_calls(search: Any, made: Any) -> None:
    assert search(made("ConfigMap", "settings", data={"URL": "http://api:80"})) == ()


@pytest.mark.parametrize("field", ["readinessProbe", "livenessProbe", "startupProbe"], ids="NET-05-{}".format)
def test_a_probe_of_the_own_pod_is_no_call(field: str, search: Any, deployment: Any) -> None:
    assert search(deployment(**{field: PROBE})) == ()
