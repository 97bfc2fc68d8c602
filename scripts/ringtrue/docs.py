"""Writes the generated pages: `python -m ringtrue.docs [--check]`, from the repository's root.

A page of each rule and reason with its tested cases, the page of `ringtrue.toml`, and the tables of `docs/index.md`.
"""

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ringtrue.checking.catalogue import Entry, entries, grade, page
from ringtrue.cli.options import COMMANDS, DESCRIPTIONS, FORMATS, USAGES
from ringtrue.config.keys import KEYS, LISTS, REQUIRED, TABLES, Key
from ringtrue.config.values import RULE_SEVERITY, ValueType
from ringtrue.gates.names import NAMES, REFUSES
from ringtrue.gates.names import page as refusal
from ringtrue.manual.entry import EXTERNAL
from ringtrue.manual.shipped import TABLE, Listed, written

CASES = Path("tests/cases")
PUSHES = Path("tests/gates/examples")
INDEX = Path("docs/index.md")
START, END = "<!-- rules: made by `make docs` -->", "<!-- end of rules -->"

_INTRODUCTION = f"""\
# ringtrue

What it finds, by the name at the end of a finding. `ringtrue explain NAME` prints the page of one.

{START}
{END}
"""


_CONFIGURATION = """\
# ringtrue.toml

What the manifests cannot say, and what a team has decided. The file lies at the root of the repository; without it the
defaults hold. Every key is optional, except what an entry requires. An unknown key is an error that names the nearest
one. `ringtrue init` writes a first file from what it finds.

A table in double brackets may come several times, an entry each. One finding can also be accepted where it is, with a
reason: by the comment `# ringtrue: ignore[rule] -- reason` on its line or the line above, or by the annotation
`ringtrue/ignore: "rule -- reason"` of the object.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Writes every page that differs; with `--check` writes nothing, names them and returns 1."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words not in ([], ["--check"]):
        sys.stderr.write("usage: python -m ringtrue.docs [--check]\n")
        return 2
    made = pages(Path())
    stale = [path for path, text in made.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    stale += sorted(set(Path("docs/rules").glob("*.md")) - made.keys())
    for path in stale:
        if words:
            sys.stdout.write(f"{path.as_posix()} is stale: run `make docs`\n")
        elif path in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(made[path], encoding="utf-8")
        else:
            path.unlink()
    return 1 if words and stale else 0


def pages(root: Path) -> Mapping[Path, str]:
    """Every generated page by its path relative to the root."""
    made = {Path(f"docs/rules/{entry.name}.md"): rule_page(entry, root / CASES) for entry in entries().values()}
    made |= {Path(f"docs/rules/{name}.md"): refusal_page(name, root / PUSHES) for name in NAMES}
    index = root / INDEX
    text = index.read_text(encoding="utf-8") if index.is_file() else _INTRODUCTION
    made[Path("docs/rules") / TABLE] = written(named())
    return {**made, Path("docs/configuration.md"): configuration(), INDEX: indexed(text)}


def named() -> Iterator[Listed]:
    """What the table holds: rules, reasons, refusals, each in the order of the alphabet."""
    by_name = sorted(entries().values(), key=lambda each: each.name)
    yield from (Listed(each.name, "rule", _summary(each), each) for each in by_name if not each.verdict)
    yield from (Listed(each.name, "reason", _summary(each), each) for each in by_name if each.verdict)
    yield from (Listed(name, "refusal", refusal(name).partition("\n")[0], None) for name in sorted(NAMES))


def rule_page(entry: Entry, cases: Path) -> str:
    """Name, class, severity, the rule's own text, the first bad case with its report, the first good one."""
    summary, _, rest = page(entry.name).partition("\n")
    parts = [f"# {entry.name}", summary, grade(entry), rest.strip()]
    folders = sorted((cases / entry.name).glob("bad-*")), sorted((cases / entry.name).glob("good-*"))
    for title, found in zip(("Example", "Use instead"), folders, strict=True):
        if found:
            parts += [f"## {title}", *_case(found[0])]
    return "\n\n".join(filter(None, parts)) + "\n"


def refusal_page(name: str, pushes: Path) -> str:
    """Why `ringtrue gate` refuses a push, and a push that it refuses."""
    summary, _, rest = refusal(name).partition("\n")
    parts = [f"# {name}", summary, REFUSES, rest.strip()]
    example = pushes / f"{name}.txt"
    if example.is_file():
        situation, _, said = example.read_text(encoding="utf-8").partition("\n\n")
        parts += ["## Example", situation, f"```\n{said.rstrip()}\n```"]
    return "\n\n".join(parts) + "\n"


