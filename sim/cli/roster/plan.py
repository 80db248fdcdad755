"""``roster plan``: another month with the same people."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import click

from sim.cli.options import (
    folder_option,
    lang_option,
    mapping_option,
    scenario_argument,
    set_option,
    within_option,
    workers_option,
)
from sim.cli.shell import command, language, load, refuse_unused, say, text
from sim.errors import Text

Played = TypeVar("Played")


@click.command(
    "plan",
    short_help=text("用现有的人排另一个月。", "Plan another month with the same people."),
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
    help=text(
        "请假表 CSV：person,from,to（日期指那天的班，含首尾）；情景中 roster.changes 的请假也算",
        "a CSV of leave: person,from,to (duty days, both included), besides roster.changes of the scenario",
    ),
)
@click.option(
    "--pairs",
    type=click.Path(path_type=Path),
    help=text(
        "搭班要求 CSV：person,with,rule（同班、不同班），例如新老搭配",
        "a CSV of pairs: person,with,rule (together, apart), such as a new officer with an old one",
    ),
)
@click.option(
    "--rest-days",
    type=click.IntRange(0, 14),
    default=2,
    show_default=True,
    help=text("值班一天后至少休息几天（规划假设）", "days of rest after a day on duty (a planning assumption)"),
)
@click.option(
    "--hours",
    metavar="H,H,…",
    default="2,14",
    show_default=True,
    help=text("在每天的哪些钟点试叫", "the hours of each day at which it is called out"),
)
@click.option(
    "--nights",
    "-n",
    type=click.IntRange(2, 10_000),
    default=30,
    show_default=True,
    help=text("每个时刻试叫几次", "runs at each moment"),
)
@within_option
@workers_option
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
    pairs: Path | None,
    rest_days: int,
    hours: str,
    nights: int,
    within_min: float,
    workers: int,
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
    loaded = load(scenario, overrides, tonight=False)
    from sim import measures, report
    from sim.roster.importing import load_mapping, read_rosters
    from sim.roster.load import people_of
    from sim.roster.monthly import Wishes, demands
    from sim.roster.planning import plan_desks
    from sim.study import ResultFolder
    from sim.study.roster.asked import (
        days_asked,
        desks_to_plan,
        hours_asked,
        leave_asked,
        level_to_call,
        pairs_asked,
        workbook_to_fill,
        written_tables,
    )
    from sim.study.roster.improve import Improver, Trial
    from sim.study.roster.planned import tables

    days = days_asked(loaded, month, covered=False)
    trial = Trial(hours_asked(hours), nights, within_min, workers)
    written, chosen = written_tables(loaded), level_to_call(loaded, level, "--level")
    persons, paired = written.persons, pairs_asked(pairs, written.persons)
    wishes = Wishes(leave_asked(loaded, leave, written), paired, rest_days)
    rules = loaded.plan.roster
    asked = desks_to_plan(
        demands(loaded.county, rules, persons, written.shifts, days, chosen, wishes), chosen, paired, written.shifts
    )
    own = None
    if into is not None:
        raw, stated = workbook_to_fill(into), load_mapping(mapping) if mapping is not None else None
        year = loaded.plan.start.year
        reading = read_rosters([into], loaded.county, loaded.plan.roster, year=year, mapping=stated)
    names = measures.naming(
        loaded, real_names=True
    )  # a roster without names is none: the papers say that they are internal
    with ResultFolder(loaded, f"plan-{month}", out, sys.argv[1:], {"rest_days": rest_days}, internal=True) as folder:
        with click.progressbar(plan_desks(asked), len(asked), text("排班", "planning"), file=sys.stderr) as planned:
            plans = list(planned)
        improver = Improver(loaded, str(scenario), overrides, chosen, trial, _watched)
        improved = improver.improved(plans, people_of(persons))
        counts = {"desks": len(plans), "empty": sum(len(plan.clashes) for plan in improved.plans)}
        folder.write(tables(loaded, persons, written.shifts, improved), counts | {"result_dir": str(folder.path)})
        report.write_plan(folder.draft, loaded, improved, persons, names, language=language())
        if into is not None:
            own = report.refilled_book(loaded, reading, raw, improved.plans, persons, stated, language())
            (folder.draft / own.name).write_bytes(own.content)
    click.echo(report.plan_lines(loaded, improved, persons, names, language()))
    if own is not None:
        click.echo("\n" + report.refilled_lines(loaded, own, names, language()))
    page = (folder.path / "plan.html").absolute()
    say(
        f"\n网页（可打印）：{page}；同一文件夹中 plan.xlsx 是工作簿。",
        f"\nPage (prints on A4): {page}; beside it plan.xlsx, the workbook.",
    )


def _watched(batches: Iterable[Played], count: int) -> Iterator[Played]:
    """Show how far the call-outs of a plan have come."""
    with click.progressbar(batches, count, text("试叫", "calling out"), file=sys.stderr) as shown:
        yield from shown
