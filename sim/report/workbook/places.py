"""Townships, villages and groups as tables, for the workbook: every number of the result folder, by the names that may be shown."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from sim.report.content.acts import knew_from_below
from sim.report.content.scope import rows_of_groups
from sim.report.gather import Content
from sim.report.workbook.figures import Moments, about_headline
from sim.report.workbook.spreadsheet import Field, SheetOfTables, Table, Value

Tables = Mapping[str, pd.DataFrame]


def places_as_tables(content: Content, tables: Tables) -> Iterator[SheetOfTables]:
    """Yield the dots of the map, townships and villages; then each township alone. Of one place, that place and what lies below it."""
    words, names, scope = content.words, content.sheet.names, content.scope
    townships, villages = tables["townships"], tables["villages"]
    code = names.code[scope.place]
    made = _Places(content, {row["code"]: row["label"] for row in townships.to_dict("records")})
    if not scope.whole:
        own = townships[townships["code"] == code]
        below = villages[(villages["parent"] == code) | (villages["code"] == code)]
        yield from made.map(below if len(own) else _groups(content))
        yield from made.sheet(words("tab.townships"), "township", own)
        yield from made.sheet(words("tab.villages"), "village", below)
        if not len(own):
            yield from made.sheet(words("tab.groups"), "group", _groups(content))
        return
    yield from made.map(villages if len(villages) else townships)
    yield from made.sheet(words("tab.townships"), "township", townships)
    yield from made.sheet(words("tab.villages"), "village", villages, above=True)
    for township in townships.to_dict("records"):
        label = words.label(str(township["label"]), content.sheet.scenario.county.levels)
        yield from made.sheet(label, "village", villages[villages["parent"] == township["code"]], of=label)


def _groups(content: Content) -> pd.DataFrame:
    """Return the places below a village; none below the lowest."""
    sheet = content.sheet
    return rows_of_groups(sheet.scenario, sheet.night, sheet.names, sheet.scope)


class _Places:
    """Turns rows of a result table of places into sheets; ``above`` are the names shown of townships, by code."""

    def __init__(self, content: Content, above: Mapping[str, str]) -> None:
        self._content, self._words, self._above = content, content.words, above
        scenario = content.sheet.scenario
        self._levels, posts = scenario.county.levels, scenario.plan.roster.posts
        self._posts = {plan.title: self._words.post(post, posts) for post, plan in posts.items()}
        self._moments = Moments(content.sheet.night)
        code, county = content.sheet.names.code, scenario.county
        self._otherwise = {code[i] for i in np.flatnonzero(np.isfinite(knew_from_below(content.sheet.night))).tolist()}
        self._reporters = {code[i] for i in np.flatnonzero(county.places.level >= county.reporting_level).tolist()}

    def sheet(
        self, tab: str, level: str, frame: pd.DataFrame, *, of: str = "", above: bool = False
    ) -> Iterator[SheetOfTables]:
        """Yield the sheet of some places of a level; ``of`` the place they lie in, ``above`` with a column for it."""
        if frame.empty:
            return
        words, content = self._words, self._content
        records = frame.to_dict("records")
        columns = list(self._columns(level, frame, records, above=above))
        if of:  # every name would begin with it
            field, labels = columns[0]
            columns[0] = field, [str(label).removeprefix(f"{of}·") for label in labels]
        rows = list(zip(*(cells for _, cells in columns), strict=True))
        where = of or content.where
        title = words("workbook.all_places", where=where, level=self._named(level, many=True))
        notes = [words("workbook.places_note"), *about_headline(content)]
        if content.sheet.names.real and content.synthetic_note:  # made-up data: the caveat stands above the names
            notes.append(content.synthetic_note)
        table = Table(tuple(field for field, _ in columns), rows)
        yield SheetOfTables(tab, title, (table,), notes=tuple(notes), frozen=1)

    def map(self, frame: pd.DataFrame) -> Iterator[SheetOfTables]:
        """Yield what the dots of the map stand for: place, residents, share told within 60 minutes."""
        if frame.empty:
            return
        words, content = self._words, self._content
        fields = [Field(words("col.what"), "line"), Field(words("workbook.code"), "line")]
        cells = [self._labels(frame), frame["code"].tolist()]
        if "population" in frame:
            fields.append(Field(words("workbook.residents"), "number"))
            cells.append(frame["population"].tolist())
        fields.append(Field(words("col.within_60"), "share"))
        cells.append(self._shares(frame["share_60min"]))
        table = Table(tuple(fields), list(zip(*cells, strict=True)))
        notes = (words("workbook.map_note"), *about_headline(content))
        yield SheetOfTables(words("tab.map"), words("figure.map"), (table,), notes=notes, frozen=1)

    def _columns(
        self, level: str, frame: pd.DataFrame, records: list[dict[Any, Any]], *, above: bool
    ) -> Iterator[tuple[Field, list[Value]]]:
        """Yield the columns of a table of places: heading and cells."""
        words = self._words
        yield Field(self._named(level), "line"), self._labels(frame)
        yield Field(words("workbook.code"), "line"), frame["code"].tolist()
        if above:
            named = [words.label(self._above.get(code, ""), self._levels) for code in frame["parent"]]
            yield Field(self._named("township"), "line"), list(named)
        yield Field(words("workbook.state")), [self._state(row) for row in records]
        yield from self._counts(frame, {"population": "workbook.residents", "households": "col.households"})
        yield from self._times(frame, "acknowledged_min", words("workbook.acknowledged"))
        yield Field(words("col.by")), [self._posts.get(by, by) for by in frame["acknowledged_by"]]
        yield from self._times(frame, "warned_p50_min", words("col.half"))
        yield from self._times(frame, "warned_p95_min", words("workbook.most"))
        for minutes in (15, 30, 60):
            yield Field(words(f"col.within_{minutes}"), "share"), self._shares(frame[f"share_{minutes}min"])
        yield from self._counts(frame, {"never_households": "col.never"})
        yield from self._codes(frame, "first_by", "channel.", "workbook.first_by")
        yield from self._codes(frame, "main_step", "step.", "workbook.main_step")
        yield from self._of_accounts(frame)

    def _of_accounts(self, frame: pd.DataFrame) -> Iterator[tuple[Field, list[Value]]]:
        """Yield the columns of outages, evacuation and reports, as far as the report has these sections."""
        words, content = self._words, self._content
        if content.outages is not None:
            yield from self._times(frame, "dark_from_min", words("workbook.dark_from"), minute=False)
            yield from self._times(frame, "dark_to_min", words("workbook.dark_to"), minute=False)
        if content.evacuation is not None:
            yield from self._counts(frame, {"listed_persons": "workbook.listed", "exposed_persons": "workbook.exposed"})
        if content.reports is not None:
            own = set(frame["code"]) <= self._reporters
            heading = words("workbook.reported" if own else "workbook.reported_all")
            yield from self._times(frame, "reported_min", heading, minute=False)

    def _counts(self, frame: pd.DataFrame, headings: Mapping[str, str]) -> Iterator[tuple[Field, list[Value]]]:
        for column, heading in headings.items():
            if column in frame:
                cells = [None if pd.isna(n) else int(n) for n in frame[column]]
                yield Field(self._words(heading), "number"), list(cells)

    def _times(
        self, frame: pd.DataFrame, column: str, what: str, *, minute: bool = True
    ) -> Iterator[tuple[Field, list[Value]]]:
        """Yield clock times and minutes after release of a column; empty cells where it never came to it."""
        if column not in frame:
            return
        moments = [self._moments.of(minutes) for minutes in frame[column].tolist()]
        heading = self._words("workbook.clock_of", what=what) if minute else what
        yield Field(heading, "clock"), [clock for clock, _ in moments]
        if minute:
            yield Field(self._words("workbook.minute_of", what=what), "number"), [minute for _, minute in moments]

    def _codes(self, frame: pd.DataFrame, column: str, kind: str, heading: str) -> Iterator[tuple[Field, list[Value]]]:
        """Yield a column of codes of the records in words."""
        if column in frame:
            yield Field(self._words(heading)), [self._words(kind + code) if code else None for code in frame[column]]

    def _state(self, row: dict[Any, Any]) -> str:
        """Return in words whether a place answered, and every number that it has not."""
        words, content = self._words, self._content
        said = [self._answer(row)]
        if not row["households"]:
            said.append(words("workbook.nobody_lives"))
        elif pd.isna(row["warned_p50_min"]):
            said.append(words("workbook.half_never"))
        elif "warned_p95_min" in row and pd.isna(row["warned_p95_min"]):
            said.append(words("workbook.most_never"))
        if pd.notna(row.get("dark_from_min")) and pd.isna(row["dark_to_min"]):
            said.append(words("workbook.not_restored"))
        if content.reports is not None and row.get("listed_persons") and pd.isna(row["reported_min"]):
            said.append(
                words("workbook.not_reported" if row["code"] in self._reporters else "workbook.not_reported_all")
            )
        return words.listed(said)

    def _answer(self, row: dict[Any, Any]) -> str:
        """Return in words whether a place answered the warning, or knew all the same."""
        night, words = self._content.sheet.night, self._words
        if pd.notna(row["acknowledged_min"]):
            return words("workbook.answered")
        if not math.isfinite(night.release_min):
            return words("workbook.unreleased")
        return words("workbook.told_otherwise" if row["code"] in self._otherwise else "workbook.no_answer")

    def _shares(self, column: pd.Series[float]) -> list[Value]:
        """Return shares within so many minutes of the release; none where nothing was released."""
        if not math.isfinite(self._content.sheet.night.release_min):
            return [None] * len(column)
        return [number if math.isfinite(number) else None for number in column.tolist()]

    def _labels(self, frame: pd.DataFrame) -> list[Value]:
        return [self._words.label(str(label), self._levels) for label in frame["label"]]

    def _named(self, level: str, *, many: bool = False) -> str:
        """Return the name of a level as a heading."""
        named = next((self._words.level(plan, many=many) for plan in self._levels if plan.id == level), "")
        return named if many else named[:1].upper() + named[1:]
