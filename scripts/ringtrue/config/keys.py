"""Every key of `ringtrue.toml`: what its value may be, its default, an example, and its meaning."""

from dataclasses import dataclass

from ringtrue.config.values import FLAG, LIBC, NAMED_TEXTS, PATTERN, PORTS, TEXT, TEXTS, VERDICT, VERSION, ValueType


@dataclass(frozen=True, slots=True)
class Key:
    table: str
    name: str
    setting: str
    """The field of `Config`, `External` or `Ignore` that it fills."""
    type: ValueType
    default: str
    """As TOML; "" for a key that is required, or whose absence no value can say."""
    example: str
    meaning: str


KEYS = (
    Key("cluster", "version", "version", VERSION, '"1.35"', '"1.34"', "Kubernetes minor of the cluster"),
    Key("cluster", "domain", "domain", TEXT, '"cluster.local"', '"corp.example"', "cluster domain of DNS and kubelet"),
    Key(
        "cluster",
        "complete",
        "complete",
        FLAG,
        "false",
        "true",
        "nothing but these manifests puts Services on the cluster: a name that is not here does not exist",
    ),
    Key("cluster", "resolver", "libc", LIBC, '"glibc"', '"musl"', "whose resolver the images have: Alpine's is musl"),
    Key("environments", "order", "order", TEXTS, "[]", '["dev", "prod"]', "the order of reports, and of promotion"),
    Key("environments", "shared", "shared", TEXTS, "[]", '["monitoring"]', "namespaces that any environment may call"),
    Key("environments", "skip", "skip", TEXTS, "[]", '["tests"]', "folders in which no environment is looked for"),
    Key("environments", "names", "names", NAMED_TEXTS, "{}", '{ shop = "prod" }', "environment by Application name"),
    Key(
        "environments",
        "main",
        "main",
        TEXT,
        '"main"',
        '"trunk"',
        "the branch whose commits are promoted; a gate also reads these settings from it",
    ),
    Key(
        "environments",
        "branches",
        "branches",
        PATTERN,
        '"env/*"',
        '"deploy/*"',
        "the environment branches that a gate guards; `*` is the environment's name",
    ),
    Key("clusters", "name", "name", TEXT, "", '"eu"', "name of a cluster, where the Applications do not tell it"),
    Key(
        "clusters",
        "applications",
        "applications",
        TEXTS,
        "[]",
        '["clusters/eu"]',
        "folders or files with the Applications of its Argo CD; any when left out",
    ),
    Key(
        "clusters",
        "destinations",
        "destinations",
        TEXTS,
        "[]",
        '["in-cluster"]',
        "its destination.name or .server in them; any when left out",
    ),
    Key("clusters", "paths", "paths", TEXTS, "[]", '["overlays/eu"]', "folders that land on it without an Application"),
    Key("external", "namespace", "namespace", TEXT, "", '"logging"', "namespace of a Service that others provide"),
    Key("external", "service", "service", TEXT, "", '"loki"', "its name"),
    Key("external", "ports", "ports", PORTS, "[]", "[3100]", "its ports; an empty list is any port"),
    Key("external", "reason", "reason", TEXT, "", '"run by the platform team"', "who provides it"),
    Key("rules", "policy", "policy", FLAG, "false", "true", "switches the house rules on"),
    Key("verdicts", "unknown", "unknown", VERDICT, '"note"', '"warning"', "how grave an undecided reference is"),
    Key("ignore", "rule", "rule", TEXT, "", '"service-selects-nothing"', "the rule whose findings are accepted"),
    Key(
        "ignore",
        "object",
        "object",
        TEXT,
        "",
        '"Service shop/*"',
        "`Kind namespace/name`, or `Kind name`, with `*` for any part; any object when left out",
    ),
    Key("ignore", "environment", "environment", TEXT, "", '"dev"', "the environment; any when left out"),
    Key("ignore", "reason", "reason", TEXT, "", '"filled by the operator at run time"', "why it is accepted"),
    Key(
        "schemas",
        "paths",
        "schema_paths",
        TEXTS,
        "[]",
        '["schemas"]',
        "files and folders with CustomResourceDefinitions that no environment holds",
    ),
    Key("references", "keys", "host_keys", TEXTS, "[]", '["*_BACKEND"]', "more patterns of keys whose value is a host"),
    Key("argocd", "version", "argocd_version", TEXT, '"3.6"', '"3.5"', "version of Argo CD"),
    Key("argocd", "namespace", "argocd_namespace", TEXT, '"argocd"', '"gitops"', "namespace of Argo CD itself"),
    Key(
        "argocd",
        "repository",
        "repository",
        TEXT,
        "",
        '"https://example.com/shop.git"',
        "the repoURL of this repository, beside git's remotes",
    ),
)
"""`[rules]` also holds one key a rule: its name, with the severity as value."""

LISTS = ("clusters", "external", "ignore")
"""Tables that are written `[[table]]`."""

REQUIRED = {"clusters": ("name",), "external": ("namespace", "service", "reason"), "ignore": ("rule", "reason")}

TABLES = tuple(dict.fromkeys(key.table for key in KEYS))
