"""A reference: who names whom, where, and how it was found."""

from dataclasses import dataclass
from enum import StrEnum

from ringtrue.cluster.workloads import Workload
from ringtrue.manifests.resource import Resource, Spot


class Via(StrEnum):
    """Where the text that names the host stands; a closed enum of the JSON contract."""

    ENV = "env"
    ENV_FROM = "envFrom"
    ARGS = "args"
    COMMAND = "command"
    CONFIG_MAP = "configMap"
    SECRET = "secret"
    PROBE = "probe"
    LIFECYCLE = "lifecycle"
    ANNOTATION = "annotation"
    STRUCTURED = "structured"


class Certainty(StrEnum):
    """How sure it is that the text is a host."""

    SURE = "sure"
    """A URL, `host:port`, an operand of a known client, a name that ends in the cluster domain, a structured field."""
    NAMED = "named"
    """Only the name of the key says so (`*_HOST`): a miss is an error only with a near name (`design.md` section 5)."""


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """One host that one container, or one object, is configured with."""

    client: Resource
    """The object that makes the call: the workload, or the Ingress or StatefulSet of a structured reference."""
    workload: Workload | None
    """None for structured references."""
    container: str | None
    via: Via
    spot: Spot
    """Where the host is written in the rendered objects: in the ConfigMap for a value that comes from one."""
    field: str
    """For people: "env HTTPD_HOST", "args[0]", "configMap app-config key app.properties", "spec.rules[0]...service"."""
    text: str
    """The value after expansion, on one line; "" when it comes from a Secret."""
    host: str
    """As written, without brackets or user info; "" when it is not known."""
    port: int | None = None
    port_name: str | None = None
    """The Service port's name: in an Ingress backend, or asked for by an SRV name (DNS-14)."""
    scheme: str = ""
    """Lower case, of the URL or the client; "dns" where the name is only looked up (`nslookup`), with no port."""
    protocol: str = "TCP"
    port_spot: Spot | None = None
    """Where the port is written, when that is another field than `spot` (`http://$HOST:8080/` in args)."""
    span: tuple[int, int] | None = None
    """Where the host, or the first of it that is not filled in, stands in the text of `spot` (of a Secret: decoded)."""
    port_span: tuple[int, int] | None = None
    """Where the port stands in the text of `port_spot`, or the scheme that implies it; without `port_spot`, in that of
    `spot`, and None where the scheme implies it."""
    certainty: Certainty = Certainty.SURE
    unresolved: str = ""
    """Why the text stays open: "$(CACHE) is not set in this container"; the verdict is then unknown.

    `host` is known when only the port is open.
    """
    unread: bool = False
    """No letter of the host is known ("$(URL)" of a Secret that is not here): it may be outside the cluster as well."""
    wrong_port: str = ""
    """Why what stands for the port can be none: "$REDIS_PORT is a URL, no port number" (REF-02)."""
    secret: bool = False
    named_service: tuple[str, str] | None = None
    """(namespace, Service) when an API field names the Service itself and no DNS is asked."""
    literal: bool = False
    """The client asks for the name as it stands, without the search list (DNS-13)."""
    by_node: bool = False
    """The kubelet makes the call (a probe's or hook's `host`), and asks the node's DNS."""
    optional: bool = False
    """The object does its work without that Service (`failurePolicy: Ignore`, `serviceName`): a miss only warns."""
    needs_port: bool = False
    """The API wants a port here (`backendRefs` of a route)."""
    refused: str = ""
    """Why this object may not name a Service of another namespace: no ReferenceGrant lets it; "" when it may."""
