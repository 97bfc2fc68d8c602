"""A host as one text mentions it: which field writes it, which one says the port."""

import re
from dataclasses import dataclass

from ringtrue.references.hosts import is_open, why_open
from ringtrue.references.reference import Certainty
from ringtrue.references.scanning import Hit
from ringtrue.references.written import Field, Written

_RUN = re.compile(r"[^\s\"'`,;|<>()?]+")
_USER = re.compile(r"://[^/@\s]*@|^[^/@\s]*:[^/@\s]*@")


@dataclass(frozen=True, slots=True)
class Mention:
    field: Field
    """The field that writes the whole host."""
    text: str
    host: str
    """"" when it is not known."""
    hit: Hit
    port: int | None
    port_field: Field | None
    """The field with the port, or with the scheme that implies it, when it is another one."""
    scheme: str
    use: bool
    """A command, or a text made from others, uses it; else it is only written here."""
    unresolved: str = ""
    unread: bool = False
    """No letter of the host is known."""
    wrong_port: str = ""
    """Why what stands for the port can be none."""
    built_from: tuple[Field, ...] = ()
    """The fields that hold parts of the host."""
    service: tuple[str, str] | None = None
    """(namespace, Service) when the host is an address that kubelet fills in (REF-02)."""
    span: tuple[int, int] | None = None
    """Where the host stands in the text of `field`."""
    port_span: tuple[int, int] | None = None
    """Where the port, or the scheme that implies it, stands in the text of `port_field`, else of `field`."""

    @property
    def weak(self) -> bool:
        """Says no port, or only the one that goes with the scheme: a use that says one wins."""
        return not self.use and (self.port is None or self.hit.implied) and self.hit.port_name is None


def mention(written: Written, hit: Hit, port: Written | None = None, use: bool = False) -> Mention | None:
    """What a hit in a text says; None for the pod's own address. `port` is the text with the port, if another."""
    opening = written.opening(hit.start, hit.end)
    if opening is not None and opening.own:
        return None
    owner, start, end = written.writer(hit.start, hit.end)
    if owner.own:
        return None
    reason = opening.reason if opening is not None else why_open(hit.hole) if hit.hole else ""
    if hit.open_port and not reason:
        silent = written.opening(*hit.open_port)
        reason = silent.reason if silent else why_open(written.text[slice(*hit.open_port)])
    if port is not None and port.reason and not reason:
        reason = port.reason
    wrong = ""
    if port is not None and hit.port is None and not reason and not port.text.isdecimal():
        said = "the port" if port.field.secret else port.show(0, len(port.text))
        if "://" in port.text:
            wrong = _a_url(said, port.standing(0, len(port.text)))
        else:
            reason = f"{said} is no port number"
    port_field, port_span = _port_place(written, hit, port)
    service = owner.standing(start, end)
    if service and start and owner.text[: hit.token].endswith(":") and hit.scheme and not reason:
        wrong = _a_url(owner.show(hit.token, hit.token_end), service)
    return Mention(
        field=owner.field,
        text=_text(written, hit, owner, start, end),
        host="" if opening is not None or hit.hole else service[1] if service else hit.host,
        hit=hit,
        port=hit.port,
        port_field=None if port_field is None or port_field.place == owner.field.place else port_field,
        scheme=hit.scheme,
        use=use or owner is not written,
        unresolved=reason,
        unread=is_open(hit.host),
        wrong_port=wrong,
        service=service,
        built_from=tuple(part.field for part in owner.within(start, end)),
        span=owner.span(start, end),
        port_span=port_span,
    )


def _a_url(said: str, service: tuple[str, str] | None) -> str:
    """REF-02: `REDIS_PORT` of a Service is `tcp://10.0.0.1:6379`."""
    by = f", which kubelet sets for Service {service[1]!r}," if service else ""
    return f"{said}{by} is a URL, no port number"


def _port_place(written: Written, hit: Hit, port: Written | None) -> tuple[Field | None, tuple[int, int] | None]:
    holder, at = (port, (0, len(port.text))) if port is not None else (written, hit.port_at)
    if at is None:
        return None, None
    owner, start, end = holder.writer(*at)
    return owner.field, owner.span(start, end)


def _text(written: Written, hit: Hit, owner: Written, start: int, end: int) -> str:
    """The run that a reader looks for, on one line, passwords masked; "" from a Secret."""
    if owner.field.secret:
        return ""
    if owner is written:
        return masked(written.show(hit.token, hit.token_end))
    for run in _RUN.finditer(owner.text):
        if run.start() <= start and end <= run.end():
            return masked(owner.show(run.start(), run.end()))
    return owner.show(start, end)


def masked(text: str) -> str:
    """A URL without its user info."""
    found = _USER.search(text)
    if not found:
        return text
    user, colon, _ = found[0].removeprefix("://").partition(":")
    prefix = "://" if found[0].startswith("://") else ""
    kept = f"{user}:***@" if colon else "***@"
    return text[: found.start()] + prefix + kept + text[found.end() :]


def with_port(hit: Hit, port: int, implied: bool = False) -> Hit:
    """The hit with a port that stands in another text."""
    return Hit(
        hit.start, hit.end, hit.host, hit.token, hit.token_end, port, None, implied, hit.scheme, hit.port_name,
        hit.protocol, hit.certainty, False, hit.hole, None, hit.literal,
    )  # fmt: skip


def certainty(mentions: list[Mention]) -> Certainty:
    """Sure when one of them is."""
    return Certainty.SURE if any(m.hit.certainty is Certainty.SURE for m in mentions) else Certainty.NAMED
