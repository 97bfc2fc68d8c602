"""`ringtrue trace` from its words to its exit status: who is meant, what is called, where the answer goes."""

import json
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

Done = subprocess.CompletedProcess[str]
Run = Callable[..., Done]
Write = Callable[[Mapping[str, str | bytes]], Path]

KUSTOMIZATION = "resources: [web.yaml]\n"
APPLICATION = """\
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop-CLUSTER, namespace: argocd}
spec:
  project: default
  source: {repoURL: "https://git.example.com/shop.git", path: overlays/dev, targetRevision: main}
  destination: {name: CLUSTER, namespace: shop}
"""
SCENARIOS = Path(__file__).parents[1] / "scenarios"


@pytest.fixture
def one(write: Write, web: str) -> Path:
    return write({"web.yaml": web})


@pytest.fixture
def two(write: Write, web: str) -> Path:
    """The same objects in two undeclared environments."""
    folders = ("overlays/dev", "overlays/prod")
    return write({f"{folder}/{name}": text for folder in folders for name, text in _files(web)})


def _files(web: str) -> list[tuple[str, str]]:
    return [("kustomization.yaml", KUSTOMIZATION), ("web.yaml", web)]


CLIENTS = ("client", "Pod/client", "pod/client", "shop/client", "shop/Pod/client", "Shop/POD/Client")


@pytest.mark.parametrize("client", CLIENTS)
def test_every_spelling_of_a_client(client: str, one: Path, run: Run) -> None:
    done = run("trace", client, "web")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Pod shop/client calls web:80   web.yaml:17\n")


def test_the_environment_chooses(two: Path, run: Run) -> None:
    words = ("trace", "client", "web")
    by_name, by_option = run("trace", "overlays/dev/client", "web"), run(*words, "--env", "overlays/dev")

    assert by_name.stdout == by_option.stdout
    assert by_name.stdout.startswith("Pod shop/client calls web:80 in environment overlays/dev   overlays/dev/web.yaml")


AMBIGUOUS = {
    "one in each environment": (
        "client",
        (
            "2 workloads are called 'client'; say which one: "
            "'overlays/dev/shop/Pod/client', 'overlays/prod/shop/Pod/client'"
        ),
    ),
    "the debugging pod of each": (
        "shop/",
        "2 environments fill namespace 'shop'; say which one: 'overlays/dev/shop/', 'overlays/prod/shop/'",
    ),
}


@pytest.mark.parametrize(("client", "sentence"), AMBIGUOUS.values(), ids=AMBIGUOUS)
def test_more_than_one_is_meant(client: str, sentence: str, two: Path, run: Run) -> None:
    done = run("trace", client, "web")

    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"ringtrue: {sentence}\n")


def test_the_unnamed_environment_goes_by_its_folder(two: Path, run: Run, web: str) -> None:
    (two / "web.yaml").write_text(web)
    asked, named = run("trace", "client", "web"), run("trace", "./shop/Pod/client", "web")

    assert asked.stderr.endswith(
        "say which one: './shop/Pod/client', 'overlays/dev/shop/Pod/client', 'overlays/prod/shop/Pod/client'\n"
    )
    assert named.stdout.startswith("Pod shop/client calls web:80   web.yaml:17\n")


def test_one_environment_on_two_clusters(write: Write, web: str, run: Run) -> None:
    files: dict[str, str | bytes] = {f"overlays/dev/{name}": text for name, text in _files(web)}
    for cluster in ("east", "west"):
        files[f"argocd/{cluster}.yaml"] = APPLICATION.replace("CLUSTER", cluster)
    write(files)
    asked, named = run("trace", "client", "web"), run("trace", "west/dev/shop/Pod/client", "web")

    assert asked.stderr == (
        "ringtrue: 2 workloads are called 'client'; say which one: "
        "'east/dev/shop/Pod/client', 'west/dev/shop/Pod/client'\n"
    )
    assert named.returncode == 0


WRONG = {
    "a client misspelt": ("cleint", "web", "no workload is called 'cleint'; did you mean 'client'?"),
    "a client elsewhere": (
        "kitchen/client",
        "web",
        "no workload is called 'kitchen/client'; did you mean 'shop/Pod/client'?",
    ),
    "a client like no other": (
        "zzz",
        "web",
        "no workload is called 'zzz'; there are 'shop/Pod/client', 'shop/Pod/web'",
    ),
    "a namespace misspelt": ("shpo/", "web", "no environment fills a namespace 'shpo'; did you mean 'shop'?"),
    "no host": ("client", "http://", "'http://' names no host: write HOST, HOST:PORT or a URL"),
    "a host of other signs": ("client", "a!b", "'a!b' is no host name"),
    "a port by name": ("client", "web:http", "'http' in 'web:http' is no port number"),
    "a port too high": ("client", "web:70000", "'70000' in 'web:70000' is no port number"),
}


@pytest.mark.parametrize(("client", "host", "sentence"), WRONG.values(), ids=WRONG)
def test_wrong_words(client: str, host: str, sentence: str, one: Path, run: Run) -> None:
    done = run("trace", client, host)

    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"ringtrue: {sentence}\n")


HOSTS = {
    "web": "web:80",
    "web:80": "web:80",
    "https://web": "web:443",
    "http://user:secret@web:8080/path?q=a:b#c": "web:8080",
    "postgres://web/orders": "web:5432",
    "WEB.shop.svc.cluster.local.": "WEB.shop.svc.cluster.local.:80",
    "[fd00::1]:8080": "[fd00::1]:8080",
    "10.1.2.3": "10.1.2.3:80",
}


