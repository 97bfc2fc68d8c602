"""The text of a first `ringtrue.toml`."""

import tomllib

import pytest

from ringtrue.config.proposal import Probable, Proposal, comment, written
from ringtrue.config.reading import parse

FULL = Proposal(
    version="1.34",
    version_from="Makefile",
    clusters=(("dev", "in-cluster"), ("", "edge")),
    order=("dev", "prod"),
    shared=("monitoring",),
    skip=("tests",),
    examples=("examples",),
    alternatives=(("install", 7),),
    repository="https://git.example.com/shop.git",
    argocd_namespace="gitops",
    external=(Probable("logging", "loki", (3100,), "Pod shop/web"), Probable("mesh", "proxy", (), "Pod shop/web")),
)

TEXT = """\
# How ringtrue judges this repository: written by `ringtrue init` from what it found. Every key is optional.
# Behind `# ` stand guesses and choices that only people can make: take the sign away where they are right.

[cluster]
# The Kubernetes minor that Makefile names.
version = "1.34"
# domain = "cluster.local"
# Images of Alpine resolve names by musl, which gives up earlier.
# resolver = "musl"
# Nothing but this repository puts Services on the cluster, so a name that is not here does not exist.
# complete = true

[environments]
# Found: dev, on cluster in-cluster.
# Found: one without a name, on cluster edge.
# The order of promotion, and of reports.
order = ["dev", "prod"]
# Namespaces that any environment may call. Others call these.
# shared = ["monitoring"]
# Nothing is deployed from there, by their names.
skip = ["tests"]
# Perhaps from these neither.
# skip = ["tests", "examples"]

[argocd]
namespace = "gitops"
# The repoURL of the Applications whose paths are here.
repository = "https://git.example.com/shop.git"

# In install, which no Application names, 7 objects stand again.
[[ignore]]
rule = "resource-duplicated"
environment = "install"
reason = "its files look like alternatives, of which one is applied; to be confirmed"

# Services that are called and that nothing here provides. Who does? Say so in `reason`, and take the
# signs away: then they are no longer unknown.

# Called by Pod shop/web.
# [[external]]
# namespace = "logging"
# service = "loki"
# ports = [3100]
# reason = ""

# Called by Pod shop/web.
# [[external]]
# namespace = "mesh"
# service = "proxy"
# reason = ""

# House rules too, such as host names that say their namespace; and what cannot be decided as a warning.
# [rules]
# policy = true
# [verdicts]
# unknown = "warning"
"""


def test_the_whole_text() -> None:
    assert written(FULL) == TEXT


@pytest.mark.parametrize("proposal", [FULL, Proposal()], ids=["full", "empty"])
def test_it_can_be_read(proposal: Proposal) -> None:
    assert parse(written(proposal)).order == proposal.order


def test_every_guess_is_a_valid_key() -> None:
    """All signs taken away, but those of sentences: only keys and headers begin with a small letter or a bracket."""
    lines = (line.removeprefix("# ") for line in written(FULL).splitlines() if line != '# skip = ["tests", "examples"]')
    bare = "\n".join(line for line in lines if line[:1] in "[" or "=" in line)

    assert [each.service for each in parse(bare.replace('reason = ""', 'reason = "x"')).external] == ["loki", "proxy"]


def test_no_name_becomes_a_key() -> None:
    evil = 'a"\n[rules]\npolicy = true #\u2028\x7f'
    proposal = Proposal(version_from=evil, version="1.35", clusters=((evil, evil),), order=(evil,), repository=evil)

    assert tomllib.loads(written(proposal)) == {
        "cluster": {"version": "1.35"},
        "environments": {"order": [evil]},
        "argocd": {"repository": evil},
    }
    assert comment("one\r\ntwo\u2028three") == "# one two three"
