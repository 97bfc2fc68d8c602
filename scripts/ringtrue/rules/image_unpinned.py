"""A container's image is not held by a digest.

## What it does
Reports each image without `@sha256:...`. In an environment, or a folder, called `dev` or `development` a tag will do,
but not `latest`, nor none at all, which means the same. A house rule: on with `[rules] policy = true`.

## Why it matters
A tag can be moved: the pods of one Deployment may run different programs, and a roll-back brings back another one than
ran before. What was tested is not what runs.

## How to fix
Write the digest beside the tag: `digest: sha256:...` in the kustomization's `images`, or `name:tag@sha256:...`. The tag
then only tells people what it is.

Where no digest can be had yet, say so where the tag is written, with a date:
`# ringtrue: ignore[image-unpinned] -- until 2027-02-24: no registry at hand`.
"""

from collections.abc import Iterator

from ringtrue.cluster.workloads import workload
from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem

NAME = "image-unpinned"
CLASS = RuleClass.POLICY
SEVERITY = Severity.ERROR

_FOR_DEVELOPMENT = frozenset({"dev", "development"})


def check(environment: Environment) -> Iterator[Problem]:
    tags_do = environment.name.rpartition("/")[2] in _FOR_DEVELOPMENT
    for resource in environment.resources:
        made = workload(resource)
        for container in made.containers if made else ():
            image = container.data.get("image")
            if not isinstance(image, str) or not image or "@" in image or "$" in image or "{" in image:
                continue
            tag = image.rpartition("/")[2].partition(":")[2]
            fault = _fault(tag, tags_do)
            if fault:
                yield Problem(
                    resource.at(*container.route, "image"),
                    f"container {container.name!r} of {resource.called} runs image {image!r}, {fault}",
                    hint=_hint(tags_do),
                    value=image,
                )


def _fault(tag: str, tags_do: bool) -> str:
    if not tag:
        return "which has no tag and no digest"
    if tag == "latest":
        return "which is whatever was pushed last"
    return "" if tags_do else "whose tag can be moved"


def _hint(tags_do: bool) -> str:
    return "give it a tag" if tags_do else "add its digest, @sha256:..."
