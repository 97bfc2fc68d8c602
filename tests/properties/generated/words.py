"""Tiny alphabets, so that names collide: a Service called like a namespace, a pod's host name like a Service."""

from hypothesis import strategies as st

MOVED = "kk"
"""A namespace whose letters no other word has: it can be renamed everywhere at once (to `UNLIKE`)."""
UNLIKE = "qq"
NAMESPACES = ("web", "prod", "api", "svc", MOVED)
NAMES = ("api", "db", "web", "db-0")
PORT_NAMES = ("http", "grpc")
NUMBERS = (80, 8080, 53)
LABELS = {"app": ("api", "db", "web"), "tier": ("a", "b")}
LIBCS = ("glibc", "musl")

namespaces = st.sampled_from((*(MOVED,) * 6, *NAMESPACES))
"""Most of a world is in one of them, so that its parts meet."""
names = st.sampled_from(NAMES)
numbers = st.sampled_from((80, 80, *NUMBERS))
protocols = st.sampled_from(("TCP", "TCP", "UDP"))
labels = st.fixed_dictionaries(
    {"app": st.sampled_from(LABELS["app"])}, optional={"tier": st.sampled_from(LABELS["tier"])}
)
few_labels = st.fixed_dictionaries({}, optional={key: st.sampled_from(values) for key, values in LABELS.items()})

TAILS = (
    "",
    ".svc",
    ".svc.cluster.local",
    ".svc.cluster.local.",
    ".svc.cluster.locl",
    ".cluster.local",
    ".svc.other.example",
)


@st.composite
def hosts(draw: st.DrawFn) -> str:
    """A host in each of its forms: bare, with a namespace, full, of an endpoint, of a port, outside, an address."""
    form = draw(st.integers(0, 14))
    if form == 14:
        return draw(
            st.sampled_from(("example.org", "api.example.com", "10.0.0.1", "localhost", "kubernetes", "a_b", "x" * 64))
        )
    name = draw(names)
    if form < 5:
        return name
    full = f"{name}.{draw(namespaces)}{draw(st.sampled_from(TAILS))}"
    if form == 11:
        return f"{draw(names)}.{full}"
    if form == 12:
        return f"_{draw(st.sampled_from(PORT_NAMES))}._tcp.{full}"
    return full.upper() if form == 13 else full


@st.composite
def values(draw: st.DrawFn) -> str:
    """What stands in a variable, in a file or behind a command."""
    host, port = draw(hosts()), draw(st.sampled_from(("", ":80", ":80", ":8080", ":5432", ":http", ":$(PORT)", ":0")))
    form = draw(
        st.sampled_from(
            (
                "{0}",
                "{0}{1}",
                "http://{0}{1}/x",
                "jdbc:postgresql://{0}{1}/d",
                "dns:///{0}{1}",
                "{0}{1},{0}:53",
                "$(HOST)",
            )
        )
    )
    return form.format(host, port)


@st.composite
def scripts(draw: st.DrawFn) -> str:
    command = draw(
        st.sampled_from(
            (
                "curl {0}",
                "curl http://$HOST{1}/",
                "nslookup {0}",
                "psql -h {0} -p 5432",
                "while :; do wget -q {0}; done",
                "nc {0} 80",
                "# curl {0}",
            )
        )
    )
    return command.format(draw(hosts()), draw(st.sampled_from(("", ":80"))))
