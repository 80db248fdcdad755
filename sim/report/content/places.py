"""Tables of places: those that answered late, the townships, what lies below one place."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from sim.measures import Naming
from sim.records import Night
from sim.report.content.grid import Column, Grid
from sim.report.content.notices import synthetic_note
from sim.report.content.scope import Scope, rows_of_groups
from sim.report.words.language import Words
from sim.scenario import Scenario

_SLOWEST = 15
_FEWEST = 5  # villages that a table of the slowest needs
_SET_AS = {"answered": "w", "by": "w", "half": "w", "households": "n", "never": "n"}
PLACE_COLUMNS = ("place", "households", "answered", "by", "half", "within_15", "within_30", "within_60", "never")
SLOW_COLUMNS = ("place", "answered", "by", "half", "within_60", "never")


def place_tables(
    scenario: Scenario, night: Night, tables: dict[str, pd.DataFrame], names: Naming, scope: Scope, words: Words
) -> list[Grid]:
    """Return the tables of the page: slowest villages and townships of the county, or all places below the scope."""
    made = _Rows(scenario, night, words, f"{names.label[scope.place]}·")
    villages, townships = tables["villages"], tables["townships"]
    in_order = words("table.in_code_order")
    if scope.whole:
        ranked = len(villages) >= _FEWEST and not scenario.synthetic  # on made-up data a ranking blames real townships
        slow = _slowest(villages) if ranked else villages.head(0)
        found = [
            made.table("village", words("table.slow"), (words("table.slow_note", n=_SLOWEST),), SLOW_COLUMNS, slow),
            made.table("township", words("table.townships"), (in_order,), PLACE_COLUMNS, townships),
        ]
    else:
        below = scenario.county.levels[
            min(scenario.county.levels.index(scope.level) + 1, len(scenario.county.levels) - 1)
        ]
        rows = (
            villages[villages["parent"] == names.code[scope.place]]
            if below.id == "village"
            else rows_of_groups(scenario, night, names, scope)
        )
        title = words("table.below", level=words.level(below, many=True))
        notes = (in_order, synthetic_note(scenario, names, words)) if names.real and scenario.synthetic else (in_order,)
        found = [made.table(below.id, title, notes, PLACE_COLUMNS, rows)]
    return [table for table in found if table.rows]


def _slowest(villages: pd.DataFrame) -> pd.DataFrame:
    """Return the villages that answered last, those that never did on top."""
    silent = villages["acknowledged_min"].isna()
    by = villages.assign(_silent=silent).sort_values(
        ["_silent", "acknowledged_min", "code"], ascending=[False, False, True]
    )
    return by.head(_SLOWEST)


class _Rows:
    """Turns rows of a result table into cells to read; ``above`` is what every name on the page would begin with."""

    def __init__(self, scenario: Scenario, night: Night, words: Words, above: str) -> None:
        self._levels, self._night, self._words, self._above = scenario.county.levels, night, words, above
        self._released = math.isfinite(night.release_min)
        posts = scenario.plan.roster.posts
        self._posts = {plan.title: words.post(post, posts) for post, plan in posts.items()} | {"": words("none")}

    def table(
        self, level: str, title: str, notes: tuple[str, ...], columns: tuple[str, ...], frame: pd.DataFrame
    ) -> Grid:
        """Return the table of places of ``level``: the cells of ``columns`` for each row of ``frame``."""
        places = next((self._words.level(plan) for plan in self._levels if plan.id == level), "")
        places = places[:1].upper() + places[1:]
        shown = tuple(
            Column(column, "w", places) if column == "place" else Column(column, _SET_AS.get(column, "n"))
            for column in columns
        )
        rows = tuple(tuple(self._cell(row, column) for column in columns) for row in frame.to_dict("records"))
        return Grid(title, notes, shown, rows).headed(self._words)

    def _cell(self, row: dict[Any, Any], column: str) -> str:
        words = self._words
        match column:
            case "place":
                return words.label(str(row["label"]).removeprefix(self._above), self._levels)
            case "households":
                return words.number(row["households"])
            case "answered":
                return self._moment(row["acknowledged_min"], "never_answered" if self._released else "none")
            case "by":
                return self._posts.get(str(row["acknowledged_by"]), str(row["acknowledged_by"]))
            case "half":
                return self._moment(row["warned_p50_min"], "half_never")
            case "never":
                return words.number(row["never_households"])
            case _ if not self._released:
                return words("none")
            case _:
                return words.percent(row[f"share_{column.removeprefix('within_')}min"])

    def _moment(self, minutes: float, never: str) -> str:
        return self._words.moment(self._night, minutes, "cell", never=never)