@pytest.mark.parametrize(("host", "called"), HOSTS.items(), ids=HOSTS)
def test_hosts_as_curl_reads_them(host: str, called: str, one: Path, run: Run) -> None:
    first = run("trace", "client", host).stdout.splitlines()[0]

    assert first == f"Pod shop/client calls {called}   web.yaml:17"


STATUSES = {"proved": ("web", 0), "refuted": ("web:81", 1), "unknown": ("10.1.2.3", 4)}


@pytest.mark.parametrize(("verdict", "host", "status"), [(key, *value) for key, value in STATUSES.items()])
def test_the_exit_status_is_the_verdict(verdict: str, host: str, status: int, one: Path, run: Run) -> None:
    done = run("trace", "client", host, "--format", "json")

    assert (done.returncode, json.loads(done.stdout)["verdict"]) == (status, verdict)


def test_json_holds_the_whole_answer(one: Path, run: Run) -> None:
    answer = json.loads(run("trace", "client", "http://web:81", "--format", "json").stdout)
    assumed = answer.pop("assumptions")

    assert assumed == ["Kubernetes 1.35, CoreDNS with the cluster domain cluster.local, glibc resolvers"]
    assert answer == {
        "version": 1,
        "tool": {"name": "ringtrue", "version": "0.1.0"},
        "environment": ".",
        "client": {"kind": "Pod", "namespace": "shop", "name": "client", "path": "web.yaml", "line": 17},
        "host": "web",
        "port": 81,
        "scheme": "http",
        "verdict": "refuted",
        "reason": "port-undeclared",
        "message": "Pod 'client' calls 'web', but Service 'shop/web' has no port 81/TCP: it has 80/TCP",
        "hint": "call port 80",
        "steps": [
            {
                "stage": "name",
                "result": "passed",
                "evidence": "0 dots < ndots 5: first of the search list -> Service shop/web",
                "details": [
                    {
                        "subject": "web.shop.svc.cluster.local",
                        "result": "Service shop/web",
                        "path": "web.yaml",
                        "line": 3,
                    }
                ],
            },
            {
                "stage": "port",
                "result": "broken",
                "evidence": "Service shop/web has no port 81/TCP: it has 80/TCP",
                "details": [{"subject": "80/TCP", "result": "targetPort 80", "path": "web.yaml", "line": 6}],
            },
        ],
        "curl": [
            {"status": 7, "says": "Failed to connect to web port 81", "when": "with kube-proxy in nftables mode"},
            {"status": 28, "says": "Connection timed out", "when": "with kube-proxy in iptables mode"},
        ],
    }


def test_the_answer_goes_to_a_file(one: Path, run: Run) -> None:
    done = run("trace", "client", "web", "--output", "answer.txt")

    assert (done.returncode, done.stdout) == (0, "")
    assert (one / "answer.txt").read_text() == run("trace", "client", "web").stdout


def test_colour_changes_no_word(one: Path, run: Run) -> None:
    painted = run("trace", "client", "web", "--color", "always").stdout

    assert "\x1b[32m  proved\x1b[0m\n" in painted


def test_a_source_that_does_not_render_is_named(two: Path, run: Run) -> None:
    (two / "overlays/prod/kustomization.yaml").write_text("resources: [web.yaml, missing.yaml]\n")
    done = run("trace", "kiosk", "web")

    assert done.returncode == 2
    assert done.stderr == (
        "ringtrue: no workload is called 'kiosk'; there are 'shop/Pod/client', 'shop/Pod/web'; "
        "source 'overlays/prod' does not render\n"
    )


def test_a_tree_without_workloads(write: Write, run: Run) -> None:
    write({"x.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, namespace: shop}\n"})
    done = run("trace", "web", "web")

    assert (done.returncode, done.stderr) == (2, "ringtrue: there is no workload that could call anything\n")


MENDED = {
    "one of several ports": (
        "web:81",
        {"port: 80}": "port: 80, name: a}, {port: 90, name: b}"},
        "call one of its ports 80, 90",
    ),
    "labels that nothing is like": (
        "web",
        {
            "selector: {app: web}": "selector: {role: q}",
            "name: web, namespace: shop, labels": "name: other, namespace: shop, labels",
        },
        "no pod is like it: give those that it is for the labels role=q",
    ),
}


@pytest.mark.parametrize(("host", "change", "hint"), MENDED.values(), ids=MENDED)
def test_what_there_is_instead(host: str, change: dict[str, str], hint: str, write: Write, web: str, run: Run) -> None:
    for old, new in change.items():
        web = web.replace(old, new)
    write({"web.yaml": web})

    assert f"\n  hint: {hint}\n" in run("trace", "client", host).stdout


@pytest.mark.parametrize(
    "name", ["healthy", "nobody-let-in", "port-undeclared", "service-name-typo", "target-port-unnamed"]
)
def test_it_agrees_with_the_check(name: str, run: Run) -> None:
    root = str(SCENARIOS / name)
    checked = json.loads(run("--root", root, "--format", "json", "-v").stdout)["references"]
    for reference in checked:
        client = reference["client"]
        words = f"{client['namespace']}/{client['kind']}/{client['name']}", f"{reference['host']}:{reference['port']}"
        answer = json.loads(run("trace", *words, "--root", root, "--format", "json").stdout)

        assert (answer["verdict"], answer["reason"]) == (reference["verdict"], reference["reason"])
    assert len(checked) == 6


def test_several_formats_in_one_run(one: Path, run: Run, valid: Callable[..., dict[str, object]]) -> None:
    words = ("trace", "client", "web")
    done = run(*words, "--format", "text", "--format", "json", "--output", "trace.json")

    assert (done.returncode, done.stdout) == (0, run(*words).stdout)
    assert (one / "trace.json").read_text() == run(*words, "--format", "json").stdout
    assert valid("trace", (one / "trace.json").read_text())["verdict"] == "proved"
