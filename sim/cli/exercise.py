"""``exercise``: one run as a tabletop exercise, with every paper of it."""

from __future__ import annotations

import json
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from sim.cli.options import folder_option, json_option, lang_option, set_option, workers_option
from sim.cli.playing import local_engine, watched
from sim.cli.shell import command, language, say, text
from sim.units import BEIJING

if TYPE_CHECKING:
    from sim.exercise.kit import Kit, Size

_BEGINS = (14, 30)
"""When an exercise begins tomorrow, unless something else is said."""


@click.command(
    "exercise",
    short_help=text("把一次推演做成桌面推演（演练）材料。", "Make a tabletop exercise of one run."),
    help=text(
        "把一次推演做成桌面推演（演练）材料：演练场景清单（导调信息清单）、导调手册、各岗位任务单、信息卡、评估表、通讯录和撤离路线。"
        "可用 run、study 的结果文件夹，也可直接用情景文件（先推演20次）。用哪一次、为什么，会打印出来。",
        "Make a tabletop exercise of one run: list of injects, controllers' book, sheets of each seat, cards, evaluators' forms, contacts and "
        "routes. It takes a result folder of run or study, or a scenario file (20 runs are made first). Which run, and why, is printed.",
    ),
)
@click.argument("run", metavar=text("结果文件夹|情景文件", "RUN|SCENARIO"), type=click.Path(path_type=Path))
@click.option(
    "--size",
    type=click.Choice(["village", "enterprise", "township", "county"]),
    help=text(
        "规模：village 村（40分钟）、enterprise 重点单位（40分钟）、township 乡镇（2小时）、county 县（半天）；不写则看 --place 是村还是乡镇",
        "village or enterprise (40 min), township (2 h), county (half a day); by default what --place is, else a township",
    ),
)
@click.option(
    "--place",
    help=text(
        "哪个乡镇（村）演练，例如 江口镇；不写则取事情最多的一个",
        "which township or village; by default the one where most is going on",
    ),
)
@click.option(
    "--choose",
    "how",
    type=click.Choice(["typical", "bad", "instructive"]),
    help=text(
        "用哪一次：typical 最典型、bad 最差5%的边上、instructive 差一点没按时最多（默认 typical）",
        "which run: typical, bad (the edge of the worst 5%), instructive (most limits missed by little); typical by default",
    ),
)
@click.option(
    "--replication",
    type=click.IntRange(0, 2**32),
    help=text("就用这一次（推演编号，从0起）", "take this run (its number, from 0)"),
)
@click.option(
    "--double-blind",
    is_flag=True,
    help=text("双盲：参演人员的材料到演练开始才发", "double-blind: players' papers go out only as it starts"),
)
@click.option(
    "--start",
    type=click.DateTime(["%Y-%m-%d %H:%M"]),
    metavar="'YYYY-MM-DD HH:MM'",
    help=text("演练何时开始，北京时间（默认明天14:30）", "when it begins, Beijing time (tomorrow at 14:30)"),
)
@click.option(
    "--minutes",
    type=click.IntRange(15, 720),
    metavar=text("分钟", "MINUTES"),
    help=text("演练多长（默认按规模）", "how long it takes (by its size)"),
)
@click.option(
    "--real-names",
    is_flag=True,
    help=text(
        "显示村的真实名称和完整电话（工作稿，内部使用、用后收回）；姓名在任何情况下都不写",
        "real village names and full numbers (a working copy, for internal use); names of people are never written",
    ),
)
@workers_option
@set_option
@folder_option
@json_option
@lang_option
@command
def exercise(
    run: Path,
    size: Size | None,
    place: str | None,
    how: str | None,
    replication: int | None,
    double_blind: bool,  # noqa: FBT001 - given by click
    start: datetime | None,
    minutes: int | None,
    real_names: bool,  # noqa: FBT001 - given by click
    workers: int,
    overrides: tuple[str, ...],
    out: Path | None,
    as_json: bool,  # noqa: FBT001 - given by click
    lang: str | None,
) -> None:
    """Make the kit of an exercise and write its folder."""
    del lang
    say("读取情景和县情……", "Reading the scenario and the county …", to=sys.stderr)
    from sim import measures, report
    from sim.exercise.choose import chosen
    from sim.exercise.kit import How
    from sim.exercise.kit_file import keep
    from sim.exercise.make import Wanted, kit_of, size_of
    from sim.exercise.source import opened
    from sim.study import ResultFolder
    from sim.warning import simulate

    source = opened(run, overrides)
    scenario = source.scenario
    names = measures.naming(scenario, real_names=real_names)
    if replication is None and how is None:
        replication = source.only
    where = None if place is None else report.find_place(scenario, names, place).place
    wanted = Wanted(
        size=size or size_of(scenario, where),
        start=start or _tomorrow(),
        how=cast("How", how or "typical"),
        replication=replication,
        place=where,
        minutes=None if minutes is None else float(minutes),
        double_blind=double_blind,
    )
    with ResultFolder(scenario, f"exercise-{wanted.size}", out, sys.argv[1:], {}, internal=real_names) as folder:
        source.check_folder()
        band = source.band(local_engine(scenario, workers), watched)
        choice = chosen(scenario, band, wanted.how, wanted.replication)
        night = simulate(scenario, choice.replication)
        source.check(night)
        kit = kit_of(scenario, night, choice, band, wanted, names)
        folder.about |= {"replication": kit.replication, "size": wanted.size}
        say("写演练材料……", "Writing the papers …", to=sys.stderr)
        keep(kit, folder.draft)
        report.write_exercise(folder.draft, kit, language())
    if as_json:
        click.echo(json.dumps(_summary(kit) | {"result_dir": str(folder.path)}, ensure_ascii=False, allow_nan=False))
        return
    _tell(kit, folder.path)


