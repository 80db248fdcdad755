"""The page of one night: one file, no script, nothing fetched; opens in any browser and prints on A4."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
import pandas as pd
from markupsafe import Markup

from sim.errors import Language
from sim.measures import Naming
from sim.records import Night
from sim.report.figures import COLOURS, draw
from sim.report.notices import credits_due, readable_key, source_text, stamps, synthetic_note, version
from sim.report.numbers import first_told, key_numbers
from sim.report.scope import Scope, find, rows_of_groups
from sim.report.summary import in_short
from sim.report.verdicts import verdicts
from sim.report.words import Words
from sim.scenario import Scenario

_SLOWEST = 15
_FEWEST = 5  # villages that a table of the slowest needs
PLACE_COLUMNS = ("place", "households", "answered", "by", "half", "within_15", "within_30", "within_60", "never")
SLOW_COLUMNS = ("place", "answered", "by", "half", "within_60", "never")


@dataclass(frozen=True)
class PlaceTable:
    """A table of places: heading, notes above it, keys of the columns, their headings, and rows of ready cells."""

    title: str
    notes: tuple[str, ...]
    columns: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def write_report(
    folder: Path,
    scenario: Scenario,
    night: Night,
    tables: dict[str, pd.DataFrame],
    names: Naming,
    *,
    language: Language = "zh",
    place: str | None = None,
) -> Path:
    """Write the figures and ``report.html`` of one night into ``folder`` and return the page's path.

    Parameters
    ----------
    place
        a township or village (label, code, or name as far as it may be shown) that the page is about; the county by default

    Raises
    ------
    InputError
        if there is no such place
    """
    words = Words(language)
    scope = find(scenario, names, place)
    folder.mkdir(parents=True, exist_ok=True)
    pictures = draw(scenario, night, names, scope, words, folder / "figures")
    where = words.label(names.label[scope.place], scenario.county.levels)
    judged = verdicts(scenario, night, words)
    content = _template().render(
        t=words,
        lang="zh-CN" if language == "zh" else "en",
        scenario=scenario,
        title=scenario.plan.title or scenario.plan.name,
        where=where,
        whole=scope.whole,
        stamps=stamps(scenario, names, words),
        in_short=in_short(scenario, night, scope, judged, words),
        facts_of_night=_facts_of_night(scenario, night, words),
        verdicts=judged,
        numbers=key_numbers(scenario, night, scope, words),
        pictures=[(picture.name, picture.alt, Markup(picture.svg)) for picture in pictures],  # noqa: S704 - drawn by us, names as paths
        first_told=first_told(scenario, night, scope, words),
        colours=COLOURS,
        tables=_place_tables(scenario, night, tables, names, scope, words),
        assumptions=_assumptions(scenario, words),
        replication=night.replication,
        omitted=any(source_text(item.source) != item.source for item in scenario.assumptions),
        synthetic_note=synthetic_note(scenario, names, words),
        quoted=source_text,
        credits=words("list_joint").join(credits_due(scenario, words)),
        version=version(),
    )
    page = folder / "report.html"
    page.write_text(content, encoding="utf-8")
    return page


@lru_cache(maxsize=1)
def _template() -> jinja2.Template:
    loader = jinja2.FileSystemLoader(Path(__file__).parent / "templates")
    environment = jinja2.Environment(
        loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    return environment.get_template("report.html.j2")


def _facts_of_night(scenario: Scenario, night: Night, words: Words) -> list[tuple[str, str]]:
    plan = scenario.plan
    warning = plan.warnings[0]
    return [
        (words("head.level"), words(f"warning.{warning.level}")),
        (words("head.start"), words.date(plan.start)),
        (words("head.end"), words.clock(night.start, night.end_min)),
        (
            words("head.hazard"),
            words(
                "hazard_and_rain", hazard=words(f"hazard.{plan.hazard.kind}"), rain=words(f"rain.{plan.hazard.rain}")
            ),
        ),
        (words("head.means"), words.means(warning.means)),
        (words("head.which"), words("which_night", seed=night.seed, n=night.replication)),
    ]


# --- tables of places -------------------------------------------------------------------------------------------------


def _place_tables(
    scenario: Scenario, night: Night, tables: dict[str, pd.DataFrame], names: Naming, scope: Scope, words: Words
) -> list[PlaceTable]:
    """Return the tables of the page: slowest villages and townships of the county, or all places below the scope."""
    made = _Rows(scenario, night, words, f"{names.label[scope.place]}·")
    villages, townships = tables["villages"], tables["townships"]
    in_order = words("table.in_code_order")
    if scope.whole:
        slow = _slowest(scenario, villages) if len(villages) >= _FEWEST else villages.head(0)
        slow_title = words("table.slow" if scenario.synthetic else "table.slow_real")
        slow_note = words("table.slow_note", n=_SLOWEST)
        found = [
            made.table("village", slow_title, (slow_note,), SLOW_COLUMNS, slow),
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


def _slowest(scenario: Scenario, villages: pd.DataFrame) -> pd.DataFrame:
    """Return the villages that answered last, those that never did on top; under their codes wherever data are made up."""
    silent = villages["acknowledged_min"].isna()
    by = villages.assign(_silent=silent).sort_values(
        ["_silent", "acknowledged_min", "code"], ascending=[False, False, True]
    )
    slow = by.head(_SLOWEST)
    if not scenario.synthetic:
        return slow
    index, label = scenario.county.index, scenario.county.places.label
    return slow.assign(
        label=[label[index[c]] if c in index else shown for c, shown in zip(slow["code"], slow["label"], strict=True)]
    )


class _Rows:
    """Turns rows of a result table into cells to read; ``above`` is what every name on the page would begin with."""

    def __init__(self, scenario: Scenario, night: Night, words: Words, above: str) -> None:
        self._levels, self._night, self._words, self._above = scenario.county.levels, night, words, above
        posts = scenario.plan.roster.posts
        self._posts = {plan.title: words.post(post, posts) for post, plan in posts.items()} | {"": words("none")}

    def table(
        self, level: str, title: str, notes: tuple[str, ...], columns: tuple[str, ...], frame: pd.DataFrame
    ) -> PlaceTable:
        """Return the table of places of ``level``: the cells of ``columns`` for each row of ``frame``."""
        places = next((self._words.level(plan) for plan in self._levels if plan.id == level), "")
        places = places[:1].upper() + places[1:]
        headings = tuple(places if column == "place" else self._words(f"col.{column}") for column in columns)
        rows = tuple(tuple(self._cell(row, column) for column in columns) for row in frame.to_dict("records"))
        return PlaceTable(title, notes, columns, headings, rows)

    def _cell(self, row: dict[Any, Any], column: str) -> str:
        words = self._words
        match column:
            case "place":
                return words.label(str(row["label"]).removeprefix(self._above), self._levels)
            case "households":
                return words.number(row["households"])
            case "answered":
                return self._moment(row["acknowledged_min"], "never_answered")
            case "by":
                return self._posts.get(str(row["acknowledged_by"]), str(row["acknowledged_by"]))
            case "half":
                return self._moment(row["warned_p50_min"], "half_never")
            case "never":
                return words.number(row["never_households"])
            case _:
                return words.percent(row[f"share_{column.removeprefix('within_')}min"])

    def _moment(self, minutes: float, never: str) -> str:
        return self._words.moment(self._night, minutes, "cell", never=never)


# --- assumptions -------------------------------------------------------------------------------------------------------


def _assumptions(scenario: Scenario, words: Words) -> list[tuple[str, str, str, str]]:
    """Return what, key, source and status of every assumption."""
    return [
        (
            readable_key(item.key, scenario, words),
            item.key,
            source_text(item.source),
            words(f"status.{item.status}") if item.status else words("status.none"),
        )
        for item in scenario.assumptions
    ]
