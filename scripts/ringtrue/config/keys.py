"""Every key of `ringtrue.toml`: its meaning, an example, and what its value must be."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ringtrue.config.settings import kubernetes_version
from ringtrue.findings import Severity


@dataclass(frozen=True, slots=True)
class Key:
    """`read` turns the TOML value into the setting; it raises ValueError with the rest of a sentence."""

    table: str
    name: str
    setting: str
    """The field of `Config`, `External` or `Ignore` that it fills."""
    read: Callable[[Any], Any]
    example: str
    meaning: str


def text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"must be a text, not {shown(value)}")
    return value


def flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"must be true or false, not {shown(value)}")
    return value


def texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise ValueError(f"must be a list of texts, not {shown(value)}")
    return tuple(value)


def named_texts(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(item, str) and item for item in value.values()):
        raise ValueError(f"must be a table of texts, not {shown(value)}")
    return dict(value)


def ports(value: Any) -> frozenset[int]:
    if not isinstance(value, list) or not all(type(item) is int and 0 < item < 65536 for item in value):
        raise ValueError(f"must be a list of port numbers, not {shown(value)}")
    return frozenset(value)


def version(value: Any) -> tuple[int, int]:
    if not isinstance(value, str):
        raise ValueError(f'must be a text such as "1.35", not {shown(value)}')
    return kubernetes_version(value)


def one_of(*choices: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if value not in choices:
            raise ValueError(f"must be {listed(choices)}, not {shown(value)}")
        return str(value)

    return read


def verdict(value: Any) -> Severity:
    return Severity(one_of("note", "warning", "error")(value))


def rule_severity(value: Any) -> Severity | None:
    chosen = one_of("off", "note", "warning", "error")(value)
    return None if chosen == "off" else Severity(chosen)


def listed(choices: tuple[str, ...]) -> str:
    return ", ".join(f'"{choice}"' for choice in choices[:-1]) + f' or "{choices[-1]}"'


def shown(value: Any) -> str:
    """A value as the user may have written it; of a list or a table only what it is."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return repr(value)
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "a table"
    return str(value)


KEYS = (
    Key("cluster", "version", "version", version, '"1.35"', "Kubernetes minor of the cluster"),
    Key("cluster", "domain", "domain", text, '"cluster.local"', "cluster domain of DNS and kubelet"),
    Key("cluster", "complete", "complete", flag, "true", "nothing but these manifests puts Services on the cluster"),
    Key("cluster", "resolver", "libc", one_of("glibc", "musl"), '"glibc"', "resolver family of the images"),
    Key("environments", "order", "order", texts, '["dev", "prod"]', "the order of promotion, and of reports"),
    Key("environments", "shared", "shared", texts, '["monitoring"]', "namespaces that any environment may call"),
    Key("environments", "skip", "skip", texts, '["tests"]', "folders in which no environment is looked for"),
    Key("environments", "names", "names", named_texts, '{ shop = "prod" }', "environment by Application name"),
    Key("external", "namespace", "namespace", text, '"logging"', "namespace of a Service that others provide"),
    Key("external", "service", "service", text, '"loki"', "its name"),
    Key("external", "ports", "ports", ports, "[3100]", "its ports; any port when left out"),
    Key("external", "reason", "reason", text, '"run by the platform team"', "required: who provides it"),
    Key("rules", "policy", "policy", flag, "true", "switch the house rules on"),
    Key("verdicts", "unknown", "unknown", verdict, '"note"', "how grave an undecided reference is"),
    Key("ignore", "rule", "rule", text, '"service-selects-nothing"', "the rule whose findings are accepted"),
    Key("ignore", "object", "object", text, '"Service shop/*"', "the object; any when left out"),
    Key("ignore", "environment", "environment", text, '"dev"', "the environment; any when left out"),
    Key("ignore", "reason", "reason", text, '"filled by the operator at run time"', "required: why it is accepted"),
    Key(
        "schemas",
        "paths",
        "schema_paths",
        texts,
        '["schemas"]',
        "more CustomResourceDefinitions",
    ),
    Key("references", "keys", "host_keys", texts, '["*_BACKEND"]', "more key names whose value is a host"),
    Key("argocd", "version", "argocd_version", text, '"3.6"', "version of Argo CD"),
    Key("argocd", "namespace", "argocd_namespace", text, '"argocd"', "namespace of the Applications"),
    Key(
        "argocd",
        "repository",
        "repository",
        text,
        '"https://example.com/shop.git"',
        "the repoURL of this repository",
    ),
)
"""`[rules]` also holds one key a rule: its name, with the severity as value."""

LISTS = ("external", "ignore")
"""Tables that are written `[[table]]`."""

REQUIRED = {"external": ("namespace", "service", "reason"), "ignore": ("rule", "reason")}

TABLES = tuple(dict.fromkeys(key.table for key in KEYS))