def _tomorrow() -> datetime:
    today = datetime.now(BEIJING).replace(tzinfo=None)
    hour, minute = _BEGINS
    return today.replace(hour=hour, minute=minute, second=0, microsecond=0) + timedelta(days=1)


def _summary(kit: Kit) -> dict[str, Any]:
    """Return what is said of a kit in short."""
    kinds = ("timeline", "conditional", "reserve")
    return {
        "scenario": kit.scenario.plan.name,
        "replication": kit.replication,
        "how": kit.chosen.how,
        "reason": kit.chosen.reason.get(language()),
        "size": kit.size,
        "place": kit.names.label[kit.place],
        "start": f"{kit.schedule.start:%Y-%m-%d %H:%M}",
        "minutes": kit.schedule.minutes,
        "seats": sum(role.played for role in kit.roles),
        "injects": {kind: sum(one.kind == kind for one in kit.injects) for kind in kinds},
    }


def _tell(kit: Kit, path: Path) -> None:
    """Print which run was taken and why, and what there is to run the exercise with."""
    of = _summary(kit)
    count = of["injects"]
    click.echo(
        text(
            f"用哪一次：{of['reason']}。\n{of['place']}，{of['start']}开始，共{of['minutes']:.0f}分钟，{of['seats']}个参演岗位；"
            f"导调信息{sum(count.values())}条：主线{count['timeline']}条，视情况{count['conditional']}条，备用{count['reserve']}条。",
            f"Which run: {of['reason']}.\n{of['place']}, from {of['start']}, {of['minutes']:.0f} minutes, {of['seats']} seats; "
            f"{sum(count.values())} injects: {count['timeline']} on the timeline, {count['conditional']} conditional, {count['reserve']} in reserve.",
        )
    )
    if kit.double_blind:
        say(
            "双盲演练：参演人员的材料到演练开始才发，见导调手册。",
            "Double-blind: the players' papers go out only as it starts; see the controllers' book.",
        )
    say(f"\n演练材料：{path.absolute()}", f"\nThe kit: {path.absolute()}")
