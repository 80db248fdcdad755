"""Examine a county's roster for a period: empty posts, people at two places, rest, load, numbers, sets and monitors.

``audit`` works on the tables as ``sim.roster.load.read_duty_tables`` gives them. It takes what is usable and lists the rest, and it
judges rosters, not people: by post and desk, with the names that the table itself has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from sim.county import County
from sim.county.tables import Table
from sim.roster.audit.book import Book
from sim.roster.audit.coverage import coverage
from sim.roster.audit.entries import entries, of_another_period
from sim.roster.audit.equipment import equipment
from sim.roster.audit.findings import KINDS, SEVERITIES, Finding, Kind, Severity, Summary, ordered, summary
from sim.roster.audit.numbers import numbers
from sim.roster.audit.people import people
from sim.roster.audit.rules import AuditRules
from sim.roster.plan import RosterPlan

__all__ = [
    "KINDS",
    "SEVERITIES",
    "AuditRules",
    "Finding",
    "Kind",
    "Severity",
    "Summary",
    "audit",
    "ordered",
    "summary",
]

_DEFAULTS = AuditRules()


def audit(
    county: County,
    plan: RosterPlan,
    persons: Table,
    shifts: Table,
    first: date,
    last: date,
    landlines: Mapping[str, str] | None = None,
    rules: AuditRules = _DEFAULTS,
) -> tuple[Finding, ...]:
    """Return what a roster should be asked about, the gravest first.

    Parameters
    ----------
    county
        the places; its sets and registered hazard points are looked at too
    plan
        ladders, posts and handover
    persons, shifts
        the tables of ``read_duty_tables``
    first, last
        first and last duty day, both included; a duty day runs from one handover of the desk to the next
    landlines
        the duty telephone of each desk by its code; ``None`` if nothing is known of them
    """
    book = Book(county, plan, persons, shifts, first, last, landlines, rules)
    return ordered(_all(book))


def _all(book: Book) -> Iterator[Finding]:
    """Yield every finding; of a table of another month only that it is one, and what its rows and the county's sets say by themselves."""
    yield from entries(book)
    yield from equipment(book)
    if not of_another_period(book):
        yield from coverage(book)
        yield from people(book)
        yield from numbers(book)
