"""``sensitivity``: which of what is not known decides, where the plan breaks, and what to find out first."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from sim.cli.options import engine_option, folder_option, json_option, lang_option, set_option, workers_option
from sim.cli.playing import engine_of, kept_in, minutes_needed, watched
from sim.cli.shell import command, language, refuse_unused, say, text
from sim.errors import Text

if TYPE_CHECKING:
    from sim.study.sensitivity import Begun
    from sim.study.sensitivity.found import Method
    from sim.study.sensitivity.planned import Planned


@click.command(
    "sensitivity",
    short_help=text("哪些底数最要紧，什么条件下预案会失守。", "Which inputs decide, and where the plan breaks."),
    help=text(
        "敏感性分析：情景里说不准的数（uncertain）在各自范围内变动，用同样的运气推演，看哪些最要紧、各自单独变时结果怎样、哪几项一起变会更糟；"
        "加 --method pawn 还回答什么条件下预案会失守、先查清哪几样最值。开始前先列出各项范围和要推演多少次；只看这张单子用 --list。"
        "做完的都保存，中断后用 --resume 接着做。\n\n\b\n"
        "例如：jiaoying sensitivity scenarios/yunyang-three-outages-night.yaml --list",
        "Sensitivity analysis: what is not known (uncertain) is moved within its range, under the same luck: which inputs decide, what each does "
        "alone, which do worse together; with --method pawn also where the plan breaks, and what to find out first. Inputs, ranges and the "
        "number of runs are listed before it starts; --list stops there. What is finished is kept; after a stop go on with --resume.\n\n\b\n"
        "such as: jiaoying sensitivity scenarios/yunyang-three-outages-night.yaml --list",
    ),
)
@click.argument("scenario", metavar=text("[情景文件]", "[SCENARIO]"), required=False, type=click.Path(path_type=Path))
@click.option(
    "--method",
    "methods",
    multiple=True,
    type=click.Choice(["morris", "sobol", "pawn"]),
    help=text(
        "方法，可多次：morris 逐项筛查（默认）；pawn 看整个分布，并找出何时失守、先查清什么；sobol 分摊波动（最费时）",
        "may be repeated: morris screens (default); pawn looks at whole distributions, where the plan breaks and what to find out first; sobol "
        "shares out the variance (takes longest)",
    ),
)
@click.option(
    "--trajectories",
    metavar=text("条数", "N"),
    type=click.IntRange(2, 1000),
    help=text("morris 走几条轨迹（默认8）", "how many trajectories of morris (8)"),
)
@click.option(
    "--points",
    metavar=text("点数", "N"),
    type=click.IntRange(16, 4096),
    help=text(
        "pawn、sobol 取多少组值（默认100；有 sobol 时64，须为2的幂）",
        "how many points of pawn or sobol (100; with sobol 64, a power of two)",
    ),
)
@click.option(
    "--nights",
    "-n",
    type=click.IntRange(6, 1000),
    help=text(
        "每组值推演几次（默认6，再少就分不清影响和运气）；单独变动至少20次",
        "how many runs of each point (6: fewer could not tell an effect from luck); of each input moved alone 20 at least",
    ),
)
@click.option(
    "--list",
    "only_list",
    is_flag=True,
    help=text(
        "只列出说不准的数、范围、来源和要推演多少次", "only list inputs, ranges, sources and how many runs it takes"
    ),
)
@click.option(
    "--resume",
    type=click.Path(path_type=Path),
    help=text(
        "接着做：以前的结果文件夹；可加 --method 增加方法",
        "go on with an earlier result folder; --method may add another",
    ),
)
@workers_option
@engine_option
@set_option
@folder_option
@json_option
@lang_option
@command
def sensitivity(
    scenario: Path | None,
    methods: tuple[str, ...],
    trajectories: int | None,
    points: int | None,
    nights: int | None,
    only_list: bool,  # noqa: FBT001 - given by click
    resume: Path | None,
    workers: int,
    address: str,
    overrides: tuple[str, ...],
    out: Path | None,
    as_json: bool,  # noqa: FBT001 - given by click
    lang: str | None,
) -> int | None:
    """Make a sensitivity analysis, or go on with one."""
    del lang
    from sim.study.sensitivity import Wishes, begun, gone_on_with, sensed, summarise, tables

    wishes = Wishes(cast("tuple[Method, ...]", methods), trajectories, points, nights)
    if only_list:
        unused = {"--resume": resume, "--out": out, "--json": as_json or None}
        refuse_unused(unused, Text("只列单子时去掉它", "leave it out where only the list is asked"))
        click.echo("\n".join(_listed(begun(scenario, overrides, wishes), workers)))
        return None
    with engine_of(address, workers) as engine:
        say("读取情景和县情……", "Reading the scenario and the county …", to=sys.stderr)
        if resume is None:
            own = begun(scenario, overrides, wishes)
            folder = own.folder(out)
        else:
            given: dict[str, object] = {
                "SCENARIO": scenario,
                "--trajectories": trajectories,
                "--nights": nights,
                "--set": " ".join(overrides) or None,
                "--out": out,
            }
            folder, own = gone_on_with(resume, wishes, given)
        click.echo("\n".join(_listed(own, workers)), err=True)
        with kept_in(folder.path, "sensitivity"):
            found = sensed(folder.study, own.scenario, own.planned, engine, watched)
    from sim import report

    made = tables(found)
    summary = summarise(found) | {"result_dir": str(folder.path)}
    say("写报告……", "Writing the report …", to=sys.stderr)
    with folder.writing():
        page = report.write_sensitivity(folder.path, found, made, language()).absolute()
    folder.finish(own.scenario, made, summary, sys.argv[1:])
    if as_json:
        click.echo(json.dumps(summary, ensure_ascii=False, allow_nan=False))
        return None
    click.echo("\n".join(report.sensitivity_sentences(found, language())))
    say(
        f"\n网页（可打印）：{page}；同一文件夹中 sensitivity.xlsx 是工作簿，points.csv 是每组值的结果。",
        f"\nPage (prints on A4): {page}; beside it sensitivity.xlsx, the workbook, and points.csv, what came of every point.",
    )
    return None


def _listed(own: Begun, workers: int) -> Iterator[str]:
    """Yield what is not known, with ranges and sources, how many runs the analysis takes, and about how long."""
    plans, inputs = own.scenario.plan.uncertain, own.planned.inputs.told
    yield text(
        f"说不准的数（{len(plans)}项，{len(inputs)}组能各自变动）：",
        f"Not known ({len(plans)} numbers, {len(inputs)} move apart):",
    )
    for one in inputs:
        together = text(f"一起变动的一组“{one.title}”：", f"together, as '{one.title}':")
        if len(one.paths) > 1:
            yield f"  {together}"
        indent = "    " if len(one.paths) > 1 else "  "
        for path, (low, high), stated in zip(one.paths, one.ranges, one.stated, strict=True):
            plan = plans[path]
            name = text(plan.title or path, path)
            yield indent + text(f"{name}：{low}—{high}，情景取{stated}", f"{name}: {low} to {high}, stated {stated}")
            yield f"{indent}  " + (plan.source or text("没有写来源", "no source is given"))
    yield _cost(own.planned)
    minutes = minutes_needed(own.planned.runs, len(own.scenario.county.households), workers)
    yield text(
        f"从头做完，{workers}个进程大约{minutes}分钟。",
        f"From the beginning about {minutes} min with {workers} processes.",
    )


def _cost(planned: Planned) -> str:
    """Return how many runs an analysis takes, and what for."""
    design, count = planned.design, len(planned.inputs.blocks)
    alone, more = len(planned.ends[0]) * count * design.curve_runs, planned.more * design.curve_runs
    parts = [
        text(f"照情景{design.curve_runs}次", f"{design.curve_runs} as stated"),
        text(
            f"{count}组各自单独变到两端，各{design.curve_runs}次，共{alone}次",
            f"{alone} with each of {count} alone at either end, {design.curve_runs} each",
        ),
    ]
    parts += [
        text(
            f"{method} {len(points)}组值，各{design.runs}次，共{len(points) * design.runs}次",
            f"{len(points) * design.runs} of {method}, {len(points)} points with {design.runs} each",
        )
        for method, points in planned.points.items()
    ]
    parts.append(
        text(
            f"最要紧的{planned.most}组细看（中间取值、两两一起变）{more}次",
            f"{more} with the {planned.most} that matter most, between the ends and two together",
        )
    )
    total = text(f"要推演至多{planned.runs}次：", f"It takes {planned.runs} runs at most: ")
    return total + text("；", "; ").join(parts) + text("。", ".")
