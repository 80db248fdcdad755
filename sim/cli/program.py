"""The command line put together."""

from __future__ import annotations

import sys
from typing import Any

import click

from sim.cli.calibrate import calibrate
from sim.cli.cap import cap
from sim.cli.compare import compare
from sim.cli.debrief import debrief
from sim.cli.exercise import exercise
from sim.cli.improving import options
from sim.cli.options import lang_option
from sim.cli.roster import roster
from sim.cli.run import run
from sim.cli.scenario import check, explain, schema
from sim.cli.sensitivity import sensitivity
from sim.cli.shell import AT_FAULT, STOPPED, say, text
from sim.cli.study import study


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=text(
        "叫应：预警叫应推演。从县值班室到每一户，推演谁何时收到预警、谁何时应答。\n\n\b\n"
        "先看：jiaoying explain scenarios/yunyang-red-storm-night.yaml\n"
        "再跑：jiaoying run scenarios/yunyang-red-storm-night.yaml",
        "jiaoying plays out a disaster warning: from the county duty room to every household, who is told and who "
        "answers when.\n\n\b\n"
        "read first:  jiaoying explain scenarios/yunyang-red-storm-night.yaml --lang en\n"
        "then run:    jiaoying run scenarios/yunyang-red-storm-night.yaml --lang en",
    ),
)
@click.version_option(package_name="jiaoying", prog_name="jiaoying", message="%(prog)s %(version)s")
@lang_option
def cli(lang: str | None) -> None:
    """Hold the commands together; the language is found by ``shell.language``."""
    del lang


for _one in (
    run,
    study,
    compare,
    sensitivity,
    options,
    exercise,
    debrief,
    calibrate,
    check,
    explain,
    schema,
    cap,
    roster,
):
    cli.add_command(_one)


def main() -> None:
    """Run the command line; text that the terminal cannot show is replaced, never a crash."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
    try:
        sys.exit(cli.main(prog_name="jiaoying", standalone_mode=False))
    except click.UsageError as error:
        say(f"命令写得不对：{_chinese(error)}", f"Usage: {error.format_message()}", to=sys.stderr)
        asked = error.ctx.command_path if error.ctx else "jiaoying"
        say(f"用法见：{asked} --help", f"See: {asked} --help", to=sys.stderr)
        sys.exit(AT_FAULT)
    except click.Abort:
        sys.exit(STOPPED)


def _chinese(error: click.UsageError) -> str:
    """Return what is wrong with the command line; click itself speaks English only."""
    near = ""
    if isinstance(error, click.NoSuchOption):
        if error.possibilities:
            near = f"；是否想写 {'、'.join(error.possibilities)}？"
        return f"没有选项 {error.option_name}{near}"
    if isinstance(error, click.MissingParameter) and error.param is not None:
        named = isinstance(error.param, click.Option)
        return (
            f"缺少{'/'.join(error.param.opts) if named else error.param.make_metavar(error.ctx or click.Context(cli))}"
        )
    if isinstance(error, click.BadParameter) and error.param is not None:
        return f"{'/'.join(error.param.opts)} 的值不对：{_wanted(error.param.type) or error.message}"
    if "No such command" in error.format_message():
        group = error.ctx.command if error.ctx else cli
        return f"没有这个命令；可用：{'、'.join(getattr(group, 'commands', cli.commands))}"
    return error.format_message()


def _wanted(kind: click.ParamType[Any]) -> str:
    """Return in Chinese what an option takes; empty where click's own words must do."""
    if isinstance(kind, click.IntRange | click.FloatRange):
        return _range(kind)
    if isinstance(kind, click.Choice):
        return f"可用：{'、'.join(kind.choices)}"
    return "应为北京时间，写成 '2025-07-11 01:35'" if isinstance(kind, click.DateTime) else ""


def _range(kind: click.IntRange | click.FloatRange) -> str:
    number = "整数" if isinstance(kind, click.IntRange) else "数"
    least, most = (None if bound is None else f"{bound:g}" for bound in (kind.min, kind.max))
    if least is not None and most is not None:
        return f"应为 {least} 到 {most} 的{number}"
    if least is None:
        return f"应为{number}" if most is None else f"应为不大于 {most} 的{number}"
    if kind.min_open:
        return f"应为大于 {least} 的{number}"
    return "应为非负整数" if least == "0" and number == "整数" else f"应为不小于 {least} 的{number}"
