"""The text report, to the letter."""

from dataclasses import replace

from ringtrue.checking import Report
from ringtrue.findings import Finding, Location, Severity
from ringtrue.reports.colour import coloured
from ringtrue.reports.lines import clean
from ringtrue.reports.overview import MANY
from ringtrue.reports.text import View, lines, render

FINDINGS = """\
base/client.yaml:12:9: error: Service 'db' has no port 5432 [reference-port-undeclared]
  seen in: prod
  hint: did you mean 5433?
  related: base/db.yaml:9: its ports
ringtrue.toml:3:1: warning: silences nothing [ignore-unused]
"""

NOTE = """\
base/x.yaml:1:1: note: who knows [reference-open-namespace]
  seen in: prod
"""

SUMMARY = """\
left aside: 2 charts, 1 values file
not checked: Application 'charts/x': its source a Helm chart
1 environment (prod); 4 references: 1 proved, 1 refuted, 1 unknown, 1 external; 1 error, 1 warning in 2 files
"""

ASSUMED = """\
assumed: the repository is this one
assumed: domain cluster.local, NetworkPolicy enforced; set [cluster] to say otherwise
"""

IN_FULL = """\
assumed: the repository is this one
assumed: CoreDNS with the cluster domain cluster.local
assumed: the network plugin enforces NetworkPolicy
"""

PROOFS = """\
environment prod
shop/client [curl]  env HOST = web   base/client.yaml:10
  name      search list -> Service shop/web
  port      80/TCP
  proved
shop/client [curl]  env DSN -> db:5432   base/client.yaml:11
  name      search list -> Service shop/web
  port      Service shop/db has no port 5432
  refuted (port-undeclared): Service 'db' has no port 5432
Ingress shop/edge  spec.rules[0].http.paths[0].backend = web   base/client.yaml:12
  unknown (open-namespace): who knows
shop/client [curl]  args[0] -> example.com:80   base/client.yaml:13
  unknown (external)

"""


def test_findings_and_figures(report: Report) -> None:
    assert render(report, View()) == FINDINGS + ASSUMED + SUMMARY


def test_quiet(report: Report) -> None:
    assert render(report, View(summary=False)) == FINDINGS


def test_verbose(report: Report) -> None:
    assert render(report, View(proofs=True, notes=True)) == PROOFS + FINDINGS + NOTE + IN_FULL + SUMMARY


def test_nothing_decided_is_said() -> None:
    assert render(Report((), ()), View()) == (
        "0 environments; 0 references: 0 proved, 0 refuted, 0 unknown, 0 external (no reference was decided); "
        "0 errors, 0 warnings\n"
    )


OVERVIEW = """\
21 findings, from the gravest on; all of them stand above
  2 errors      reference-nxdomain  z.yaml:1 and further on
  1 error       schema-invalid  zz.yaml:1
  18 warnings   resource-duplicated  a.yaml:1 and further on
begin with the first line: `ringtrue explain reference-nxdomain` says how to mend it
`ringtrue init` writes a ringtrue.toml from what is found here, which makes this shorter
`ringtrue check --format json --output FILE` and then `--baseline FILE` show only what is new
"""


def many(warnings: int) -> Report:
    found = [
        Finding("resource-duplicated", Severity.WARNING, Location("a.yaml", line + 1), "twice")
        for line in range(warnings)
    ]
    found += [Finding("reference-nxdomain", Severity.ERROR, Location("z.yaml", line), "missing") for line in (1, 2)]
    return Report((), (*found, Finding("schema-invalid", Severity.ERROR, Location("zz.yaml"), "wrong")))


def test_a_long_report_says_at_its_end_what_to_do() -> None:
    assert OVERVIEW in render(many(18), View(configured=False)).partition("\nz.yaml:1:1: error")[2]
    assert "`ringtrue init`" not in render(many(18), View())


def test_a_report_that_fits_on_a_screen_does_not() -> None:
    assert len(many(MANY - 3).findings) == MANY
    assert render(many(MANY - 3), View()).startswith("a.yaml:1:1: warning: twice")


def test_notes_that_are_not_shown_make_no_report_long(report: Report) -> None:
    long = replace(report, findings=report.findings * 10)

    assert "from the gravest on" not in render(long, View())
    assert "from the gravest on" not in render(long, View(notes=True, summary=False))
    assert "\n30 findings, from the gravest on" in render(long, View(notes=True))


def test_colour_changes_no_letter(report: Report) -> None:
    view = View(proofs=True, notes=True)
    painted = coloured(lines(report, view))

    assert "\x1b[1;31merror\x1b[0m" in painted
    assert _without_codes(painted) == render(report, view)


def _without_codes(text: str) -> str:
    head, *pieces = text.split("\x1b[")
    return head + "".join(piece.partition("m")[2] for piece in pieces)


def test_a_manifest_cannot_steer_the_terminal() -> None:
    assert clean("a\x1b[31m\nb\tc\u202e") == "a\\x1b[31m\\nb\\tc\\u202e"
    assert clean("Grüße, 世界") == "Grüße, 世界"
