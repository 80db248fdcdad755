"""``debrief``: an exercise, or a real event, held against simulated runs and limits."""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.options import folder_option, json_option, lang_option, set_option, workers_option
from sim.cli.playing import local_engine, watched
from sim.cli.shell import command, language, put, refuse_unused, say, text, workbook_at
from sim.errors import Fault, InputError, Text

if TYPE_CHECKING:
    from sim.exercise.asked import Subject
    from sim.exercise.debrief import Debrief, JudgedTime


@click.command(
    "debrief",
    short_help=text("演练评估（复盘）：实际时刻与推演、时限对照。", "Hold actual times against runs and limits."),
    help=text(
        "演练评估（复盘）：把填好的实际时刻与同一情景的推演和各项时限对照，写出演练评估报告和问题整改清单。"
        "演练用 exercise 写出的文件夹；实战复盘直接用情景文件或 run、study 的结果文件夹，先用 --template 写出空白表。",
        "Hold actual times against runs of the scenario and its limits: a report, and a list of what is to be mended. For an exercise name the "
        "folder of its kit; for a real event a scenario file, or a result folder of run or study: --template writes the blank workbook.",
    ),
)
@click.argument("kit", metavar=text("演练材料|情景文件", "KIT|SCENARIO"), type=click.Path(path_type=Path))
@click.argument("actuals", metavar=text("[实际时刻]", "[ACTUALS]"), required=False, type=click.Path(path_type=Path))
@click.option(
    "--template",
    type=click.Path(path_type=Path),
    help=text("实战复盘：写出空白的实际时刻表（xlsx）", "for a real event: write the blank workbook of its times"),
)
@click.option(
    "--place",
    help=text("实战复盘：只看一个乡镇或村，例如 江口镇", "for a real event: of one township or village only"),
)
@click.option(
    "--real-names",
    is_flag=True,
    help=text(
        "实战复盘：显示村的真实名称（工作稿，内部使用、用后收回）；姓名在任何情况下都不写",
        "for a real event: real village names (a working copy, for internal use); names of people are never written",
    ),
)
@workers_option
@set_option
@folder_option
@json_option
@lang_option
@command
def debrief(
    kit: Path,
    actuals: Path | None,
    template: Path | None,
    place: str | None,
    real_names: bool,  # noqa: FBT001 - given by click
    workers: int,
    overrides: tuple[str, ...],
    out: Path | None,
    as_json: bool,  # noqa: FBT001 - given by click
    lang: str | None,
) -> None:
    """Read the actual times and write the report, or write the blank workbook."""
    del lang
    _check(actuals, template)
    say("读取情景和县情……", "Reading the scenario and the county …", to=sys.stderr)
    from sim import report
    from sim.exercise import asked
    from sim.exercise.actuals import read_actuals
    from sim.exercise.debrief import debrief as held_against
    from sim.exercise.kit_file import KIT, kept_kit
    from sim.study import ResultFolder

    if (kit / KIT).exists():
        refuse_unused(
            {
                "--template": template,
                "--place": place,
                "--set": overrides[0] if overrides else None,
                "--real-names": "yes" if real_names else None,
            },
            Text("演练材料里已经定好，去掉它", "the kit has settled it: leave it out"),
        )
        subject = asked.of_kit(kept_kit(kit))
    else:
        subject = _event(kit, overrides, place, workers, real_names=real_names)
    if template is not None:
        put(report.event_times_book(subject, language()), template, force=False)
        say(f"空白的实际时刻表：{template.absolute()}", f"The blank workbook: {template.absolute()}")
        return
    assert actuals is not None  # noqa: S101 - one of the two is there
    whole = held_against(subject, read_actuals(actuals, subject))
    with ResultFolder(subject.scenario, "debrief", out, sys.argv[1:], {}, internal=subject.names.asked) as folder:
        content = report.gather_debrief(whole, language())
        say("写报告……", "Writing the report …", to=sys.stderr)
        folder.write({}, _summary(whole))
        report.write_debrief(folder.draft, content)
    if as_json:
        click.echo(json.dumps(_summary(whole) | {"result_dir": str(folder.path)}, ensure_ascii=False, allow_nan=False))
        return
    click.echo("\n".join(content.sentences))
    page = (folder.path / "debrief.html").absolute()
    say(
        f"\n网页（可打印）：{page}；同一文件夹中 debrief.docx 是演练评估报告，debrief.xlsx 第二张表是问题整改清单。",
        f"\nPage (prints on A4): {page}; beside it debrief.docx, and debrief.xlsx, whose second sheet lists what is to be mended.",
    )


def _check(actuals: Path | None, template: Path | None) -> None:
    """Refuse a call with neither the times nor the name of a blank workbook, or with both."""
    if template is not None:
        workbook_at(template)
    if (actuals is None) == (template is None):
        problem = Text("要写实际时刻的文件，或 --template", "it takes the file of actual times, or --template")
        remedy = Text("两个写一个", "give one of the two")
        raise InputError([Fault("ACTUALS", 0, 0, "", str(actuals or ""), problem, remedy)])


def _event(path: Path, overrides: tuple[str, ...], place: str | None, workers: int, *, real_names: bool) -> Subject:
    """Return what is asked of a real event, with runs of its scenario to hold it against."""
    from sim import measures, report
    from sim.exercise import asked
    from sim.exercise.source import opened

    source = opened(path, overrides)
    names = measures.naming(source.scenario, real_names=real_names)
    where = report.find_place(source.scenario, names, place).place
    runs = source.band(local_engine(source.scenario, workers), watched)
    return asked.of_event(source.scenario, names, runs.nights, where)


def _summary(whole: Debrief) -> dict[str, Any]:
    """Return what is said of a debrief in short; null for what never came or is not known."""
    return {
        "scenario": whole.subject.scenario.plan.name,
        "place": whole.subject.names.label[whole.subject.place],
        "real_event": whole.subject.real,
        "start": f"{whole.actuals.start:%Y-%m-%d %H:%M}",
        "runs": whole.count,
        "requirements": [_time(one) for one in whole.requirements],
        "key_times": [_time(one) for one in whole.times],
        "to_mend": len(whole.to_mend),
    }


def _time(one: JudgedTime) -> dict[str, Any]:
    standing = one.standing
    among = None
    if standing is not None:
        low, high = standing.interval
        among = {
            "percentile": standing.percentile,
            "ci_low": low,
            "ci_high": high,
            "n": standing.of,
            "side": standing.side,
        }
    return {
        "id": one.key.id,
        "outcome": one.outcome,
        "took_min": _or_null(one.took_min),
        "spent_min": _or_null(one.spent_min),
        "within_min": one.key.within_min,
        "among": among,
    }


def _or_null(minutes: float | None) -> float | None:
    return None if minutes is None or math.isinf(minutes) else minutes
