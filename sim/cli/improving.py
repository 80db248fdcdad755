"""``options``: which measures are worth it, alone and together, and what a budget buys."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.options import engine_option, folder_option, json_option, lang_option, set_option, workers_option
from sim.cli.playing import engine_of, kept_in, minutes_needed, watched
from sim.cli.shell import command, language, refuse_unused, say, text
from sim.errors import Text

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.study.options.folder import OptionsAsked


@click.command(
    "options",
    short_help=text("比选能力提升措施，可给预算。", "Weigh the options, with a budget or without."),
    help=text(
        "比选情景里写明的能力提升措施（options）：先逐项初筛，再把有用的搭配起来，换一批新的推演决选，用同样的运气配对，差别附误差范围。"
        "给出每项值不值、钱花在哪里最管用、搭配起来比各自相加多还是少。做完的都保存，中断后用 --resume 接着做。\n\n\b\n"
        "先看有哪些措施、要推演多少次：jiaoying options scenarios/yunyang-three-outages-night.yaml --list\n"
        "再做：jiaoying options scenarios/yunyang-three-outages-night.yaml --budget 100",
        "Weigh the options that a scenario names: each is screened alone, then portfolios of those that help are judged on fresh runs, in pairs "
        "under the same luck, with intervals. It says what each is worth, where money does most, and whether options do more or less together "
        "than one by one. What is finished is kept; after a stop go on with --resume.\n\n\b\n"
        "look first: jiaoying options scenarios/yunyang-three-outages-night.yaml --list\n"
        "then:       jiaoying options scenarios/yunyang-three-outages-night.yaml --budget 100",
    ),
)
@click.argument("scenario", metavar=text("[情景文件]", "[SCENARIO]"), required=False, type=click.Path(path_type=Path))
@click.option(
    "--budget",
    "budget_wan",
    metavar=text("万元", "WAN"),
    type=click.FloatRange(0, 1e7),
    help=text("预算，万元（默认不限）", "the budget, in 10 000 yuan (none)"),
)
@click.option(
    "--years",
    metavar=text("年数", "YEARS"),
    type=click.IntRange(1, 100),
    help=text("每年的费用按几年算（默认1）", "for how many years a yearly cost counts (1)"),
)
@click.option(
    "--objective",
    metavar="KEY",
    help=text(
        "看哪一项：时限要求的标识（按时的概率），或全县的一个数，例如 told_95_min（默认灾害发生时仍在危险区人数）",
        "by what to measure: a requirement (the chance that it is met), or a number of the county such as told_95_min (persons still in danger "
        "at the onset)",
    ),
)
@click.option(
    "--screen",
    type=click.IntRange(2, 100_000),
    help=text("初筛每项推演几次（默认20）", "how many runs of each option to screen it (20)"),
)
@click.option(
    "--nights",
    "-n",
    type=click.IntRange(2, 100_000),
    help=text("决选每个推演几次（默认100）", "how many runs of each finalist (100)"),
)
@click.option(
    "--draws",
    metavar=text("组数", "DRAWS"),
    type=click.IntRange(10, 1000),
    help=text(
        "说不准的数在范围内另取多少组，每组、每个决选方案推演5次：先查清哪一样会改变选择",
        "draw what is not known so often, with 5 runs of each finalist: tells what to find out first, as it would change the choice",
    ),
)
@click.option(
    "--list", "only_list", is_flag=True, help=text("只列出措施和推演次数，不推演", "list the options, run nothing")
)
@click.option(
    "--resume",
    type=click.Path(path_type=Path),
    help=text(
        "接着做：以前的结果文件夹；可加 --draws；情景里的措施、费用可以改过，只推演没有推演过的",
        "go on with an earlier result folder; --draws may be added; options and their costs may have changed: only what is lacking is run",
    ),
)
@workers_option
@engine_option
@set_option
@folder_option
@json_option
@lang_option
@command
def options(
    scenario: Path | None,
    budget_wan: float | None,
    years: int | None,
    objective: str | None,
    screen: int | None,
    nights: int | None,
    draws: int | None,
    only_list: bool,  # noqa: FBT001 - given by click
    resume: Path | None,
    workers: int,
    address: str,
    overrides: tuple[str, ...],
    out: Path | None,
    as_json: bool,  # noqa: FBT001 - given by click
    lang: str | None,
) -> int | None:
    """Weigh the options of a scenario, or go on."""
    del lang
    from sim.study.options import Wanted, begun, found_out, gone_on_with, read, summarise, tables

    wanted = Wanted(budget_wan, objective, screen, nights, draws, years)
    say("读取情景、县情和措施……", "Reading the scenario, the county and the options …", to=sys.stderr)
    if only_list:
        refuse_unused({"--resume": resume, "--out": out}, Text("去掉它", "leave it out"))
        _list(*read(scenario, overrides, wanted), workers, as_json=as_json)
        return None
    with engine_of(address, workers) as engine:
        if resume is None:
            loaded, asked = read(scenario, overrides, wanted)
            _say_how_long(loaded, asked, workers)
            folder = begun(loaded, asked, out)
        else:
            given = {
                "SCENARIO": scenario,
                "--budget": budget_wan,
                "--years": years,
                "--objective": objective,
                "--screen": screen,
                "--nights": nights,
                "--set": overrides or None,
                "--out": out,
            }
            folder, loaded = gone_on_with(resume, draws, given)
        with kept_in(folder.path, "options"):
            found = found_out(folder, loaded, engine, watched)
    from sim import report

    made = tables(found)
    summary = summarise(found) | {"result_dir": str(folder.path)}
    with folder.writing():
        report.write_options(folder.path, found, made, language=language())
    folder.finish(loaded, made, summary, sys.argv[1:])
    if as_json:
        click.echo(json.dumps(summary, ensure_ascii=False, allow_nan=False))
        return None
    click.echo("\n".join(report.options_sentences(found, language())))
    page = (folder.path / "options.html").absolute()
    say(
        f"\n网页（可打印）：{page}；同一文件夹中 options.xlsx 是工作簿，pairs.csv 是逐次配对的全部数字。",
        f"\nPage (prints on A4): {page}; beside it options.xlsx, the workbook, and pairs.csv, every pair of runs.",
    )
    return None


def _list(loaded: Scenario, asked: OptionsAsked, workers: int, *, as_json: bool) -> None:
    """Say which options there are, what each costs and sets, and how many runs it would take to weigh them."""
    from sim.scenario.differences import flow
    from sim.study.options import most_runs

    plans = loaded.plan.options
    if as_json:
        listed = [
            {"option": name, "cost_wan": plan.cost_wan} | plan.model_dump(mode="json", by_alias=True)
            for name, plan in plans.items()
        ]
        content = {"options": listed, "objective": asked.objective, "runs_at_most": most_runs(loaded, asked)}
        click.echo(json.dumps(content, ensure_ascii=False))
        return
    for name, plan in plans.items():
        per = {"once": Text("", ""), "year": Text("每年", " a year"), "event": Text("每次灾害", " for each event")}
        often = per[plan.cost.per]
        cost = text(f"{often.zh}{plan.cost_wan:g}万元", f"{plan.cost_wan:g} wan yuan{often.en}")
        cost = cost if plan.cost_wan else text("不花钱", "free")
        say(f"{plan.title}（{name}）：{cost}，数量{plan.units}", f"{name}, {plan.title}: {cost}, units {plan.units}")
        for path, value in plan.changes.items():
            click.echo(f"    {path} = {flow(value)}")
        if plan.where is not None:
            by = {
                "threatened": text("受威胁人口最多的", "where most people are threatened"),
                "late": text(f"初筛中 {plan.where.target} 超时最多的", f"most often late for {plan.where.target}"),
                "dark": text("初筛中断联最久的", "dark longest in the screening"),
            }[plan.where.by]
            click.echo(f"    {plan.where.into} = {text('选', 'chosen: ')}{by} ×{plan.units} ({plan.where.level})")
        if plan.source:
            click.echo(f"    {text('依据：', 'source: ')}{plan.source}")
    _say_how_long(loaded, asked, workers)


def _say_how_long(loaded: Scenario, asked: OptionsAsked, workers: int) -> None:
    """Say how many runs there are at most, and about how long they take."""
    from sim.study.options import most_runs

    runs = most_runs(loaded, asked)
    minutes = minutes_needed(runs, len(loaded.county.households), workers)
    say(
        f"{len(loaded.plan.options)}项措施，最多推演{runs}次（初筛每项{asked.screen}次，决选每个{asked.finals}次），"
        f"{workers}个进程大约{minutes}分钟。",
        f"{len(loaded.plan.options)} options, {runs} runs at most ({asked.screen} of each to screen it, {asked.finals} of each finalist), about "
        f"{minutes} min with {workers} processes.",
        to=sys.stderr,
    )
