"""A planned month in the county's own layout: which tables hold it, which do not and why, and what to look at."""

from __future__ import annotations

from collections.abc import Sequence

from sim.county.tables import Table
from sim.errors import Language
from sim.measures.naming import Naming
from sim.report.roster.papers import label_of
from sim.report.words.language import Words
from sim.roster.exporting import Refilled, month_of, refilled
from sim.roster.importing import Mapping, Reading
from sim.roster.planning import Plan
from sim.scenario import Scenario

_FIRST = 20


def refilled_book(
    scenario: Scenario,
    reading: Reading,
    raw: bytes,
    plans: Sequence[Plan],
    persons: Table,
    mapping: Mapping | None,
    language: Language,
) -> Refilled:
    """Return the county's workbook, ``raw`` as it was read, with a planned month; with names it bears the stamp of internal papers."""
    stamp, month = Words(language)("stamp.internal"), month_of(plans, persons)
    return refilled(reading, raw, month, scenario.county, scenario.plan.roster, mapping, stamp)


def refilled_lines(scenario: Scenario, made: Refilled, names: Naming, language: Language) -> str:
    """Return what was written, what was not, and what to check."""
    words, index = Words(language), scenario.county.index
    key = "into.done" if made.done else "into.nothing"
    notes = [
        words(
            "into.left",
            table=label_of(index[where], scenario, names, words) if where in index else where,
            why=why.get(language),
        )
        for where, why in made.left
    ]
    notes += [words("into.look", table=where, what=what.get(language)) for where, what in made.remarks]
    more = [words("audit.more", n=len(notes) - _FIRST)] if len(notes) > _FIRST else []
    return "\n".join([words(key, n=len(made.done), book=made.name), *notes[:_FIRST], *more])
