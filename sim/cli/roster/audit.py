"""``roster audit``: what a roster should be asked about."""

from __future__ import annotations

import json
from pathlib import Path

import click

from sim.cli.options import force_option, json_option, lang_option, scenario_argument, set_option
from sim.cli.shell import command, language, load, put, say, text


@click.command(
    "audit",
    help=text(
        "审查值班表：空缺、一人多岗、休息不足、号码有误、节假日、负担不均、人装适配等，写成工作簿。",
        "Audit the roster: empty posts, people at two places, rest, numbers, holidays, load, sets without trained holders; a workbook.",
    ),
)
@scenario_argument
@click.option("--month", metavar="YYYY-MM", help=text("哪个月（默认情景当月）", "which month (that of the scenario)"))
@set_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("audit.xlsx"),
    show_default=True,
    help=text("写到哪个文件", "the file to write"),
)
@force_option
@json_option
@lang_option
@command
def roster_audit(
    scenario: Path,
    month: str | None,
    overrides: tuple[str, ...],
    out: Path,
    force: bool,  # noqa: FBT001 - given by click
    as_json: bool,  # noqa: FBT001 - given by click
    lang: str | None,
) -> None:
    """Audit the roster of a month."""
    del lang
    loaded = load(scenario, overrides)
    from sim import measures, report
    from sim.roster.audit import audit, summary
    from sim.study.asked import days_asked, duty_tables

    days = days_asked(loaded, month, covered=True)
    persons, shifts = duty_tables(loaded)
    findings = audit(loaded.county, loaded.plan.roster, persons, shifts, days[0], days[-1], landlines=loaded.landlines)
    names = measures.naming(loaded)
    put(report.audit_book(loaded, names, findings, shifts.lines, days, language()), out, force=force)
    if as_json:
        counted = [
            {"severity": severity, "kind": kind, "count": n} for (severity, kind), n in summary(findings).kinds.items()
        ]
        click.echo(json.dumps({"findings": counted, "workbook": str(out)}, ensure_ascii=False))
        return
    click.echo(report.audit_lines(loaded, names, findings, days, language()))
    say(f"\n工作簿：{out.absolute()}", f"\nWorkbook: {out.absolute()}")