def indexed(text: str) -> str:
    """The index with its tables made anew between the markers; they are added where they are missing."""
    before, start, rest = text.partition(START)
    after = rest.partition(END)[2] if start else "\n"
    return f"{before.rstrip()}\n\n{START}\n{''.join(_tables())}{END}{after}"


def configuration() -> str:
    """Every key of `ringtrue.toml`, and an example that holds them all."""
    lines = [_CONFIGURATION]
    for table in TABLES:
        lines += [f"## `{_head(table)}`", "", "| key | type | default | meaning |", "|---|---|---|---|"]
        lines += [_key_row(key) for key in KEYS if key.table == table]
        if table == "rules":
            lines.append(f"| a rule's name | {_types(RULE_SEVERITY)} | as the rule's page says | its severity |")
        lines.append("")
    return "\n".join([*lines, "## Example", "", "```toml", *_example(), "```"]) + "\n"


def _key_row(key: Key) -> str:
    absent = "required" if key.name in REQUIRED.get(key.table, ()) else "none"
    default = f"`{key.default}`" if key.default else absent
    return f"| `{key.name}` | {_types(key.type)} | {default} | {key.meaning} |"


def _types(expected: ValueType) -> str:
    return re.sub(r'"[^"]*"', r"`\g<0>`", expected.words)


def _example() -> Iterator[str]:
    for number, table in enumerate(TABLES):
        yield from ["", _head(table)] if number else [_head(table)]
        yield from (f"{key.name} = {key.example}" for key in KEYS if key.table == table)
        if table == "rules":
            yield 'service-selects-strangers = "error"'


def _head(table: str) -> str:
    return f"[[{table}]]" if table in LISTS else f"[{table}]"


def _tables() -> Iterator[str]:
    yield "\n## Commands\n\n| command | says |\n|---|---|\n"
    for command in COMMANDS:
        usage = USAGES[command].replace("|", "\\|")
        yield f"| `{usage}` | {DESCRIPTIONS[command]} |\n"
    yield "\n`--format` of a check is " + ", ".join(f"`{name}`" for name in FORMATS["check"]) + ".\n"
    listed = sorted(entries().values(), key=lambda each: each.name)
    yield "\n## Rules\n\n| name | class | severity | says |\n|---|---|---|---|\n"
    for entry in listed:
        if not entry.verdict:
            yield f"| {_link(entry)} | {entry.rule_class} | {entry.severity} | {_summary(entry)} |\n"
    yield "\n## Reasons of a reference\n\n| name | verdict | severity | says |\n|---|---|---|---|\n"
    for entry in listed:
        if entry.verdict:
            severity = "none" if entry.name == EXTERNAL else entry.severity
            yield f"| {_link(entry)} | {entry.verdict} | {severity} | {_summary(entry)} |\n"
    yield "\n## Refusals of a push\n\n| name | says |\n|---|---|\n"
    for name in sorted(NAMES):
        yield f"| [{name}](rules/{name}.md) | {refusal(name).partition(chr(10))[0]} |\n"
    yield "\n"


def _link(entry: Entry) -> str:
    return f"[{entry.name}](rules/{entry.name}.md)"


def _summary(entry: Entry) -> str:
    return page(entry.name).partition("\n")[0]


def _case(folder: Path) -> Iterator[str]:
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "expected.txt"):
        if _is_unchanged(path, folder):
            continue
        language = {".toml": "toml", ".yaml": "yaml", ".yml": "yaml"}.get(path.suffix, "text")
        text = path.read_text(encoding="utf-8", errors="replace").rstrip("\n")
        yield f"`{path.relative_to(folder).as_posix()}`"
        yield f"```{language}\n{text}\n```"
    expected = folder / "expected.txt"
    said = expected.read_text(encoding="utf-8").rstrip() if expected.is_file() else ""
    yield from ("ringtrue says", f"```\n{said}\n```") if said else ("ringtrue says nothing.",)


def _is_unchanged(path: Path, folder: Path) -> bool:
    """Of a case that is a change: a file of `pushed` that is the same in `deployed`, where it is shown already."""
    first, *rest = path.relative_to(folder).parts
    other = folder.joinpath("deployed", *rest)
    return first == "pushed" and other.is_file() and other.read_bytes() == path.read_bytes()


if __name__ == "__main__":
    raise SystemExit(main())
