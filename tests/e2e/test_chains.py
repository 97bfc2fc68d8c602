"""The whole chain: what ringtrue says of each address in random worlds, and what curl in a real pod says.

WORLDS worlds from SEED on. A disagreement is printed with its world.
"""

import json
import os
import shlex
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from time import sleep

import pytest
import yaml

from cluster.running import Cluster
from cluster.site import ProxyMode
from conftest import Say
from reasons import BY_CHAINS
from ringtrue.checking import Options, check
from ringtrue.checking.question import predicted
from ringtrue.config import load
from ringtrue.reachability.proof import Proof, Stage
from ringtrue.reachability.reasons import Reason, Verdict
from ringtrue.rendering.choose import choose
from ringtrue.rendering.request import Limits
from ringtrue.repository.checkout import working_tree
from standing import SECONDS, Document, apply, forget, stood_in
from waiting import until
from worlds import CLIENT, World, listening, world

SEED = int(os.environ.get("SEED", "1"))
WORLDS = int(os.environ.get("WORLDS", "20"))
_SETTLE_SECONDS = 4
_MOST_UNDECIDED = 0.02
_OTHER_MODE: Mapping[ProxyMode, ProxyMode] = {"nftables": "iptables", "iptables": "nftables"}
_BY_DESIGN = frozenset({Reason.RESOLVER_DEPENDENT, Reason.EXTERNAL})
"""`dnsPolicy: Default` and names outside the cluster's domain."""
_APPLICATION = {
    "apiVersion": "argoproj.io/v1alpha1",
    "kind": "Application",
    "metadata": {"name": "world", "namespace": "argocd"},
    "spec": {
        "project": "default",
        "source": {"repoURL": "https://git.example.com/world.git", "path": "manifests", "targetRevision": "HEAD"},
        "destination": {"server": "https://kubernetes.default.svc", "namespace": "default"},
    },
}
_SETTINGS = '[cluster]\ncomplete = true\n[argocd]\nrepository = "https://git.example.com/world.git"\n'


@dataclass(frozen=True, slots=True)
class Answer:
    """One URL of a client: what ringtrue says, and how curl ended."""

    world: World
    namespace: str
    url: str
    proof: Proof
    statuses: frozenset[int]
    """Those that ringtrue says; empty where it does not know."""
    status: int
    error: str

    @property
    def is_open(self) -> bool:
        """By design: outside the domain; or taken for granted, a port of the pods that nobody declares either way."""
        steps = {each.stage: each.evidence for each in self.proof.steps}
        direct = self.proof.verdict is Verdict.PROVED and steps[Stage.PORT].startswith("headless")
        return self.proof.reason in _BY_DESIGN or (direct and "container" not in steps[Stage.ENDPOINTS])

    @property
    def agrees(self) -> bool:
        return self.status in self.statuses

    def __str__(self) -> str:
        said = f"{self.proof.reason.value}, curl {sorted(self.statuses)}"
        return f"seed {self.world.seed}, {self.namespace}: {self.url}: {said}; it was {self.status} {self.error}"


def judge(made: World, folder: Path, mode: ProxyMode) -> dict[tuple[str, str], tuple[Proof, frozenset[int]]]:
    """The proof and the statuses of curl for each client's namespace and URL."""
    files = {"manifests/all.yaml": made.documents, "argocd/world.yaml": [_APPLICATION]}
    for path, documents in files.items():
        (folder / path).parent.mkdir(parents=True)
        (folder / path).write_text(yaml.safe_dump_all(documents))
    (folder / "ringtrue.toml").write_text(_SETTINGS)
    report = check(working_tree(folder), load(folder), choose(Limits(), os.environ), Options())
    assert report.bugs == ()
    [environment] = report.listed
    found = {}
    for each in report.references:
        if each.proof.reference.field.startswith("env URL_"):
            outcomes = predicted(each.proof, environment.scope)
            statuses = frozenset(
                one.status for one in outcomes if one.status is not None and _OTHER_MODE[mode] not in one.when
            )
            found[each.proof.reference.client.namespace, each.proof.reference.text] = each.proof, statuses
    return found


@pytest.fixture(scope="module")
def answers(cluster: Cluster, say: Say, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Answer]]:
    yield from _asked(cluster, WORLDS, say, tmp_path_factory)


