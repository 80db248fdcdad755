"""``jiaoying``: arguments in, exit code out. Rooms are opened only by the command that needs them.

Exit codes: 0 done, 1 internal failure, 2 the input is at fault, 3 with ``--strict`` when a target is not met, 130 interrupted.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, ParamSpec, cast

import click

from sim.errors import InputError, Language

if TYPE_CHECKING:
    from sim.scenario import Scenario

P = ParamSpec("P")
_STOPPED = 130
_UNMET = 3
_SHOWN_FAULTS = 500


def _language() -> Language:
    """Return the language of this call: the option wherever it stands, else JIAOYING_LANG, else Chinese."""
    context = click.get_current_context(silent=True)
    while context is not None:
        if context.params.get("lang"):
            return cast("Language", context.params["lang"])
        context = context.parent
    return "en" if os.environ.get("JIAOYING_LANG") == "en" else "zh"


def _say(zh: str, en: str, *, to: IO[str] | None = None) -> None:
    click.echo(en if _language() == "en" else zh, file=to)


_lang_option = click.option("--lang", type=click.Choice(["zh", "en"]), help="语言 / language（默认 zh）")
_set_option = click.option(
    "--set", "overrides", multiple=True, metavar="路径=值", help="改动情景中的一项，可多次；例如 --set end='4 h'"
)
_scenario_argument = click.argument("scenario", type=click.Path(path_type=Path))


def _command(body: Callable[P, int | None]) -> Callable[P, None]:
    """Turn what a command returns or raises into an exit code and words."""

    @wraps(body)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            code = body(*args, **kwargs) or 0
        except InputError as error:
            count = len(error.faults)
            for fault in error.faults[:_SHOWN_FAULTS]:
                click.echo(fault.render(_language()), err=True)
            if count > _SHOWN_FAULTS:
                _say(
                    f"……另有 {count - _SHOWN_FAULTS} 处，先改以上各处。",
                    f"… and {count - _SHOWN_FAULTS} more; mend these first.",
                    to=sys.stderr,
                )
            _say(f"\n共 {count} 处问题，未写出任何结果。", f"\n{count} fault(s); nothing was written.", to=sys.stderr)
            code = 2
        except (KeyboardInterrupt, click.Abort):
            _say("\n已中断。", "\nInterrupted.", to=sys.stderr)
            code = _STOPPED
        sys.exit(code)

    return run


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="jiaoying", prog_name="jiaoying", message="%(prog)s %(version)s")
@_lang_option
def cli(lang: str | None) -> None:
    """叫应：预警叫应推演。从县值班室到每一户，推演一夜里谁何时收到预警、谁何时应答。

    先看：jiaoying explain scenarios/yunyang-red-storm-night.yaml
    再跑：jiaoying run scenarios/yunyang-red-storm-night.yaml
    """
    del lang


@cli.command()
@_scenario_argument
@click.option("--seed", type=click.IntRange(0, 2**64 - 1), help="换随机种子（默认用情景中的 seed）")
@click.option("--replication", type=click.IntRange(0, 2**32), default=0, show_default=True, help="推演第几夜")
@_set_option
@click.option("--out", type=click.Path(path_type=Path), help="结果文件夹（默认 results/<情景>/<时间>）")
@click.option("--place", help="报告只写一个乡镇或村，例如 江口镇")
@click.option("--real-names", is_flag=True, help="显示村的真实名称（工作稿，勿外传）")
@click.option("--json", "as_json", is_flag=True, help="在标准输出只打印 JSON 摘要")
@click.option("--strict", is_flag=True, help="有时限要求本夜未按时，退出码为 3")
@_lang_option
@_command
def run(
    scenario: Path,
    seed: int | None,
    replication: int,
    overrides: tuple[str, ...],
    out: Path | None,
    place: str | None,
    real_names: bool,  # noqa: FBT001 - given by click
    as_json: bool,  # noqa: FBT001
    strict: bool,  # noqa: FBT001
    lang: str | None,
) -> int:
    """推演一夜，写出结果文件夹和报告。"""
    del lang
    _progress("读取情景和县情……", "Reading the scenario and the county …")
    if seed is not None:
        overrides = (*overrides, f"seed={seed}")
    loaded = _load(scenario, overrides)
    from sim import measures, report
    from sim.study import ResultFolder
    from sim.warning import simulate

    names = measures.naming(loaded, real_names=real_names)
    report.find_place(loaded, names, place)
    with ResultFolder(loaded, replication, out, sys.argv[1:]) as folder:
        _progress("推演……", "Playing the night …")
        night = simulate(loaded, replication)
        tables = measures.tabulate(loaded, night, names)
        summary = measures.summarise(loaded, night) | {"result_dir": str(folder.path)}
        _progress("写报告……", "Writing the report …")
        folder.write(tables, summary)
        report.write_report(folder.draft, loaded, night, tables, names, language=_language(), place=place)
    if as_json:
        click.echo(json.dumps(summary, ensure_ascii=False, allow_nan=False))
    else:
        click.echo(report.terminal_summary(loaded, night, _language()))
        _say(f"\n报告：{folder.path / 'report.html'}", f"\nReport: {folder.path / 'report.html'}")
        _say(
            "用浏览器打开；同一文件夹中的 CSV 表可用 WPS/Excel 打开。",
            "Open it in a browser; the CSV tables beside it open in WPS/Excel.",
        )
        if folder.replaces:
            _say("（这个文件夹里原有的结果已被替换。）", "(The earlier result in this folder was replaced.)")
    return _UNMET if strict and not all(target["met"] for target in summary["targets"]) else 0


@cli.command()
@_scenario_argument
@_set_option
@_lang_option
@_command
def check(scenario: Path, overrides: tuple[str, ...], lang: str | None) -> None:
    """检查情景文件，列出全部问题，不推演。"""
    del lang
    loaded = _load(scenario, overrides)
    places, homes = loaded.county.places, loaded.county.households
    _say(
        f"没有问题：{loaded.county.name}，{len(places)} 个地方，{len(homes)} 户，{len(loaded.plan.targets)} 项时限要求。",
        f"No faults: {loaded.county.name}, {len(places)} places, {len(homes)} households, {len(loaded.plan.targets)} targets.",
    )


@cli.command()
@_scenario_argument
@_set_option
@_lang_option
@_command
def explain(scenario: Path, overrides: tuple[str, ...], lang: str | None) -> None:
    """用通常的话说明情景：叫谁、用什么叫、时限多少、依据何在。"""
    del lang
    from sim import report

    click.echo(report.explain(_load(scenario, overrides), _language()))


@cli.command()
@click.option("--county", is_flag=True, help="county.yaml 的格式（默认为情景文件的格式）")
@_command
def schema(county: bool) -> None:  # noqa: FBT001 - given by click
    """打印情景文件的 JSON Schema，供编辑器补全和检查。"""
    from sim.scenario import county_schema, json_schema

    content: dict[str, Any] = county_schema() if county else json_schema()
    click.echo(json.dumps(content, ensure_ascii=False, indent=2))


def _load(path: Path, overrides: tuple[str, ...]) -> Scenario:
    from sim.scenario import load_scenario

    return load_scenario(path, overrides)


def _progress(zh: str, en: str) -> None:
    _say(zh, en, to=sys.stderr)


def main() -> None:
    """Run the command line; text that the terminal cannot show is replaced, never a crash."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
    cli.main(prog_name="jiaoying")
