"""``compare``: scenarios under the same luck, and what may be said of their differences."""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path

import click

from sim.cli.options import engine_option, folder_option, json_option, lang_option, set_option, workers_option
from sim.cli.playing import engine_of, kept_in, watched
from sim.cli.shell import command, language, say, text


@click.command(
    "compare",
    short_help=text("用同样的运气对比几个情景。", "Compare scenarios under the same luck."),
    help=text(
        "对比几个情景：第一个为对照，其余逐个与它相比。各情景用同样的运气推演同样多次，按次配对，差别附误差范围；次数一开始就定死。"
        "做完的都保存，中断后用 --resume 接着做。\n\n\b\n"
        "例如：jiaoying compare scenarios/yunyang-red-storm-night.yaml 加一名呼叫员.yaml -n 100",
        "Compare scenarios: the first is the base, each other is set against it. All are run equally often under the same luck, run by run in "
        "pairs; differences come with intervals. The number of runs is fixed at the beginning. What is finished is kept; after a stop go on "
        "with --resume.\n\n\b\n"
        "such as: jiaoying compare scenarios/yunyang-red-storm-night.yaml one-more-caller.yaml -n 100",
    ),
)
@click.argument("scenarios", metavar=text("[情景文件]...", "[SCENARIO]..."), nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--nights",
    "-n",
    type=click.IntRange(2, 100_000),
    help=text("每个情景推演几次（默认100）", "how many runs of each scenario (100)"),
)
@click.option(
    "--resume",
    type=click.Path(path_type=Path),
    help=text("接着做：以前的结果文件夹", "go on with an earlier result folder"),
)
@workers_option
@engine_option
@set_option
@folder_option
@json_option
@lang_option
@command
def compare(
    scenarios: tuple[Path, ...],
    nights: int | None,
    resume: Path | None,
    workers: int,
    address: str,
    overrides: tuple[str, ...],
    out: Path | None,
    as_json: bool,  # noqa: FBT001 - given by click
    lang: str | None,
) -> int | None:
    """Compare scenarios, or go on with a comparison."""
    del lang
    from sim.study.compare import begun, gone_on_with, played_all, summarise, tables

    with engine_of(address, workers) as engine:
        say("读取情景和县情……", "Reading the scenarios and the county …", to=sys.stderr)
        if resume is None:
            folder, loaded = begun(scenarios, overrides, out, nights)
        else:
            given = {"SCENARIO": " ".join(map(str, scenarios)), "--nights": nights, "--set": overrides, "--out": out}
            folder, loaded = gone_on_with(resume, {option: value or None for option, value in given.items()})
        with kept_in(folder.path, "compare"):
            whole = played_all(folder, loaded, engine, lambda name: partial(watched, of=name))
    from sim import report

    made = tables(whole)
    summary = summarise(whole) | {"result_dir": str(folder.path)}
    with folder.writing():
        report.write_compare(folder.path, whole, made, language=language())
    folder.finish(loaded, made, summary, sys.argv[1:])
    if as_json:
        click.echo(json.dumps(summary, ensure_ascii=False, allow_nan=False))
        return None
    click.echo("\n".join(report.compare_sentences(whole, language())))
    page = (folder.path / "compare.html").absolute()
    say(
        f"\n网页（可打印）：{page}；同一文件夹中 compare.xlsx 是工作簿，pairs.csv 是逐次配对的全部数字。",
        f"\nPage (prints on A4): {page}; beside it compare.xlsx, the workbook, and pairs.csv, every pair of runs.",
    )
    return None
