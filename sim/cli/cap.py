"""``cap``: alerts of the Common Alerting Protocol, in and out."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.options import file_option, force_option, lang_option, scenario_argument, set_option
from sim.cli.shell import command, hand_out, language, load, text

if TYPE_CHECKING:
    from sim.scenario.cap import Status


@click.group(
    help=text(
        "通用预警协议（CAP 1.2）：读入一条预警，或写出情景中的预警。",
        "Common Alerting Protocol (CAP 1.2): read a warning in, or write one of a scenario.",
    )
)
@lang_option
def cap(lang: str | None) -> None:
    """Hold the two directions together."""
    del lang


@cap.command(
    "import",
    help=text(
        "把一条 CAP 1.2 预警变成情景片段（YAML），供情景文件用 extends 继承。",
        "Turn a CAP 1.2 alert into a piece of a scenario (YAML), for a scenario file to extend.",
    ),
)
@click.argument("alert", metavar=text("CAP文件", "ALERT"), type=click.Path(path_type=Path))
@file_option
@force_option
@lang_option
@command
def cap_import(alert: Path, out: Path | None, force: bool, lang: str | None) -> None:  # noqa: FBT001 - given by click
    """Read a CAP alert into a piece of a scenario."""
    del lang
    from sim.scenario.cap import read_alert, snippet

    hand_out(snippet(read_alert(alert), language()).encode(), out, force=force)


@cap.command(
    "export",
    help=text("把情景中的预警写成 CAP 1.2 消息。", "Write a warning of a scenario as a CAP 1.2 message."),
)
@scenario_argument
@click.option("--warning", "warning_id", metavar="ID", help=text("哪个预警（默认第一个）", "which warning (the first)"))
@click.option(
    "--status",
    type=click.Choice(["Exercise", "Test", "Actual"]),
    default="Exercise",
    show_default=True,
    help=text("演练、测试、实际；Actual 须由发布单位核对", "Actual must be checked by the issuing body"),
)
@click.option(
    "--sent",
    type=click.DateTime(["%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"]),
    metavar=text("时刻", "TIME"),
    help=text(
        "发出时刻，北京时间，例如 '2025-07-11 01:35'（默认按情景中会商、签发、发布各用时的中位数推算）",
        "when it is sent, Beijing time, such as '2025-07-11 01:35' (by default as the scenario's median durations have it)",
    ),
)
@set_option
@file_option
@force_option
@lang_option
@command
def cap_export(
    scenario: Path,
    warning_id: str | None,
    status: Status,
    sent: datetime | None,
    overrides: tuple[str, ...],
    out: Path | None,
    force: bool,  # noqa: FBT001 - given by click
    lang: str | None,
) -> None:
    """Write a warning of a scenario as a CAP message."""
    del lang
    from sim.scenario.cap import write_alert

    hand_out(write_alert(load(scenario, overrides), warning_id, status, sent).encode(), out, force=force)
