"""``roster plan``: another month with the same people."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from sim.cli.options import folder_option, lang_option, mapping_option, scenario_argument, set_option
from sim.cli.shell import command, language, load, refuse_unused, say, text
from sim.errors import Text


@click.command(
    "plan",
    help=text(
        "排班：用现有值班表上的人排另一个月，保证休息、请假、负担均衡；排不出的写明原因。",
        "Plan another month with the people of the roster: rest, leave, an even load; what cannot be filled is explained.",
    ),
)
@scenario_argument
@click.option("--month", metavar="YYYY-MM", required=True, help=text("排哪个月", "which month to plan"))
@click.option(
    "--level", default="township", show_default=True, help=text("哪一层级的值班室", "the duty rooms of which level")
)
@click.option(
    "--leave",
    type=click.Path(path_type=Path),
    help=text("请假表 CSV：person,from,to（日期，含首尾）", "a CSV of leave: person,from,to (days, both included)"),
)
@click.option(
    "--rest-days",
    type=click.IntRange(0, 14),
    default=2,
    show_default=True,
    help=text("值班一天后至少休息几天（规划假设）", "days of rest after a day on duty (a planning assumption)"),
)
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    help=text(
        "另写一份：把排好的月份填进本县原来的值班表（xlsx），版式照旧",
        "also write the planned month into a roster of the county's own (xlsx), in its layout",
    ),
)
@mapping_option
@set_option
@folder_option
@lang_option
@command
def roster_plan(
    scenario: Path,
    month: str,
    level: str,
    leave: Path | None,
    rest_days: int,
    into: Path | None,
    mapping: Path | None,
    overrides: tuple[str, ...],
    out: Path | None,
    lang: str | None,
) -> None:
    """Plan a month."""
    del lang
    if into is None:
        refuse_unused({"--mapping": mapping}, Text("同时写明 --into", "name a workbook with --into"))
    loaded = load(scenario, overrides)
    from sim import measures, report
    from sim.roster.importing import load_mapping, read_rosters
    from sim.roster.monthly import demands
    from sim.roster.planning import plan_desk
    from sim.study import ResultFolder
    from sim.study.asked import days_asked, desks_to_plan, duty_tables, leave_table, level_to_call, workbook_to_fill
    from sim.study.roster_plan import tables

    days = days_asked(loaded, month, covered=False)
    persons, shifts = duty_tables(loaded)
    away = leave_table(leave, persons) if leave is not None else {}
    chosen = level_to_call(loaded, level, "--level")
    asked = desks_to_plan(demands(loaded.county, shifts, days, chosen, away, rest_days), chosen)
    own = None
    if into is not None:
        raw, stated = workbook_to_fill(into), load_mapping(mapping) if mapping is not None else None
        year = loaded.plan.start.year
        reading = read_rosters([into], loaded.county, loaded.plan.roster, year=year, mapping=stated)
    names = measures.naming(
        loaded, real_names=True
    )  # a roster without names is none: the papers say that they are internal
    with ResultFolder(loaded, f"plan-{month}", out, sys.argv[1:], {"rest_days": rest_days}, internal=True) as folder:
        with click.progressbar(map(plan_desk, asked), len(asked), text("排班", "planning"), file=sys.stderr) as planned:
            plans = list(planned)
        made = tables(loaded, persons, plans)
        folder.write(
            made,
            {"desks": len(plans), "empty": sum(len(plan.clashes) for plan in plans), "result_dir": str(folder.path)},
        )
        report.write_plan(folder.draft, loaded, plans, persons, names, language=language())
        if into is not None:
            own = report.refilled_book(loaded, reading, raw, plans, persons, stated, language())
            (folder.draft / own.name).write_bytes(own.content)
    click.echo(report.plan_lines(loaded, plans, persons, names, language()))
    if own is not None:
        click.echo("\n" + report.refilled_lines(loaded, own, names, language()))
    say(f"\n结果：{(folder.path / 'plan.xlsx').absolute()}", f"\nResult: {(folder.path / 'plan.xlsx').absolute()}")
