"""``run``: some runs of a scenario, one of them in detail."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.options import folder_option, json_option, lang_option, scenario_argument, set_option, workers_option
from sim.cli.playing import local_engine, watched
from sim.cli.shell import UNMET, command, language, load, say, say_who_is_silent, text

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.study.band import Band


@click.command(
    short_help=text("推演20次，写出结果文件夹和报告。", "Make 20 runs; write the result folder and its report."),
    help=text(
        "推演20次，写出结果文件夹和报告：20次相差多大，最典型的一次的详情。20次只够看个大概，要判定能否做到用 study。",
        "Make 20 runs; write the result folder and its report: how much they differ, and the typical run in detail. "
        "20 runs are for a first look; to judge requirements use study.",
    ),
)
@scenario_argument
@click.option(
    "--seed",
    type=click.IntRange(0, 2**64 - 1),
    help=text("换随机种子（默认用情景中的 seed）", "another seed than the scenario's"),
)
@click.option(
    "--replication",
    type=click.IntRange(0, 2**32),
    help=text("只推演这一次（推演编号，从0起）", "play only this run (its number, from 0)"),
)
@workers_option
@set_option
@folder_option
@click.option(
    "--place", help=text("报告只写一个乡镇或村，例如 江口镇", "let the report be about one township or village")
)
@click.option(
    "--pdf", is_flag=True, help=text("另写 report.pdf（须先安装 typst）", "write report.pdf too (needs typst)")
)
@click.option(
    "--real-names",
    is_flag=True,
    help=text(
        "显示村的真实名称（工作稿，内部使用、用后收回）", "show real village names (a working copy, for internal use)"
    ),
)
@json_option
@click.option(
    "--strict",
    is_flag=True,
    help=text(
        "报告详写的那一次有时限要求或两叫应未按时，退出码为 3",
        "exit with 3 if a requirement or call target is not met in the run that is told in detail",
    ),
)
@lang_option
@command
def run(
    scenario: Path,
    seed: int | None,
    replication: int | None,
    workers: int,
    overrides: tuple[str, ...],
    out: Path | None,
    place: str | None,
    pdf: bool,  # noqa: FBT001 - given by click
    real_names: bool,  # noqa: FBT001 - given by click
    as_json: bool,  # noqa: FBT001 - given by click
    strict: bool,  # noqa: FBT001 - given by click
    lang: str | None,
) -> int:
    """Make the runs and write their result folder."""
    del lang
    say("读取情景和县情……", "Reading the scenario and the county …", to=sys.stderr)
    if seed is not None:
        overrides = (*overrides, f"seed={seed}")
    loaded = load(scenario, overrides)
    from sim import measures, report
    from sim.study import ResultFolder
    from sim.study.band import RUNS, band_tables, summary_of
    from sim.warning import simulate

    if pdf:
        report.need_pdf()
    names = measures.naming(loaded, real_names=real_names)
    report.find_place(loaded, names, place)
    label = f"seed{loaded.plan.seed}" if replication is None else f"seed{loaded.plan.seed}-night{replication}"
    about = {"replications": [*range(RUNS)] if replication is None else [replication]}
    with ResultFolder(loaded, label, out, sys.argv[1:], about, internal=real_names) as folder:
        band = None
        if replication is None:
            band = _band(loaded, scenario, overrides, workers)
            replication = folder.about["typical"] = band.typical
        else:
            say("推演……", "Running …", to=sys.stderr)
        night = simulate(loaded, replication)
        tables = measures.tabulate(loaded, night, names)
        of_all = {} if band is None else {"band": summary_of(loaded, band)}
        summary = measures.summarise(loaded, night) | of_all | {"result_dir": str(folder.path)}
        say("写报告……", "Writing the report …", to=sys.stderr)
        folder.write(tables if band is None else tables | band_tables(band, names), summary)
        report.write_report(
            folder.draft, loaded, night, tables, names, language=language(), place=place, pdf=pdf, band=band
        )
    if as_json:
        click.echo(json.dumps(summary, ensure_ascii=False, allow_nan=False))
    else:
        click.echo(report.terminal_summary(loaded, night, language(), place, names, band))
        page = (folder.path / "report.html").absolute()
        say(f"\n报告：{page}", f"\nReport: {page}")
        say(
            "用浏览器打开，先看首屏各项要求和可播放的示意图。同一文件夹中：report.docx 首页是领导一页纸，report.xlsx 是报告和各图的数字。",
            "Open it in a browser; begin with the requirements and the map that plays. Beside it: report.docx, whose first page is for "
            "leaders, and report.xlsx with the numbers behind report and figures.",
        )
        if folder.replaces:
            say("（这个文件夹里原有的结果已被替换。）", "(The earlier result in this folder was replaced.)")
    say_who_is_silent(loaded)
    return UNMET if strict and not all(target["met"] for target in summary["targets"]) else 0


def _band(loaded: Scenario, path: Path, overrides: tuple[str, ...], workers: int) -> Band:
    """Play the runs, and say how far they have come."""
    from sim.study.band import play_band
    from sim.study.engines import Variant

    return play_band(loaded, Variant(str(path.resolve()), overrides), local_engine(loaded, workers), watched)
