"""One reason for which kube-apiserver refuses an object, in the API server's own words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ringtrue.findings import Route


@dataclass(frozen=True, slots=True)
class Rejection:
    """`message` is the field and what the API server says of it: "spec.ports[1].name: Required value"."""

    id: str
    """The rule: "ADM-05"."""
    route: Route
    message: str
    hint: str = ""
    """What mends it, "" when the message says it all."""


def path(route: Route) -> str:
    """A route as the API server writes it (ADM-*): "spec.ports[0].name"."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in route).removeprefix(".")


def invalid(rule: str, route: Route, value: object, detail: str, hint: str = "") -> Rejection:
    """ADM-*: a value that breaks a rule; texts stand in double quotes as the API server writes them."""
    shown = f'"{value}"' if isinstance(value, str) else str(value)
    return Rejection(rule, route, f"{path(route)}: Invalid value: {shown}: {detail}", hint)


def required(rule: str, route: Route, detail: str = "", hint: str = "") -> Rejection:
    """ADM-*: a field that must be there."""
    return Rejection(rule, route, f"{path(route)}: Required value" + (f": {detail}" if detail else ""), hint)


def negative(rule: str, route: Route, value: object) -> Iterator[Rejection]:
    """ADM-*: a number below zero, if it is one."""
    if isinstance(value, int) and value < 0:
        yield invalid(rule, route, value, "must be greater than or equal to 0")


def duplicate(rule: str, route: Route, value: object, hint: str = "") -> Rejection:
    """ADM-*: a value that may stand only once in its list."""
    shown = f'"{value}"' if isinstance(value, str) else str(value)
    return Rejection(rule, route, f"{path(route)}: Duplicate value: {shown}", hint)


def forbidden(rule: str, route: Route, detail: str, hint: str = "") -> Rejection:
    """ADM-*: a field that may not be there."""
    return Rejection(rule, route, f"{path(route)}: Forbidden: {detail}", hint)


def unsupported(
    rule: str, route: Route, value: object, supported: Iterable[str], hint: str = ""
) -> Iterator[Rejection]:
    """ADM-*: a text that is none of the few allowed, if it is one; another spelling in capitals becomes the hint."""
    allowed = sorted(supported)
    if not isinstance(value, str) or value in allowed:
        return
    meant = next((each for each in allowed if each.lower() == value.lower()), "")
    listed = ", ".join(f'"{each}"' for each in allowed)
    message = f'{path(route)}: Unsupported value: "{value}": supported values: {listed}'
    yield Rejection(rule, route, message, hint or (f"write {meant}" if meant else ""))