@pytest.fixture(scope="module")
def iptables_answers(other: Cluster, say: Say, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Answer]]:
    """Of some of the same worlds."""
    yield from _asked(other, -(-WORLDS // 4), say, tmp_path_factory)


def _asked(cluster: Cluster, size: int, say: Say, folders: pytest.TempPathFactory) -> Iterator[list[Answer]]:
    mode, worlds = cluster.site.proxy_mode, [world(SEED + number) for number in range(size)]
    judged = {each.seed: judge(each, folders.mktemp(f"w{each.seed}"), mode) for each in worlds}
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda each: _apply(cluster, each), worlds))
    spaces = {space for each in worlds for space in each.namespaces}
    until("every pod runs", lambda: not _waiting(cluster, spaces), 300, lambda: _waiting(cluster, spaces))
    sleep(_SETTLE_SECONDS)
    say(f"{len(worlds)} worlds, seeds {SEED} to {SEED + size - 1}, kube-proxy in {mode} mode")
    places = [(each, space) for each in worlds for space in each.namespaces]
    with ThreadPoolExecutor(3) as pool:
        called = pool.map(lambda place: _called(cluster, place[0], place[1], judged[place[0].seed]), places)
        found = [answer for each in called for answer in each]
    yield found
    forget(cluster, spaces)


def _apply(cluster: Cluster, made: World) -> None:
    services = [each for each in made.documents if each["kind"] == "Service"]
    apply(cluster, [stood_in(each, _listening(each, services)) for each in made.documents])


def _listening(document: Document, services: list[Document]) -> set[int]:
    is_server = document["kind"] in ("Deployment", "Pod") and document["metadata"]["name"] != CLIENT
    return listening(document, services) if is_server else set()


def _waiting(cluster: Cluster, spaces: Set[str]) -> list[str]:
    """Pods that do not run yet; those that never get ready run all the same."""
    pods = cluster.get("pods", "-A")["items"]
    return [
        each["metadata"]["name"]
        for each in pods
        if each["metadata"]["namespace"] in spaces and each["status"]["phase"] != "Running"
    ]


def _called(
    cluster: Cluster, made: World, namespace: str, judged: Mapping[tuple[str, str], tuple[Proof, frozenset[int]]]
) -> list[Answer]:
    urls = [url for space, url in judged if space == namespace]
    each = f'e=$(curl -sS -m {SECONDS} -o /dev/null "$u" 2>&1); echo "$u $? $e"'
    script = f"for u in {' '.join(map(shlex.quote, urls))}; do ({each}) & done; wait"
    said = cluster.kubectl("exec", "-n", namespace, f"deployment/{CLIENT}", "--", "sh", "-c", script)
    found = []
    for line in said.splitlines():
        url, status, error = line.split(" ", 2)
        found.append(Answer(made, namespace, url, *judged[namespace, url], int(status), error))
    assert len(found) == len(urls)
    return found


def test_every_verdict_is_what_curl_says(answers: list[Answer], say: Say) -> None:
    _hold(answers, say)


def test_so_it_is_where_kube_proxy_is_in_iptables_mode(iptables_answers: list[Answer], say: Say) -> None:
    _hold(iptables_answers, say)


def _hold(answers: list[Answer], say: Say) -> None:
    by_design = [each for each in answers if each.is_open]
    decided = [each for each in answers if not each.is_open and each.proof.verdict is not Verdict.UNKNOWN]
    undecided = len(answers) - len(decided) - len(by_design)
    wrong = [each for each in decided if not each.agrees]
    say(f"{len(answers)} references: {len(decided)} decided, {len(decided) - len(wrong)} agreed,")
    say(f"  {undecided} undecided, {len(by_design)} open by design")
    for (reason, status), count in sorted(Counter((e.proof.reason.value, e.status) for e in answers).items()):
        say(f"  {reason:20} curl [{status}]  {count}")
    for each in wrong:
        say(f"WRONG {each}\n    {json.dumps(_about(each))}")
    assert [str(each) for each in wrong] == []
    assert undecided <= _MOST_UNDECIDED * len(answers)


def _about(answer: Answer) -> list[Document]:
    return [each for each in answer.world.documents if each["kind"] != "Namespace"]


def test_every_reason_that_a_world_can_have_was_shown(answers: list[Answer]) -> None:
    assert {each.proof.reason for each in answers} >= BY_CHAINS
