"""Options that several commands share."""

from __future__ import annotations

import re
from pathlib import Path

import click

from sim.cli.shell import language, text
from sim.errors import BadValue
from sim.units import SHARE, parse


class Probability(click.ParamType[float]):
    """A probability as scenarios write one, such as 90%; neither never nor always, which no number of runs would show."""

    name = "probability"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return it as a share."""
        if isinstance(value, float):
            return value
        try:
            share = parse(value, SHARE)
        except BadValue as error:
            self.fail(f"{error.problem.get(language())}; {error.remedy.get(language())}", param, ctx)
        if not 0 < share < 1:
            self.fail(text("应大于0%、小于100%", "it must be above 0% and below 100%"), param, ctx)
        return share


class EngineAddress(click.ParamType[str]):
    """Who plays: ``local``, or a Dask cluster as ``dask:ADDR``; its address with the scheme, empty for this machine."""

    name = "engine"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the address."""
        if value == "local":
            return ""
        if not (found := _ENGINE.fullmatch(str(value))) or not 0 < int(found["port"]) <= _MOST_PORT:
            self.fail(
                text(
                    "应为 local 或 dask:地址:端口，例如 dask:10.0.0.5:8786",
                    "it is local or dask:HOST:PORT, such as dask:10.0.0.5:8786",
                ),
                param,
                ctx,
            )
        return f"{found['scheme'] or 'tcp://'}{found['host']}:{found['port']}"


_ENGINE = re.compile(r"dask:(?P<scheme>(?:tcp|tls)://)?(?P<host>[\w.-]+|\[[0-9A-Fa-f:.]+\]):(?P<port>[0-9]{1,5})")
_MOST_PORT = 65_535
lang_option = click.option("--lang", type=click.Choice(["zh", "en"]), help="语言 / language")
set_option = click.option(
    "--set",
    "overrides",
    multiple=True,
    metavar=text("路径=值", "PATH=VALUE"),
    help=text(
        "改动情景中的一项，可多次；例如 --set end='4 h'", "change one thing, may be repeated; such as --set end='4 h'"
    ),
)
folder_option = click.option(
    "--out",
    type=click.Path(path_type=Path),
    help=text("结果文件夹（默认 results/<情景>/<时间>）", "result folder (default results/<scenario>/<time>)"),
)
json_option = click.option(
    "--json",
    "as_json",
    is_flag=True,
    help=text("在标准输出只打印 JSON 摘要", "print the summary as JSON and nothing else"),
)
scenario_argument = click.argument("scenario", metavar=text("情景文件", "SCENARIO"), type=click.Path(path_type=Path))


file_option = click.option(
    "--out",
    type=click.Path(path_type=Path),
    help=text("写到哪个文件（默认打印）", "the file to write (printed by default)"),
)
force_option = click.option("--force", is_flag=True, help=text("文件已有时覆盖", "replace the file if there is one"))


within_option = click.option(
    "--within",
    "within_min",
    type=click.FloatRange(0, min_open=True),
    default=15.0,
    show_default=True,
    help=text(
        "多少分钟内应答才算按时（规划假设，以本县规定为准）",
        "within how many minutes an answer is in time (a planning assumption: the county's own limits go first)",
    ),
)
at_option = click.option(
    "--at",
    type=click.DateTime(["%Y-%m-%d %H:%M"]),
    metavar="'YYYY-MM-DD HH:MM'",
    help=text("什么时刻，北京时间（默认情景的起算时刻）", "at what moment, Beijing time (that of the scenario)"),
)
engine_option = click.option(
    "--engine",
    "address",
    type=EngineAddress(),
    default="local",
    show_default=True,
    metavar="local|dask:ADDR",
    help=text(
        "在哪里推演：本机，或已在运行的 Dask 集群，例如 dask:10.0.0.5:8786；集群不验身份，只用于封闭网络，或用 dask:tls://…",
        "where to play: this machine, or a Dask cluster that runs already, such as dask:10.0.0.5:8786; it asks nobody who "
        "they are: for closed networks, or by dask:tls://…",
    ),
)
workers_option = click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=2,
    show_default=True,
    help=text("同时用几个进程", "processes at a time"),
)
year_option = click.option(
    "--year",
    type=click.IntRange(2000, 2100),
    help=text("表里没写年份时用哪一年", "the year, where the tables say none"),
)
mapping_option = click.option(
    "--mapping",
    type=click.Path(path_type=Path),
    help=text(
        "表的格式说明（上次写出、改好的 mapping.yaml）",
        "what the columns mean (the mapping.yaml of an earlier import, as you corrected it)",
    ),
)
