"""What all papers about a roster share: who may see them, the frame of a workbook, how a place is called."""

from __future__ import annotations

from datetime import date, datetime

from sim.measures.naming import Naming
from sim.report.content.notices import stamps
from sim.report.words.language import Words
from sim.report.workbook.spreadsheet import Frame
from sim.scenario import Scenario


def stamps_of(scenario: Scenario, names: Naming, words: Words, *, internal: bool) -> tuple[str, ...]:
    """Return the stamps of a paper; one with names of persons is internal, whatever the data of the county."""
    return tuple(dict.fromkeys([*stamps(scenario, names, words), *([words("stamp.internal")] if internal else [])]))


def frame_of(title: str, stamped: tuple[str, ...], first_sheet: str, created: datetime, words: Words) -> Frame:
    """Return the frame of a workbook: its stamps and title on every sheet, each leading back to the first."""
    return Frame(
        language=words.language,
        stamps=stamped,
        title=title,
        page=words("workbook.page", page="&P", pages="&N"),
        back=(words("workbook.back"), first_sheet),
        created=created,
    )


def label_of(place: int, scenario: Scenario, names: Naming, words: Words) -> str:
    """Return a place as it may be shown."""
    return words.label(names.label[place], scenario.county.levels)


def weekday_of(day: date, words: Words) -> str:
    """Return the short name of a day of the week."""
    return weekday_names(words)[day.weekday()]


def weekday_names(words: Words) -> list[str]:
    """Return the short names of the days of the week, Monday first."""
    return words("weekdays").split(",")
