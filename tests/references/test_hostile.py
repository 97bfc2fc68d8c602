"""Any text is read to its end: no error, and no time that grows faster than the text."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ringtrue.cluster.cluster import build
from ringtrue.cluster.profile import Profile
from ringtrue.manifests.resource import Resource
from ringtrue.references.find import find
from ringtrue.references.keys import key_patterns
from ringtrue.references.shell import lexer

WORDS = [
    *[
        "curl",
        "http://",
        "api.prod.svc",
        ".svc.cluster.local",
        "$",
        "${",
        "}",
        "$(",
        ")",
        "`",
        "'",
        '"',
        "\\",
        "\n",
        " ",
    ],
    *[
        "<<E\n",
        "E\n",
        "|",
        "&&",
        ";",
        "#",
        "HOST",
        "A=",
        "for x in ",
        "do",
        "done",
        ":80",
        "@",
        "{{",
        "}}",
        "<",
        ">",
        ":-",
    ],
    *[
        "%",
        ",",
        "[[",
        "]]",
        "((",
        "$((",
        "_grpc._tcp.",
        "=",
        "-h ",
        "psql ",
        "/dev/tcp/",
        "\ue000",
        "(",
        "case ",
        "esac",
        "\u00e9",
    ],
]
texts = st.lists(st.sampled_from(WORDS), max_size=25).map("".join)


@given(texts, texts, texts)
@settings(max_examples=80, deadline=None)
def test_no_text_is_an_error(script: str, value: str, file: str) -> None:
    container = {
        "name": "c",
        "env": [{"name": "HOST", "value": value}, {"name": "A_URL", "value": file}, {"name": "x", "value": "$(HOST)"}],
        "command": ["sh", "-c", script],
        "volumeMounts": [{"name": "v", "mountPath": "/x"}],
        "envFrom": [{"configMapRef": {"name": "m"}}],
    }
    spec = {"volumes": [{"name": "v", "configMap": {"name": "m"}}], "containers": [container]}
    pod = Resource({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"}, "spec": spec}, "shop")
    data = Resource(
        {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "m"}, "data": {"F": file, "s.sh": script}},
        "shop",
    )
    for reference in find(build("c", [pod, data], Profile()), [pod, data], key_patterns()):
        assert "\n" not in reference.text
        assert reference.host or reference.unresolved
        assert reference.port is None or 0 < reference.port < 65536


@given(texts)
@settings(max_examples=80, deadline=None)
def test_words_lie_within_the_script(script: str) -> None:
    for command in lexer.commands(script):
        for word in command.words:
            assert 0 <= word.start <= word.end <= len(script)
            assert all(word.start <= piece.start <= piece.end <= word.end for piece in word.pieces)


ODD: list[Any] = [None, 5, "x", [], [None], [5], {}, [{}], [{"name": 5}], [{"name": None, "value": {}}]]


@pytest.mark.parametrize("odd", ODD, ids=map(str, ODD))
def test_odd_types_are_passed_over(odd: Any, search: Any, deployment: Any) -> None:
    keys = ("env", "envFrom", "command", "args", "volumeMounts", "lifecycle", "readinessProbe", "image")
    container = dict.fromkeys(keys, odd)
    assert search(deployment({"volumes": odd}, **container)) == ()


NAMES = ["spec", "rules", "http", "paths", "backend", "service", "name", "namespace", "port", "number", "backendRefs"]
NAMES += ["filters", "requestMirror", "backendRef", "webhooks", "clientConfig", "conversion", "strategy", "webhook"]
NAMES += ["tcp", "tls", "route", "destination", "host", "mirror", "mirrors", "hosts", "template", "containers", "image"]
NAMES += ["readinessProbe", "httpGet", "tcpSocket", "workloadRef", "kind", "from", "to", "serviceName", "servicePort"]
leaves = st.none() | st.booleans() | st.integers(-1, 70_000) | st.sampled_from(["Webhook", "Service", "a", "a.b", ""])
trees = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=25,
)
KINDS = [
    ("networking.k8s.io/v1", "Ingress"),
    ("extensions/v1beta1", "Ingress"),
    ("apps/v1", "StatefulSet"),
    ("gateway.networking.k8s.io/v1", "HTTPRoute"),
    ("gateway.networking.k8s.io/v1", "ReferenceGrant"),
    ("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration"),
    ("apiregistration.k8s.io/v1", "APIService"),
    ("apiextensions.k8s.io/v1", "CustomResourceDefinition"),
    ("networking.istio.io/v1", "VirtualService"),
    ("networking.istio.io/v1", "DestinationRule"),
    ("networking.istio.io/v1", "ServiceEntry"),
    ("argoproj.io/v1alpha1", "Rollout"),
    ("example.com/v1", "Widget"),
]


@given(st.lists(st.tuples(st.sampled_from(KINDS), trees, trees), max_size=4))
@settings(max_examples=150, deadline=None)
def test_no_object_is_an_error(drawn: list[tuple[tuple[str, str], Any, Any]]) -> None:
    resources = [
        Resource(
            {"apiVersion": version, "kind": kind, "metadata": {"name": "a"}, "spec": spec, "webhooks": webhooks}, "shop"
        )
        for (version, kind), spec, webhooks in drawn
    ]
    for reference in find(build("c", resources, Profile()), resources, key_patterns()):
        assert reference.host
        assert reference.spot.value


LONG = {
    "one word": "a" * 20_000,
    "dots": "a." * 10_000,
    "names": "a.b.svc." * 3_000,
    "URLs": "http://" * 3_000,
    "user infos": "http://" + "a@" * 10_000,
    "braces": "{" * 20_000,
    "holes": "{{ a }}" * 3_000 + ".svc",
    "angles": "<a" * 10_000,
    "commas": "a:80," * 6_000,
    "quotes": '"' * 20_000,
    "lines": "key: value\n" * 6_000,
    "substitutions": '"$(' * 2_000,
    "parameters": "${a:-" * 3_000,
    "equals": "a=b " * 6_000,
    "colons": "a:" * 10_000,
    "unclosed variables": "$(" * 10_000,
    "directives": "proxy_pass " * 3_000,
    "upstreams": "upstream a {" * 3_000,
    "servers": ";server=" * 3_000 + ";database=",
    "blanks": ";" + " " * 20_000,
    "oracles": "jdbc:oracle:thin:" * 2_000,
    "names in a path": "dns://" + "a/" * 10_000,
    "hosts and ports": "a.host = b\na.port = 80\n" * 3_000,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG.keys())
def test_long_text_does_not_hang(text: str, hosts: Callable[..., list[str]]) -> None:
    """A search that looks again from every character would take minutes of processor time, however fast it is."""
    start = time.process_time()
    hosts(
        env=[{"name": "A_URL", "value": text}, {"name": "B", "value": text + "\nx"}],
        command=["sh", "-c", f"curl {text}"],
    )
    assert time.process_time() - start < 20


def test_nested_substitutions_are_bounded(hosts: Callable[..., list[str]]) -> None:
    assert hosts(command=["sh", "-c", "$(" * 10 + "curl x" + ")" * 10]) == ["http x:80"]
    assert hosts(command=["sh", "-c", "$(" * 500 + "curl x" + ")" * 500]) == []
