"""From all that happened to the few things that an exercise tells.

1. within a theme those of different places come in turn, the weightier first   2. each theme has a quota by the size of the exercise
3. first one of every theme, then a second of every theme, and so on, in the order of the themes, until there is no more room
4. nobody is told two things at one minute of the night, and nothing that happened is told twice to one seat
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sim.exercise.injects.candidate import Candidate
from sim.exercise.kit import Size
from sim.exercise.themes import THEMES

MOST: dict[Size, int] = {"village": 16, "enterprise": 12, "township": 32, "county": 44}
"""So many injects of the timeline at most, where the exercise is long enough."""
LEAST: dict[Size, int] = {"village": 10, "enterprise": 6, "township": 18, "county": 24}
"""Where the quotas leave fewer, themes go beyond theirs."""


def selected(candidates: Iterable[Candidate], size: Size, most: int) -> list[Candidate]:
    """Return the candidates that are told, by time; no more than ``most``."""
    found: list[Candidate] = []
    seats: set[tuple[str, float]] = set()
    for candidate in _in_turn(candidates, size):
        if len(found) == most:
            break
        at = (candidate.to.id, candidate.t_min)
        if at not in seats:
            seats.add(at)
            found.append(candidate)
    return sorted(found, key=lambda one: (one.t_min, one.record, one.event, one.to.id))


def _in_turn(candidates: Iterable[Candidate], size: Size) -> list[Candidate]:
    """Return the candidates in the order in which they are taken: those within the quotas, then as many others as are needed."""
    of_theme: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        of_theme[candidate.theme].append(candidate)
    ranked: list[tuple[int, int, Candidate]] = []
    beyond: list[tuple[int, int, Candidate]] = []
    for rank, (name, theme) in enumerate(THEMES.items()):
        for nth, candidate in enumerate(_places_in_turn(of_theme[name])):
            (ranked if nth < theme.most(size) else beyond).append((nth, rank, candidate))
    first, others = ([one[-1] for one in sorted(some, key=lambda one: one[:2])] for some in (ranked, beyond))
    return [*first, *others[: max(LEAST[size] - len(first), 0)]]


def _places_in_turn(some: list[Candidate]) -> list[Candidate]:
    """Return the candidates of a theme: the weightiest of each place, then the second of each, and so on."""
    ordered = sorted(some, key=lambda one: (-one.weight, one.t_min, one.record, one.event))
    before: dict[int, int] = defaultdict(int)
    turns = []
    for position, candidate in enumerate(ordered):
        turns.append((before[candidate.about], position, candidate))
        before[candidate.about] += 1
    return [candidate for *_, candidate in sorted(turns, key=lambda one: one[:2])]
