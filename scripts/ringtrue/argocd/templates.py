"""How an ApplicationSet fills its templates: plain `{{name}}`, or Go templates, which the renderer fills."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Parameters = Mapping[str, Any]

Fill = Callable[[Any, Sequence[Parameters]], list[Any]]
"""(value, sets of parameters) -> the value with every text in it filled, once for each set. Raises NotExpanded."""

_TAG = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)


class NotExpanded(Exception):
    """The message is the rest of a sentence about an ApplicationSet."""


def fill_plainly(value: Any, sets: Sequence[Parameters]) -> list[Any]:
    """Without `goTemplate`: `{{name}}` becomes the parameter of that name; one that is not known stays."""
    return [_filled(value, parameters) for parameters in sets]


def _filled(value: Any, parameters: Parameters) -> Any:
    if isinstance(value, str):
        return _TAG.sub(lambda tag: _replacement(tag, parameters), value)
    if isinstance(value, list):
        return [_filled(item, parameters) for item in value]
    if isinstance(value, Mapping):
        return {_filled(key, parameters): _filled(item, parameters) for key, item in value.items()}
    return value


def _replacement(tag: re.Match[str], parameters: Parameters) -> str:
    found = parameters.get(tag[1].strip())
    return found if isinstance(found, str) and tag[1].strip() else tag[0]
