"""`ringtrue map --format mermaid`: a flowchart that GitHub and GitLab draw in a page or a comment."""

from collections.abc import Iterator

from ringtrue.checking import Report
from ringtrue.reports.lines import clean
from ringtrue.reports.map_graph import parts
from ringtrue.reports.map_parts import Edge, Kind, Mark, Node, Part, Role

_SHAPES = {
    Role.WORKLOAD: ('["', '"]'),
    Role.SERVICE: ('(["', '"])'),
    Role.OBJECT: ('[/"', '"/]'),
    Role.MISSING: ('{{"', '"}}'),
    Role.EXTERNAL: ('>"', '"]'),
}
_LINES = {Mark.PROVED: "-->", Mark.REFUTED: "--x", Mark.UNKNOWN: "-.->", Mark.EXTERNAL: "-.->"}
_STYLES = (
    "classDef missing stroke:#c4302b,stroke-dasharray:4 3",
    "classDef external stroke-dasharray:2 3",
)


def render(report: Report) -> str:
    """One flowchart, a subgraph an environment and in it one a namespace; broken connections end in a cross."""
    lines = ["flowchart LR", *(f"  {style}" for style in _STYLES)]
    reds: list[int] = []
    count = 0
    names: dict[str, str] = {}
    for index, part in enumerate(parts(report)):
        names.update({node.id: f"e{index}n{number}" for number, node in enumerate(part.nodes)})
        lines += _part(index, part, names)
        for edge in part.edges:
            lines.append(f"  {names[edge.source]} {_arrow(edge)} {names[edge.target]}")
            reds += [count] if edge.mark is Mark.REFUTED else []
            count += 1
    if reds:
        lines.append(f"  linkStyle {','.join(map(str, reds))} stroke:#c4302b,stroke-width:3px")
    return "\n".join(lines) + "\n"


def _part(index: int, part: Part, names: dict[str, str]) -> Iterator[str]:
    yield f'  subgraph e{index}["{_safe(part.name)}"]'
    for number, namespace in enumerate(dict.fromkeys(node.namespace for node in part.nodes)):
        yield f'    subgraph e{index}s{number}["{_safe(namespace) or "outside a namespace"}"]'
        yield from (f"      {_node(node, names[node.id])}" for node in part.nodes if node.namespace == namespace)
        yield "    end"
    yield "  end"


def _node(node: Node, name: str) -> str:
    opening, closing = _SHAPES[node.role]
    kind = "" if node.role is Role.EXTERNAL else f"{node.kind} "
    style = f":::{node.role.value}" if node.role in (Role.MISSING, Role.EXTERNAL) else ""
    return f"{name}{opening}{_safe(kind + node.name)}{closing}{style}"


def _arrow(edge: Edge) -> str:
    if edge.kind is Kind.ENDPOINTS and edge.mark is Mark.PROVED:
        return "-.-"
    reasons = sorted({each.proof.reason.value for each in edge.references if each.proof.verdict.value != "proved"})
    label = ", ".join(reasons) or ("" if edge.mark is Mark.PROVED else edge.detail)
    shown = f'|"{_safe(label)}"|' if label and edge.mark is not Mark.EXTERNAL else ""
    return f"{_LINES[edge.mark]}{shown}"


def _safe(text: str) -> str:
    """Mermaid reads `#35;` as the character of that number; everything but plain letters is written so."""
    return "".join(each if each.isalnum() or each in " -_.,:/" else f"#{ord(each)};" for each in clean(text))
