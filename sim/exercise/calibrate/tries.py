"""Which tries belong together: those to reach one person in one night, and what of them cannot have been."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sim.errors import Text
from sim.exercise.calibrate.rows import Bad, Line


@dataclass(frozen=True)
class Tried:
    """One try: the hour of the day, by what, whether somebody answered, and how long it rang and was talked [min]; ``None`` where not told."""

    hour: int
    channel: str
    answered: bool
    ring_min: float | None = None
    talk_min: float | None = None


@dataclass(frozen=True)
class Called:
    """All tries to reach one person of a post in one night (from one change of duty to the next), in their order, until one was answered.

    Whoever has answered that night is at hand for what comes later (``roster.alerted``): later calls tell another number.
    """

    post: str
    tries: tuple[Tried, ...]


@dataclass(frozen=True, eq=False)
class Row:
    """A call as it is written, once each cell is understood; ``tried`` is ``None`` for one that is no try: busy, or no network.

    ``handover`` is when the duty changes, after midnight.
    """

    line: Line
    day: date | None
    clock: time
    handover: timedelta
    post: str
    person: int | None
    number: int | None
    tried: Tried | None

    @property
    def try_number(self) -> int:
        """Which try it is; where that is not written, the first."""
        return self.number or 1

    @property
    def night(self) -> date | None:
        """The day whose duty the call belongs to; ``None`` where no dates are told."""
        return None if self.day is None else (datetime.combine(self.day, self.clock) - self.handover).date()

    @property
    def since_handover(self) -> timedelta:
        """How far into the duty day the call was made."""
        clock = timedelta(hours=self.clock.hour, minutes=self.clock.minute, seconds=self.clock.second)
        return (clock - self.handover) % timedelta(days=1)


@dataclass(frozen=True)
class Gathered:
    """All tries by person and night; how many of them were not written but must have been; how many came after an answer and are left out."""

    called: tuple[Called, ...]
    supplied: int
    again: int


def gathered(rows: Sequence[Row], fault: Callable[[Bad, Line], None]) -> Gathered:
    """Return the tries that belong together; a row without a code stands alone. ``fault`` takes what cannot have been."""
    groups: dict[object, list[Row]] = defaultdict(list)
    for number, row in enumerate(rows):
        groups[number if row.person is None else (row.night, row.post, row.person)].append(row)
    called: list[Called] = []
    supplied = again = 0
    for own in groups.values():
        tries: tuple[Tried, ...] = ()
        for course in _courses(own, fault):
            if any(tried.answered for tried in tries):
                again += sum(row.tried is not None for row in course)
                continue
            more, missing = _tries(course)
            tries, supplied = tries + more, supplied + missing
        if tries:
            called.append(Called(own[0].post, tries))
    return Gathered(tuple(sorted(called, key=repr)), supplied, again)


def _courses(rows: Sequence[Row], fault: Callable[[Bad, Line], None]) -> Iterator[list[Row]]:
    """Yield the rows of one person in one night, parted where somebody began to call anew (a first try); no number may stand twice."""
    for row in rows:
        if row.number is None and len(rows) > 1:
            problem = Text(
                "这个人同一值班日不止一行，要写第几次",
                "this person has more rows that day: the number of the try is needed",
            )
            fault(Bad(problem, Text("从1起写", "count from 1"), "number"), row.line)
    course: list[Row] = []
    for row in sorted(rows, key=lambda row: (row.since_handover, row.try_number)):
        later = course and row.since_handover > course[-1].since_handover
        if later and row.try_number == 1 == course[0].try_number:  # else the clock went backwards
            yield course
            course = []
        if course and row.try_number <= course[-1].try_number:
            problem = Text(
                "同一人同一值班日，次序没有往后走",
                "the number of this try does not rise above that of the one before",
            )
            remedy = Text("改次序，或删去重复的一行", "mend the number, or remove a row that stands twice")
            fault(Bad(problem, remedy, "number"), row.line)
        elif course and any(one.tried is not None and one.tried.answered for one in course):
            problem = Text("前一次已经接听，又有这一次", "an earlier try was answered")
            remedy = Text("核对次序和是否接听；重新叫应从1起写", "check number and answer; calling anew begins at 1")
            fault(Bad(problem, remedy, "number"), row.line)
        else:
            course.append(row)
    yield course


def _tries(course: Sequence[Row]) -> tuple[tuple[Tried, ...], int]:
    """Return the tries of one course that count, and how many of them were not written: those before a later one, which nobody answered."""
    tries: list[Tried] = []
    before = supplied = 0
    for row in course:
        missing = row.try_number - before - 1
        before, supplied = row.try_number, supplied + missing
        told = row.tried or next((one.tried for one in course if one.tried is not None), None)
        if told is not None:
            tries += [Tried(told.hour, told.channel, answered=False)] * missing
        if row.tried is not None:
            tries.append(row.tried)
    return tuple(tries), supplied if tries else 0
