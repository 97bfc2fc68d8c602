"""One environment of the map as SVG: every text escaped, every part with a name for those who do not see it."""

from collections.abc import Iterator, Mapping
from html import escape

from ringtrue.findings import Severity
from ringtrue.reports.lines import clean
from ringtrue.reports.map_layout import CHIP, NODE_HEIGHT, NODE_WIDTH, Box, Layout
from ringtrue.reports.map_parts import GRAVITY, Edge, Kind, Mark, Node, Part, Policy, Role
from ringtrue.reports.summary import counted

GLYPHS = {Mark.PROVED: "✓", Mark.REFUTED: "✕", Mark.UNKNOWN: "?", Mark.EXTERNAL: "↗"}
_LETTERS = 23
"""Of a name that fit into a node; the whole one is in its title and its panel."""
_CROWD = 1500
"""Connections past which a page is made lighter."""
_FAR = 4000
"""Units past which a picture is first seen from afar."""
_SHAPES = {Role.WORKLOAD: 6, Role.SERVICE: 21, Role.OBJECT: 0, Role.MISSING: 6, Role.EXTERNAL: 12}
"""The radius of a node's corners, so that its role is seen without colour and without reading."""


def svg(part: Part, made: Layout, index: int) -> Iterator[str]:
    """The picture, hidden unless it is the first; `index` keeps ids apart."""
    nodes = {node.id: node for node in part.nodes}
    label = (
        f"Map of environment {part.name}: {counted(len(part.nodes), 'node')}, {counted(len(part.edges), 'connection')}"
    )
    yield (
        f'<svg class="map{_from_afar(part, made)}" data-env="{escape(part.name)}" '
        f'data-width="{made.width}" data-height="{made.height}" '
        f'viewBox="0 0 {made.width} {made.height}" role="group" aria-label="{_text(label)}"'
        f"{' hidden' if index else ''}>"
    )
    yield from (_box(box) for box in made.boxes)
    yield '<g class="trunks">'
    yield from _trunks(part, made, nodes)
    yield '</g><g class="edges">'
    near = len(part.edges) <= _CROWD
    yield from (_edge(edge, made, nodes, near) for edge in part.edges)
    yield '</g><g class="nodes">'
    marks = _marks(part)
    yield from (_node(node, made.places[node.id], marks[node.id]) for node in part.nodes)
    yield "</g>"
    policies = {policy.id: policy for policy in part.policies}
    yield from (_chip(policies[known], x, y, width) for box in made.boxes for known, x, y, width in box.chips)
    yield from (_heading(box, part) for box in made.boxes)
    yield "</svg>"


def _from_afar(part: Part, made: Layout) -> str:
    """What the script will find out too: so that a large picture is not laid out first with all that it then hides."""
    return " crowded far" if len(part.edges) > _CROWD and max(made.width, made.height) > _FAR else ""


def _marks(part: Part) -> dict[str, Mark | None]:
    """The worst of what each node takes part in; None for one that nothing is said of."""
    found: dict[str, Mark | None] = {node.id: None for node in part.nodes}
    for edge in part.edges:
        # A caller that fails is shown at the caller; what it calls is whole if its own findings say no more.
        for end in (edge.source,) if edge.kind is Kind.CALLS else (edge.source, edge.target):
            found[end] = _worse(found[end], edge.mark)
        if edge.mark is Mark.PROVED:
            found[edge.target] = _worse(found[edge.target], Mark.PROVED)
    for node in part.nodes:
        if any(each.severity is Severity.ERROR for each in node.findings):
            found[node.id] = Mark.REFUTED
    return found


def _worse(one: Mark | None, other: Mark) -> Mark:
    return other if one is None else min(one, other, key=GRAVITY.index)


def _box(box: Box) -> str:
    return f'<rect class="box" x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}" rx="10"/>'


def _heading(box: Box, part: Part) -> str:
    """Above all else, since from afar it is as large as the box."""
    count = sum(node.namespace == box.namespace for node in part.nodes)
    name = box.namespace or "outside a namespace"
    return (
        f'<text class="heading" x="{box.x + 16}" y="{box.y + 28}">{_text(name)}'
        f'<tspan class="faint" dx="8">{count}</tspan></text>'
    )


def _node(node: Node, at: tuple[int, int], mark: Mark | None) -> str:
    classes = f"node {node.role.value}" + (f" {mark.value}" if mark else "") + ("" if node.own else " other")
    state = f", {mark.value}" if mark else ""
    faults = f", {counted(len(node.findings), 'finding')}" if node.findings else ""
    place = f" in namespace {node.namespace}" if node.namespace else ""
    label = f"{node.kind} {node.name}{place}{', ' if node.detail else ''}{node.detail}{state}{faults}"
    under = " · ".join(filter(None, (node.kind, node.detail)))
    shown = GLYPHS[mark] if mark in (Mark.REFUTED, Mark.UNKNOWN) else "!" if node.findings else ""
    badge = f'<circle class="badge" cx="{NODE_WIDTH}" cy="0" r="9"/>' if shown else ""
    badge += f'<text class="glyph" x="{NODE_WIDTH}" y="4.5">{shown}</text>' if shown else ""
    return (
        f'<g class="{classes}" data-id="{escape(node.id)}" role="button" tabindex="-1" aria-label="{_text(label)}" '
        f'transform="translate({at[0]} {at[1]})">'
        f"{_title(node.name, _LETTERS)}"
        f'<rect width="{NODE_WIDTH}" height="{NODE_HEIGHT}" rx="{_SHAPES[node.role]}"/>'
        f'<text class="name" x="14" y="18">{_text(_short(node.name, _LETTERS))}</text>'
        f'<text class="faint" x="14" y="33">{_text(_short(under, 32))}</text>{badge}</g>'
    )


