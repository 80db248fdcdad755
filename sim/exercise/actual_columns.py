"""The workbook of actual times (实际时刻): its sheets and columns, as a kit writes it and as the debrief reads it.

A sheet is known by its name and a column by its heading, in either language. Moments are what the clock on the wall said: a time of day, or
date and time where an exercise goes past midnight. Files of the console have the same columns, by their keys.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sim.errors import Text


@dataclass(frozen=True)
class ActualColumn:
    """A column: its key, its heading, and who fills it in.

    ``given`` cells are written by the kit and not to be changed, a ``time`` and a ``text`` are filled in by people.
    """

    key: str
    heading: Text
    kind: Literal["given", "time", "text"]


@dataclass(frozen=True)
class ActualSheet:
    """A sheet: its key, the name on its tab, its columns in order. The column ``id`` tells its rows apart."""

    key: str
    name: Text
    columns: tuple[ActualColumn, ...]


INJECTS = ActualSheet(
    "injects",
    Text("导调信息", "Injects"),
    (
        ActualColumn("id", Text("编号", "No."), "given"),
        ActualColumn("inject", Text("导调信息", "Inject"), "given"),
        ActualColumn("role", Text("应行动岗位", "Seat that acts"), "given"),
        ActualColumn("planned", Text("计划时刻", "Planned"), "given"),
        ActualColumn("received", Text("实际收到时刻", "Received at"), "time"),
        ActualColumn("done", Text("实际完成时刻", "Done at"), "time"),
        ActualColumn("by", Text("完成岗位", "Done by (post)"), "text"),
        ActualColumn("remark", Text("备注", "Remark"), "text"),
    ),
)
"""One row for each inject; ``id`` as on its card (``Inject.id``), ``planned`` empty for those kept in reserve."""
KEY_TIMES = ActualSheet(
    "key_times",
    Text("关键时刻", "Key times"),
    (
        ActualColumn("number", Text("序号", "No."), "given"),
        ActualColumn("what", Text("事项", "What"), "given"),
        ActualColumn("role", Text("应行动岗位", "Seat that acts"), "given"),
        ActualColumn("limit", Text("时限（分钟）", "Limit (min)"), "given"),
        ActualColumn("at", Text("实际时刻", "Actual time"), "time"),
        ActualColumn("by", Text("完成岗位", "Done by (post)"), "text"),
        ActualColumn("remark", Text("备注", "Remark"), "text"),
        ActualColumn("id", Text("标识（勿改）", "Id (do not change)"), "given"),
    ),
)
"""One row for each moment that the kit asks for; ``id`` is ``KeyTime.id``."""
CLOCK = ActualSheet(
    "clock",
    Text("演练时钟", "Clock"),
    (
        ActualColumn("number", Text("序号", "No."), "given"),
        ActualColumn("what", Text("事项", "What"), "given"),
        ActualColumn("at", Text("实际时刻", "Actual time"), "time"),
        ActualColumn("remark", Text("备注", "Remark"), "text"),
        ActualColumn("id", Text("标识（勿改）", "Id (do not change)"), "given"),
    ),
)
"""When the exercise began and ended, and when it stood still; one row for each id of ``CLOCK_ROWS_BY_HAND``."""
PAUSES = 40
"""So many pauses can be told."""


def _clock_rows(pauses: int) -> dict[str, Text]:
    return {
        "started": Text("演练开始", "The exercise begins"),
        **{
            f"{what}_{number}": Text(zh.format(number), en.format(number))
            for number in range(1, pauses + 1)
            for what, zh, en in (
                ("paused", "第{}次暂停", "Pause {} begins"),
                ("resumed", "第{}次继续", "Pause {} ends"),
            )
        },
        "ended": Text("演练结束", "The exercise ends"),
    }


CLOCK_ROWS = _clock_rows(PAUSES)
"""The rows that the sheet of the clock may have, by id; of a pause that was not, both are left empty or not there."""
CLOCK_ROWS_BY_HAND = _clock_rows(5)
"""Those to be filled in by hand."""
SHEETS = (INJECTS, KEY_TIMES, CLOCK)
FILE = Text("实际时刻.xlsx", "actual-times.xlsx")
"""The name of the workbook in a kit."""
