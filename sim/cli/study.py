"""``study``: many runs of a scenario, and what may be said of its requirements."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import click
from click.core import ParameterSource

from sim.cli.options import (
    Probability,
    engine_option,
    folder_option,
    json_option,
    lang_option,
    set_option,
    workers_option,
)
from sim.cli.shell import AT_FAULT, STOPPED, command, language, refuse_unused, say, text
from sim.errors import Text

Played = TypeVar("Played")


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
    workers: int,
    address: str,
    overrides: tuple[str, ...],
    out: Path | None,
    as_json: bool,  # noqa: FBT001 - given by click
    lang: str | None,
) -> int | None:
    """Make a study, or go on with one."""
    del lang
    from sim.study.begin import engine_at, folder_of
    from sim.study.engines import EngineLost
    from sim.study.study import played

    if address:
        _refuse_workers()
        say("检查集群……", "Looking at the cluster …", to=sys.stderr)
    with engine_at(address, workers) as engine:
        say("读取情景和县情……", "Reading the scenario and the county …", to=sys.stderr)
        folder, loaded = folder_of(scenario, overrides, out, resume, nights, precision, limits_share)
        try:
            whole = played(folder, loaded, engine, _watched)
        except EngineLost as lost:
            _say_how_to_go_on(lost.render(language()), folder.path)
            return AT_FAULT
        except KeyboardInterrupt:
            _say_how_to_go_on(text("已中断。", "Interrupted."), folder.path)
            return STOPPED
    from sim import measures, report
    from sim.study.study_tables import summarise, tables

    names = measures.naming(loaded)
    made = tables(whole, names)
    summary = summarise(whole, made) | {"result_dir": str(folder.path)}
    with folder.writing():
        report.write_study(folder.path, whole, made, names, language=language())
    folder.finish(loaded, made, summary, sys.argv[1:])
    if as_json:
        click.echo(json.dumps(summary, ensure_ascii=False, allow_nan=False))
        return None
    click.echo("\n".join(report.study_sentences(whole, made, language())))
    page = (folder.path / "study.html").absolute()
    say(
        f"\n网页（可打印）：{page}；同一文件夹中 study.xlsx 是工作簿，replications.parquet 是每一次的全部数字。",
        f"\nPage (prints on A4): {page}; beside it study.xlsx, the workbook, and replications.parquet, every number of every run.",
    )
    return None


def _refuse_workers() -> None:
    """Refuse a number of processes where a cluster plays, which has its own."""
    given = click.get_current_context().get_parameter_source("workers") is not ParameterSource.DEFAULT
    workers = click.get_current_context().params["workers"] if given else None
    remedy = Text("去掉它；集群有几个工作进程就同时用几个", "leave it out: a cluster plays with all workers it has")
    refuse_unused({"--workers": workers}, remedy)


def _say_how_to_go_on(stopped: str, folder: Path) -> None:
    """Say that a study came to a stop, that nothing is lost, and the words to go on."""
    say(
        f"\n{stopped}\n推演完的都已保存，接着做：jiaoying study --resume {folder}",
        f"\n{stopped}\nWhat was finished is kept. Go on: jiaoying study --resume {folder}",
        to=sys.stderr,
    )


def _watched(portions: Iterable[Played], nights: int) -> Iterator[Played]:
    """Show how far a study has come, how fast it goes and how long it will take."""
    with click.progressbar(length=nights, label=text("推演", "runs"), file=sys.stderr, show_pos=True) as bar:
        for portion in portions:
            bar.update(len(portion.replications))  # type: ignore[attr-defined]
            yield portion
