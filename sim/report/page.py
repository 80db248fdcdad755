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
from sim.report.numbers import first_told, key_numbers
from sim.report.scope import Scope, find, rows_of_groups
from sim.report.verdicts import target_name, verdicts
from sim.report.words import Words
from sim.scenario import Scenario

_SLOWEST = 15
_BLAME = "脱岗"  # a word of one source; of a person in a simulation it must not be said
PLACE_COLUMNS = ("place", "households", "answered", "by", "half", "within_15", "within_30", "within_60", "never")
SLOW_COLUMNS = ("place", "answered", "by", "half", "within_60", "never")


@dataclass(frozen=True)
class PlaceTable:
    """A table of places: heading, a line on how it is sorted, keys of the columns, and rows of ready cells."""

    title: str
    note: str
    columns: tuple[str, ...]
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
    content = _template().render(
        t=words,
        lang="zh-CN" if language == "zh" else "en",
        scenario=scenario,
        title=scenario.plan.title or scenario.plan.name,
        where=where,
        whole=scope.whole,
        stamps=_stamps(scenario, names, words),
        facts_of_night=_facts_of_night(scenario, night, words),
        verdicts=verdicts(scenario, night, words),
        numbers=key_numbers(scenario, night, scope, words),
        pictures=[(picture.alt, Markup(picture.svg)) for picture in pictures],  # noqa: S704 - drawn by us, names as paths
        first_told=first_told(scenario, night, scope, words),
        colours=COLOURS,
        tables=_place_tables(scenario, night, tables, names, scope, words),
        assumptions=_assumptions(scenario, words),
        replication=night.replication,
        made=synthetic_parts(scenario, words),
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


def _stamps(scenario: Scenario, names: Naming, words: Words) -> list[str]:
    keys = (["stamp"] if scenario.synthetic else ["stamp.real"]) + (["stamp.internal"] if names.real else [])
    return [words(key) for key in keys]


def synthetic_parts(scenario: Scenario, words: Words) -> str:
    """Return which data were made by seed, as a list in words; empty if none."""
    made = [words(f"table_of.{name}") for name in scenario.county.synthetic]
    return words("list_joint").join(made + ([words("table_of.roster")] if scenario.roster.synthetic else []))


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
        (words("head.means"), words("list_joint").join(words(f"channel.{means}") for means in warning.means)),
        (words("head.which"), words("which_night", seed=night.seed, n=night.replication)),
    ]


# --- tables of places -------------------------------------------------------------------------------------------------


def _place_tables(
    scenario: Scenario, night: Night, tables: dict[str, pd.DataFrame], names: Naming, scope: Scope, words: Words
) -> list[PlaceTable]:
    """Return the tables of the page: slowest villages and townships of the county, or all places below the scope."""
    made = _Rows(scenario, night, words)
    villages, townships = tables["villages"], tables["townships"]
    if scope.whole:
        title, note = (
            words("table.slow" if scenario.synthetic else "table.slow_real"),
            words("table.slow_note", n=_SLOWEST),
        )
        found = [PlaceTable(title, note, SLOW_COLUMNS, made(_slowest(scenario, villages), SLOW_COLUMNS))]
        found.append(
            PlaceTable(
                words("table.townships"), words("table.in_code_order"), PLACE_COLUMNS, made(townships, PLACE_COLUMNS)
            )
        )
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
        found = [PlaceTable(title, words("table.in_code_order"), PLACE_COLUMNS, made(rows, PLACE_COLUMNS))]
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
    """Turns rows of a result table into cells to read."""

    def __init__(self, scenario: Scenario, night: Night, words: Words) -> None:
        self._levels, self._night, self._words = scenario.county.levels, night, words
        posts = scenario.plan.roster.posts
        self._posts = {plan.title: words.post(post, posts) for post, plan in posts.items()} | {"": words("none")}

    def __call__(self, frame: pd.DataFrame, columns: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
        """Return the cells of ``columns`` for each row of ``frame``."""
        return tuple(tuple(self._cell(row, column) for column in columns) for row in frame.to_dict("records"))

    def _cell(self, row: dict[Any, Any], column: str) -> str:
        words = self._words
        match column:
            case "place":
                return words.label(str(row["label"]), self._levels)
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
        return self._words.moment(self._night.start, minutes, self._night.release_min, "cell", never)


# --- assumptions ------------------------------------------------------------------------------------------------------


def readable_key(key: str, scenario: Scenario, words: Words) -> str:
    """Return in words what a number of the scenario is about; targets and warnings by their names."""
    for target in scenario.plan.targets:
        if key == f"targets.{target.id}":
            return words("key_joint").join((words("key.targets"), target_name(target, scenario, words)))
    for warning in scenario.plan.warnings:
        if key == f"warnings.{warning.id}":
            return words(f"warning.{warning.level}")
    return words.key(key)


def source_text(source: str) -> str:
    """Return a source as written, less a word that would blame somebody."""
    return source.replace(_BLAME, "〔…〕")


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
