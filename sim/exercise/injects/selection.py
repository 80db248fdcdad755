"""From all that happened to the few things that an exercise tells.

1. within a theme those of different places come in turn, those with somebody at the table and the weightier first
2. each theme has a quota by the size of the exercise; one without any is not for those who play
3. the themes come in their order, the first ones a second time before the last ones come at all, until there is no more room
4. nobody is told two things at one minute of the night, and nothing that happened is told twice to one seat
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from operator import itemgetter

from sim.exercise.drill import Drill
from sim.exercise.injects.candidate import Candidate
from sim.exercise.kit import Size
from sim.exercise.themes import THEMES

MOST: dict[Size, int] = {"village": 16, "enterprise": 12, "township": 32, "county": 44}
"""So many injects of the timeline at most, where the exercise is long enough."""
LEAST: dict[Size, int] = {"village": 10, "enterprise": 6, "township": 18, "county": 24}
"""Where the quotas leave fewer, themes that have one go beyond it."""


AHEAD = 12
"""A theme has its second inject once so many others behind it have had their first, its third after as many again."""


def selected(drill: Drill, candidates: Iterable[Candidate], most: int) -> list[Candidate]:
    """Return the candidates that are told, by time; no more than ``most``."""
    found: list[Candidate] = []
    told: set[tuple[str, float]] = set()
    for candidate in _in_turn(drill, candidates):
        if len(found) == most:
            break
        at = (candidate.to.id, candidate.t_min)
        if at not in told:
            told.add(at)
            found.append(candidate)
    return sorted(found, key=lambda one: (one.t_min, one.record, one.event, one.to.id))


def _in_turn(drill: Drill, candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the candidates in the order in which they are taken: those within the quotas, then as many others as are needed."""
    of_theme: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        of_theme[candidate.theme].append(candidate)
    within: list[tuple[int, Candidate]] = []
    beyond: list[tuple[int, Candidate]] = []
    for rank, (name, theme) in enumerate(THEMES.items()):
        most = theme.most(drill.size)
        for nth, candidate in enumerate(_places_in_turn(drill, of_theme[name]) if most else ()):
            (within if nth < most else beyond).append((rank + AHEAD * nth, candidate))
    first, others = ([candidate for _, candidate in sorted(some, key=itemgetter(0))] for some in (within, beyond))
    return [*first, *others[: max(LEAST[drill.size] - len(first), 0)]]


def _places_in_turn(drill: Drill, some: list[Candidate]) -> list[Candidate]:
    """Return the candidates of a theme: the weightiest of each place, those with somebody at the table first, then the second of each."""
    ordered = sorted(
        some, key=lambda one: (not drill.at_table[one.about], -one.weight, one.t_min, one.record, one.event)
    )
    before: dict[tuple[int, str], int] = defaultdict(int)
    turns: list[tuple[int, Candidate]] = []
    for candidate in ordered:
        turns.append((before[candidate.about, candidate.story], candidate))
        before[candidate.about, candidate.story] += 1
    return [candidate for _, candidate in sorted(turns, key=itemgetter(0))]