def _edge(edge: Edge, made: Layout, nodes: Mapping[str, Node], near: bool) -> str:
    """`near`: with a broad unseen line below it, to be hit with a mouse."""
    source, target = nodes[edge.source], nodes[edge.target]
    bare = edge.kind is Kind.ENDPOINTS and edge.mark is Mark.PROVED
    path, (x, y) = _curve(made.places[edge.source], made.places[edge.target], 0 if bare else 7)
    kind = "calls" if edge.kind is Kind.CALLS else "sends to"
    reasons = ", ".join(sorted({each.proof.reason.value for each in edge.references}))
    label = f"{source.kind} {source.name} {kind} {target.kind} {target.name}: {edge.mark.value}" + (
        f", {reasons}" if edge.mark is not Mark.PROVED and reasons else ""
    )
    crossing = " cross" if source.namespace != target.namespace else ""
    hit = f'<path class="hit" d="{path}"/>' if near else ""
    glyph = ""
    if edge.mark in (Mark.REFUTED, Mark.UNKNOWN):
        glyph = (
            f'<circle class="badge" cx="{x}" cy="{y}" r="9"/>'
            f'<text class="glyph" x="{x}" y="{y + 4.5:g}">{GLYPHS[edge.mark]}</text>'
        )
    return (
        f'<g class="edge {edge.kind.value} {edge.mark.value}{crossing}" data-id="{escape(edge.id)}" role="button" '
        f'tabindex="-1" aria-label="{_text(label)}">{hit}<path class="line" d="{path}"/>'
        f"{glyph}</g>"
    )


def _curve(start: tuple[int, int], end: tuple[int, int], tip: int) -> tuple[str, tuple[int, float]]:
    """From the side of one node to `tip` before the facing side of the other, and the middle of the way."""
    half = NODE_HEIGHT // 2
    y1, y2 = start[1] + half, end[1] + half
    if end[0] >= start[0] + NODE_WIDTH:
        x1, x2, out, back = start[0] + NODE_WIDTH, end[0] - tip, 1, -1
    elif end[0] + NODE_WIDTH <= start[0]:
        x1, x2, out, back = start[0], end[0] + NODE_WIDTH + tip, -1, 1
    else:
        x1, x2, out, back = start[0] + NODE_WIDTH, end[0] + NODE_WIDTH + tip, 1, 1
    far = max(36, min(220, abs(x2 - x1) // 2))
    a, b = x1 + out * far, x2 + back * far
    return f"M{x1} {y1}C{a} {y1} {b} {y2} {x2} {y2}", ((x1 + 3 * a + 3 * b + x2) // 8, (y1 + y2) / 2)


def _trunks(part: Part, made: Layout, nodes: Mapping[str, Node]) -> Iterator[str]:
    """What is drawn from afar: one line for all calls from one namespace to another."""
    boxes = {box.namespace: box for box in made.boxes}
    found: dict[tuple[str, str], list[Edge]] = {}
    for edge in part.edges:
        ends = nodes[edge.source].namespace, nodes[edge.target].namespace
        if edge.kind is Kind.CALLS and ends[0] != ends[1]:
            found.setdefault(ends, []).append(edge)
    for (source, target), edges in sorted(found.items()):
        mark = min((edge.mark for edge in edges), key=GRAVITY.index)
        one, other = boxes[source], boxes[target]
        x1, y1, x2, y2 = _centre(one)[0], _centre(one)[1], *_centre(other)
        way = f"from {source or 'outside'} to {target or 'outside'}"
        label = f"{counted(len(edges), 'connection')} {way}, worst {mark.value}"
        yield (
            f'<g class="trunk {mark.value}" data-id="{escape(f"{part.name}:{source}>>{target}")}" role="button" '
            f'tabindex="-1" aria-label="{_text(label)}"><title>{_text(label)}</title>'
            f'<path class="line" d="M{x1} {y1}Q{(x1 + x2) // 2 + (y2 - y1) // 8} '
            f'{(y1 + y2) // 2 - (x2 - x1) // 8} {x2} {y2}"/></g>'
        )


def _centre(box: Box) -> tuple[int, int]:
    return box.x + box.width // 2, box.y + box.height // 2


def _chip(policy: Policy, x: int, y: int, width: int) -> str:
    cut = " refuted" if policy.cuts else ""
    label = (
        f"NetworkPolicy {policy.name} in namespace {policy.namespace}: selects {len(policy.selects)}, "
        f"allows {len(policy.allows)}, cuts {len(policy.cuts)}"
    )
    shown = _short(policy.name, max(4, (width - 34) // 7))
    return (
        f'<g class="policy{cut}" data-id="{escape(policy.id)}" role="button" tabindex="-1" aria-label="{_text(label)}" '
        f'transform="translate({x} {y})">{_title(policy.name, 0)}<rect width="{width}" height="{CHIP}" '
        f'rx="4"/><path class="shield" d="M9 7h10v6q0 5-5 7q-5-2-5-7z"/><text x="24" y="17.5">{_text(shown)}</text></g>'
    )


def _title(name: str, most: int) -> str:
    return f"<title>{_text(name)}</title>" if len(name) > most else ""


def _short(text: str, most: int) -> str:
    """Names differ at their end as often as at their beginning."""
    if len(text) <= most:
        return text
    tail = most // 3
    return f"{text[: most - tail - 1]}…{text[-tail:]}"


def _text(text: str) -> str:
    return escape(clean(text))
