"""``roster drill`` and ``roster ladder``: how fast the roster answers, played and on paper."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path

import click

from sim.cli.options import (
    at_option,
    folder_option,
    json_option,
    lang_option,
    scenario_argument,
    set_option,
    within_option,
    workers_option,
)
from sim.cli.shell import command, language, load, say, text


@click.command(
    "drill",
    short_help=text("抽查一个月的每一时刻。", "Drill every hour of a month."),
    help=text(
        "抽查：逐日逐时由县里向下叫应一次，推演多次，看哪个时刻、哪个值班室最弱。",
        "Drill: call the desks at every hour of a month, in many runs; which hour and which desk is weakest.",
    ),
)
@scenario_argument
@click.option("--month", metavar="YYYY-MM", help=text("哪个月（默认情景当月）", "which month (that of the scenario)"))
@click.option(
    "--hours",
    metavar="H,H,…",
    help=text("只在这些钟点，例如 2,14（默认每小时）", "only at these hours, such as 2,14 (every one)"),
)
@click.option(
    "--nights",
    "-n",
    type=click.IntRange(2, 10_000),
    default=50,
    show_default=True,
    help=text("每个时刻推演几次", "runs at each hour"),
)
@click.option(
    "--within",
    multiple=True,
    metavar=text("层级=时长", "LEVEL=TIME"),
    default=("township=15 min", "village=30 min"),
    show_default=True,
    help=text(
        "各层级多久内全部应答（规划假设，以本县规定为准）；叫到其中最低的层级",
        "within what time all of a level must answer (a planning assumption: the county's own limits go first); the lowest of them is the "
        "deepest called",
    ),
)
@workers_option
@set_option
@folder_option
@json_option
@lang_option
@command
def roster_drill(
    scenario: Path,
    month: str | None,
    hours: str | None,
    nights: int,
    within: tuple[str, ...],
    workers: int,
    overrides: tuple[str, ...],
    out: Path | None,
    as_json: bool,  # noqa: FBT001 - given by click
    lang: str | None,
) -> None:
    """Drill the roster of a month."""
    del lang
    say("读取情景和县情……", "Reading the scenario and the county …", to=sys.stderr)
    loaded = load(scenario, overrides, tonight=False)
    from sim import measures, report
    from sim.study import ResultFolder
    from sim.study.roster.asked import drill_plan
    from sim.study.roster.drill import drill, together
    from sim.study.roster.drill_tables import summarise, tables

    plan = drill_plan(loaded, month, hours, nights, within)
    names = measures.naming(loaded)
    label, about = f"drill-{plan.days[0]:%Y-%m}", {"nights": nights, "hours": len(plan.starts)}
    with ResultFolder(loaded, label, out, sys.argv[1:], about) as folder:
        played = drill(str(scenario), overrides, plan, min(workers, len(plan.days)))
        with click.progressbar(played, len(plan.days), text("抽查各天", "days"), file=sys.stderr) as days:
            whole = together(plan, list(days))
        made = tables(whole, loaded, names)
        summary = summarise(whole, made, loaded) | {"result_dir": str(folder.path)}
        folder.write(made, summary)
        report.write_drill(folder.draft, loaded, whole, made, names, language=language())
    if as_json:
        click.echo(json.dumps(summary, ensure_ascii=False, allow_nan=False))
        return
    click.echo("\n".join(report.drill_sentences(loaded, whole, made, language())))
    page = (folder.path / "drill.html").absolute()
    say(
        f"\n网页（可打印）：{page}；同一文件夹中 drill.xlsx 是工作簿，drill.png 是逐时的图。",
        f"\nPage (prints on A4): {page}; beside it drill.xlsx, the workbook, and drill.png, hour by hour.",
    )


@click.command(
    "ladder",
    short_help=text("纸上走一遍某个值班室的叫应顺序。", "Walk one ladder on paper."),
    help=text(
        "纸上走一遍：某一时刻叫应某个值班室，先叫谁、用什么、何时叫到下一个、叫不到的可能有多大。值班室写编码、名称（江口镇）或代号（江口镇·村07）。",
        "Walk one ladder on paper: who is called first at a moment, by what, when the next, and how likely nobody answers. The desk is written as "
        "its code, its name or its label.",
    ),
)
@scenario_argument
@click.argument("desk", metavar=text("值班室", "DESK"))
@within_option
@at_option
@set_option
@lang_option
@command
def roster_ladder(
    scenario: Path, desk: str, within_min: float, at: datetime | None, overrides: tuple[str, ...], lang: str | None
) -> None:
    """Walk one ladder on paper."""
    del lang
    loaded = load(scenario, overrides, tonight=False)
    from sim import report
    from sim.study.roster.asked import desk_asked, moment_asked
    from sim.study.roster.dry_run import dry_run, harmful

    when, desk = moment_asked(loaded, at), desk_asked(loaded, desk)
    run, harm = dry_run(loaded, desk, when), harmful(loaded, desk, when, within_min)
    click.echo(report.ladder_on_paper(loaded, run, harm, within_min, language()))
