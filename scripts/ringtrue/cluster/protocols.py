"""Which protocol a Service port says it speaks."""

from ringtrue.cluster.services import ServicePort

_BY_NUMBER = {80: "http", 443: "https"}
_CLEAR = frozenset({"http", "kubernetes.io/h2c"})


def spoken(port: ServicePort) -> str:
    """PORT-02: "http" or "https" as `appProtocol`, else the port's name, its targetPort's name or 80 and 443 say.

    "" when nothing says so, or when its number says otherwise than its targetPort's.
    """
    if port.app_protocol:
        app = port.app_protocol.lower()
        return "https" if app == "https" else "http" if app in _CLEAR else ""
    for name in (port.name, port.target):
        found = _named(name) if isinstance(name, str) else ""
        if found:
            return found
    return "" if port.name or port.target != port.number else _BY_NUMBER.get(port.number, "")


def _named(name: str) -> str:
    for scheme in ("https", "http"):
        if name == scheme or name.startswith(f"{scheme}-"):
            return scheme
    return ""
