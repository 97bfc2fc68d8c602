"""UPD-04: a bare Pod, after the API server filled in what was left out."""

from collections.abc import Callable

import pytest

Said = Callable[..., list[str]]
CLIENT = "containers: [{name: curl, image: 'curl:8', env: [{name: URL, value: 'http://a'}]}]"
FORBIDDEN = (
    "UPD-04 spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,"
    "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,"
    "`spec.tolerations` (only additions to existing tolerations),"
    "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative); "
)


def spec(*parts: str) -> str:
    return f"spec: {{{', '.join(parts)}}}"


def container(text: str = "") -> str:
    return f"containers: [{{name: curl, image: 'curl:8', {text}}}]"


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        pytest.param(CLIENT, CLIENT.replace("//a", "//b"), "containers[0].env[0].value", id="UPD-04-variable"),
        pytest.param(CLIENT, CLIENT.replace("image", "args: [-v], image"), "containers[0].args", id="UPD-04-arguments"),
        pytest.param(CLIENT, CLIENT.replace("curl,", "wget,"), "containers[0].name", id="UPD-04-container-renamed"),
        pytest.param(
            CLIENT,
            CLIENT.replace("image", "imagePullPolicy: Always, image"),
            "containers[0].imagePullPolicy",
            id="UPD-04-pull-policy",
        ),
        pytest.param(CLIENT, f"{CLIENT}, dnsConfig: {{}}", "dnsConfig", id="UPD-04-empty-struct-is-not-none"),
        pytest.param(CLIENT, f"{CLIENT}, restartPolicy: Never", "restartPolicy", id="UPD-04-restart-policy"),
        pytest.param(
            container("resources: {limits: {cpu: 1}}"),
            container("resources: {limits: {cpu: 1}, requests: {cpu: 500m}}"),
            "containers[0].resources.requests.cpu",
            id="UPD-04-requests-other-than-limits",
        ),
        pytest.param(
            CLIENT, f"{CLIENT}, terminationGracePeriodSeconds: 0", "terminationGracePeriodSeconds", id="UPD-04-grace"
        ),
        pytest.param(f"{CLIENT}, nodeSelector: {{a: b}}", CLIENT, "nodeSelector", id="UPD-04-field-left-out"),
    ],
)
def test_fixed(said: Said, old: str, new: str, field: str) -> None:
    assert said("Pod", spec(old), spec(new)) == [f"{FORBIDDEN}spec.{field} differs"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param(
            CLIENT,
            CLIENT.replace("]}]", "]}, {name: side, image: a}]"),
            "spec.containers: Forbidden: pod updates may not add or remove containers",
            id="UPD-04-container-added",
        ),
        pytest.param(
            f"{CLIENT}, activeDeadlineSeconds: 5",
            f"{CLIENT}, activeDeadlineSeconds: 9",
            "spec.activeDeadlineSeconds: Invalid value: 9: must be less than or equal to previous value; it is 5",
            id="UPD-04-longer-deadline",
        ),
        pytest.param(
            f"{CLIENT}, activeDeadlineSeconds: 5",
            CLIENT,
            "spec.activeDeadlineSeconds: Invalid value: null: must not update from a positive integer to nil value",
            id="UPD-04-no-deadline",
        ),
        pytest.param(
            f"{CLIENT}, tolerations: [{{key: a, operator: Exists}}]",
            f"{CLIENT}, tolerations: [{{key: b, operator: Exists}}]",
            "spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds",
            id="UPD-04-toleration-gone",
        ),
        pytest.param(
            f"{CLIENT}, schedulingGates: [{{name: a}}]",
            f"{CLIENT}, schedulingGates: [{{name: a}}, {{name: b}}]",
            "spec.schedulingGates[1].name: Forbidden: only deletion is allowed, but found new scheduling gate 'b'",
            id="UPD-04-gate-added",
        ),
    ],
)
def test_beyond_what_may_change(said: Said, old: str, new: str, message: str) -> None:
    assert said("Pod", spec(old), spec(new)) == [f"UPD-04 {message}"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(CLIENT, CLIENT.replace("curl:8", "curl:9"), id="UPD-04-image"),
        pytest.param(CLIENT, CLIENT.replace("curl:8", "curl"), id="UPD-04-image-keeps-its-pull-policy"),
        pytest.param(
            container("imagePullPolicy: IfNotPresent"),
            container().replace("'curl:8', ", "'curl:8@sha256:ab'"),
            id="UPD-04-policy-left-out-as-filled-in",
        ),
        pytest.param(CLIENT, f"{CLIENT}, activeDeadlineSeconds: 9", id="UPD-04-deadline"),
        pytest.param(
            f"{CLIENT}, tolerations: [{{key: a, operator: Exists, tolerationSeconds: 3, effect: NoExecute}}]",
            f"{CLIENT}, tolerations: [{{key: b}}, {{key: a, operator: Exists, effect: NoExecute}}]",
            id="UPD-04-toleration-added",
        ),
        pytest.param(
            f"{CLIENT}, schedulingGates: [{{name: a}}]", f"{CLIENT}, nodeSelector: {{a: b}}", id="UPD-04-gate-gone"
        ),
        pytest.param(
            CLIENT,
            f"{CLIENT}, dnsPolicy: ClusterFirst, securityContext: {{}}, hostNetwork: false, enableServiceLinks: true, "
            "priority: 0, preemptionPolicy: PreemptLowerPriority, serviceAccountName: default, volumes: []",
            id="UPD-04-defaults-written",
        ),
        pytest.param(
            container("ports: [{containerPort: 80}], readinessProbe: {httpGet: {port: 80}}, resources: {}"),
            container(
                "ports: [{containerPort: 80, protocol: TCP}], terminationMessagePolicy: File, stdin: false, "
                "readinessProbe: "
                "{timeoutSeconds: 1, initialDelaySeconds: 0, httpGet: {port: 80, path: /, scheme: HTTP}}"
            ),
            id="UPD-04-defaults-of-a-container",
        ),
        pytest.param(
            container("resources: {limits: {cpu: 1, memory: 1Gi}}"),
            container("resources: {limits: {cpu: 1000m, memory: 1024Mi}, requests: {cpu: 1}}"),
            id="UPD-04-requests-as-limits",
        ),
        pytest.param(
            f"{CLIENT}, volumes: [{{name: a}}, {{name: b, configMap: {{name: b}}}}]",
            f"{CLIENT}, volumes: [{{name: a, emptyDir: {{}}}}, {{name: b, configMap: {{name: b, defaultMode: 420}}}}]",
            id="UPD-04-defaults-of-volumes",
        ),
        pytest.param(
            container("ports: [{containerPort: 80}]") + ", hostNetwork: true",
            container("ports: [{containerPort: 80, hostPort: 80}]") + ", hostNetwork: true",
            id="UPD-04-host-port-of-the-host",
        ),
        pytest.param(
            f"{CLIENT}, serviceAccount: a", f"{CLIENT}, serviceAccountName: a", id="UPD-04-old-name-of-a-field"
        ),
        pytest.param(
            f"{CLIENT}, terminationGracePeriodSeconds: -1",
            f"{CLIENT}, terminationGracePeriodSeconds: 1",
            id="UPD-04-negative-grace",
        ),
    ],
)
def test_free(said: Said, old: str, new: str) -> None:
    assert said("Pod", spec(old), spec(new)) == []


@pytest.mark.parametrize("odd", ["containers: 3", "containers: [3]", "containers: [{name: 3, ports: 4}], volumes: [a]"])
def test_what_is_no_pod_spec_breaks_nothing(said: Said, odd: str) -> None:
    assert said("Pod", spec(odd), spec(CLIENT)) != [""]
