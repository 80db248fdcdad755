"""``study``: many runs of a scenario, and what may be said of its requirements."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from sim.cli.options import (
    Probability,
    engine_option,
    folder_option,
    json_option,
    lang_option,
    set_option,
    workers_option,
)
from sim.cli.playing import engine_of, kept_in, watched
from sim.cli.shell import command, language, say, text


@click.command(
    "study",
    short_help=text("推演多次，判定各项要求是否达标。", "Run a scenario many times and judge its requirements."),
    help=text(
        "推演多次：各项要求推演达标、推演不达标还是尚不能判定，附误差范围；哪些村最常超时，耗在哪一步。做完的都保存，中断后用 --resume 接着做。",
        "Run a scenario many times: which requirements are met, not met, or cannot be told yet, with intervals; which villages are late most often, "
        "and for what step. What is finished is kept; after a stop go on with --resume.",
    ),
)
@click.argument("scenario", metavar=text("[情景文件]", "[SCENARIO]"), required=False, type=click.Path(path_type=Path))
@click.option(
    "--nights",
    "-n",
    type=click.IntRange(2, 100_000),
    help=text("推演几次（默认100；与 --precision 同用时为最多几次）", "how many runs (100; with --precision the most)"),
)
@click.option(
    "--precision",
    metavar=text("百分点", "POINTS"),
    type=click.FloatRange(0.5, 50),
    help=text(
        "推演到各项要求按时的概率误差不超过多少个百分点为止",
        "run until every chance is known to so many percentage points",
    ),
)
@click.option(
    "--resume",
    type=click.Path(path_type=Path),
    help=text(
        "接着做：以前的结果文件夹；加 -n 可增加次数", "go on with an earlier result folder; -n asks for more runs"
    ),
)
@click.option(
    "--suggest-limits",
    "limits_share",
    metavar=text("概率", "PROBABILITY"),
    type=Probability(),
    help=text(
        "推算时限：各项要求的时限定为多少分钟，才能以这样的概率按时，例如 90%",
        "suggest limits: within how many minutes each requirement would be met with such a probability, such as 90%",
    ),
)
@click.option(
    "--decisive",
    is_flag=True,
    help=text(
        "哪个环节起决定作用：前100次里没按时的，逐个去掉环节、同样的运气再推演（约多花一倍到数倍时间）",
        "which step was decisive: of the first 100 runs those that missed something are made again without each step, under the same luck "
        "(takes once to several times as long)",
    ),
)
@click.option(
    "--draws",
    metavar=text("组数", "DRAWS"),
    type=click.IntRange(3, 1000),
    help=text(
        "说不准的数在范围内另取多少组，每组推演前20次：分清底数不清和运气",
        "draw what is not known so often, with the first 20 runs each: tells ignorance from chance",
    ),
)
@click.option(
    "--real-names",
    is_flag=True,
    help=text(
        "显示村的真实名称（工作稿，内部使用、用后收回）", "show real village names (a working copy, for internal use)"
    ),
)
@workers_option
@engine_option
@set_option
@folder_option
@json_option
@lang_option
@command
def study(
    scenario: Path | None,
    nights: int | None,
    precision: float | None,
    resume: Path | None,
    limits_share: float | None,
    decisive: bool,  # noqa: FBT001 - given by click
    draws: int | None,
    real_names: bool,  # noqa: FBT001 - given by click
    workers: int,
    address: str,
    overrides: tuple[str, ...],
    out: Path | None,
    as_json: bool,  # noqa: FBT001 - given by click
    lang: str | None,
) -> int | None:
    """Make a study, or go on with one."""
    del lang
    from sim.study.begin import folder_of
    from sim.study.study import Wishes, played

    with engine_of(address, workers) as engine:
        say("读取情景和县情……", "Reading the scenario and the county …", to=sys.stderr)
        wishes = Wishes(nights, limits_share, decisive, draws)
        folder, loaded = folder_of(scenario, overrides, out, resume, precision, wishes, real_names=real_names)
        with kept_in(folder.path, "study"):
            whole = played(folder, loaded, engine, watched)
    from sim import measures, report
    from sim.study.study_tables import summarise, tables

    names = measures.naming(loaded, real_names=folder.asked.real_names)
    made = tables(whole, names)
    summary = summarise(whole, made) | {"result_dir": str(folder.path)}
    say("写报告……", "Writing the report …", to=sys.stderr)
    content = report.gather_study(whole, made, names, language())
    with folder.writing():
        page = report.write_study(folder.path, content).absolute()
    folder.finish(loaded, made, summary, sys.argv[1:])
    if as_json:
        click.echo(json.dumps(summary, ensure_ascii=False, allow_nan=False))
        return None
    click.echo("\n".join([*content.sentences, *content.limits]))
    say(
        f"\n网页（可打印）：{page}；同一文件夹中 study.docx 首页可以照着念，study.xlsx 是报告和各图的数字，replications.parquet 是每一次的全部数字。",
        f"\nPage (prints on A4): {page}; beside it study.docx, whose first page is to be read aloud, study.xlsx with the numbers behind report and "
        "figures, and replications.parquet, every number of every run.",
    )
    return None
