"""UPD-05: the template and the counts of a Job."""

from collections.abc import Callable

import pytest

Said = Callable[..., list[str]]
POD = "restartPolicy: Never, containers: [{name: migrate, image: 'db:1'}]"


def job(more: str = "", pod: str = POD, metadata: str = "") -> str:
    return f"spec: {{{more} template: {{metadata: {{{metadata}}}, spec: {{{pod}}}}}}}"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param(
            job(),
            job(pod=POD.replace("db:1", "db:2")),
            "spec.template: field is immutable; spec.template.spec.containers[0].image differs",
            id="UPD-05-image",
        ),
        pytest.param(
            job(),
            job(metadata="labels: {a: b}"),
            "spec.template: field is immutable; spec.template.metadata.labels.a differs",
            id="UPD-05-label",
        ),
        pytest.param(
            job("suspend: true,"),
            job("suspend: true,", POD.replace("db:1", "db:2")),
            "spec.template: field is immutable; spec.template.spec.containers[0].image differs",
            id="UPD-05-image-of-a-suspended-Job",
        ),
        pytest.param(
            job(),
            job("manualSelector: true, selector: {matchLabels: {a: b}},"),
            "spec.selector: field is immutable",
            id="UPD-05-selector",
        ),
        pytest.param(job(), job("completions: 2,"), "spec.completions: field is immutable", id="UPD-05-completions"),
        pytest.param(
            job("completions: 1,"),
            job(),
            "spec.completions: field is immutable",
            id="UPD-05-completions-left-out-while-parallelism-stays",
        ),
        pytest.param(
            job("completionMode: Indexed, completions: 2, parallelism: 2,"),
            job("completionMode: Indexed, completions: 3, parallelism: 2,"),
            "spec.completions: Invalid value: 3: can only be modified in tandem with spec.parallelism",
            id="UPD-05-completions-of-an-indexed-Job",
        ),
        pytest.param(
            job("completionMode: Indexed, completions: 2,"),
            job("completionMode: Indexed,"),
            "spec.completions: Required value: when completion mode is Indexed",
            id="UPD-05-no-completions-of-an-indexed-Job",
        ),
        pytest.param(
            job("completions: 2,"),
            job("completions: 2, completionMode: Indexed,"),
            "spec.completionMode: field is immutable",
            id="UPD-05-mode",
        ),
    ],
)
def test_fixed(said: Said, old: str, new: str, message: str) -> None:
    assert said("Job", old, new) == [f"UPD-05 {message}"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(job(), job("parallelism: 3,"), id="UPD-05-parallelism"),
        pytest.param(job(), job("completions: 1, parallelism: 1, completionMode: NonIndexed,"), id="UPD-05-defaults"),
        pytest.param(
            job(), job("backoffLimit: 1, ttlSecondsAfterFinished: 5, suspend: true,"), id="UPD-05-how-it-is-run"
        ),
        pytest.param(job(), job(pod=f"{POD}, dnsPolicy: ClusterFirst"), id="UPD-05-default-of-the-template"),
        pytest.param(
            job("completionMode: Indexed, completions: 2, parallelism: 2,"),
            job("completionMode: Indexed, completions: 3, parallelism: 3,"),
            id="UPD-05-indexed-in-tandem",
        ),
        pytest.param(
            job("suspend: true,"),
            job(
                "suspend: false,",
                f"{POD}, nodeSelector: {{a: b}}, tolerations: [{{key: a}}], affinity: {{nodeAffinity: {{}}}}",
                "labels: {a: b}, annotations: {c: d}",
            ),
            id="UPD-05-where-a-suspended-Job-goes",
        ),
        pytest.param(
            job("manualSelector: true, selector: {matchLabels: {a: b}},"),
            job("manualSelector: true, selector: {matchLabels: {a: b}}, backoffLimit: 2,"),
            id="UPD-05-the-same-selector",
        ),
    ],
)
def test_free(said: Said, old: str, new: str) -> None:
    assert said("Job", old, new) == []


def test_labels_left_out_take_the_controllers_with_them(said: Said) -> None:
    """UPD-05: also of a Job that is suspended, whose labels may change."""
    old, new = job("suspend: true,", metadata="labels: {a: b}"), job("suspend: true,")
    wrong = "Invalid value: null: `selector` does not match template `labels`"
    assert said("Job", old, new) == [f"UPD-05 spec.template.metadata.labels: {wrong}"]


@pytest.mark.parametrize(("version", "refused"), [((1, 35), True), ((1, 36), False)])
def test_resources_of_a_suspended_job(said: Said, version: tuple[int, int], refused: bool) -> None:
    """UPD-05: they may change since 1.36."""
    old = job("suspend: true,", POD.replace("image", "resources: {limits: {cpu: 1}}, image"))
    new = job("suspend: true,", POD.replace("image", "resources: {limits: {cpu: 2}}, image"))
    assert bool(said("Job", old, new, version)) is refused
