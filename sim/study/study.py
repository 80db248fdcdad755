"""A study: nights are played until there are as many as asked, or until every requirement is known to the precision asked.

However many workers play, in whatever order they finish, and however often the study was stopped, its nights are those numbered 0 to n − 1,
and what follows from them is the same to the byte.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sim.errors import Fault, InputError, Text
from sim.scenario import Scenario
from sim.study.counterfactual import withouts
from sim.study.engines import Engine, jobs_of
from sim.study.folder import Asked, StudyFolder
from sim.study.ignorance import drawn
from sim.study.intervals import any_time_interval
from sim.study.nights import Nights, joined
from sim.study.parts import Part, fill, missing
from sim.study.requirements import kept

LOOK_EVERY = 20
"""With a precision asked, the study looks whether it is reached after so many nights, and again after as many more."""


@dataclass(frozen=True, eq=False)
class Study:
    """So many nights of a scenario, and what was asked of them.

    ``without``: those that missed a requirement, played again without one step or another; ``draws``: the first nights with each draw of
    what is not known. Both of the county only, and empty where nobody asked.
    """

    scenario: Scenario
    asked: Asked
    nights: Nights
    without: Mapping[str, Nights] = field(default_factory=dict)
    draws: Sequence[Nights] = ()

    @property
    def count(self) -> int:
        """How many nights there are."""
        return len(self.nights.replications)


Watch = Callable[[Iterable[Nights], int, Text], Iterable[Nights]]
"""Shows progress: gets portions of nights, how many nights there are at most and what they are, gives the same portions."""
PLAYED, _WITHOUT, _DRAWS = (
    Text("推演", "runs"),
    Text("去掉各环节再推演", "runs without a step"),
    Text("取值不同再推演", "runs of draws"),
)
"""What is played, as progress calls it."""


@dataclass(frozen=True)
class Wishes:
    """What may be asked of a study, a new one or one that goes on: see ``Asked``; ``None``: as it is."""

    nights: int | None = None
    limits_share: float | None = None
    decisive: bool = False
    draws: int | None = None


def extended(folder: StudyFolder, wishes: Wishes) -> StudyFolder:
    """Ask more nights of a study, or something else of them; nights that were played stay.

    Raises
    ------
    InputError
        if fewer nights or draws are asked than before
    """
    asked = folder.asked
    wanted = (("--nights", asked.nights, wishes.nights), ("--draws", asked.draws, wishes.draws))
    fewer = [_fewer(option, had, now) for option, had, now in wanted if now is not None and now < had]
    if fewer:
        raise InputError(fewer)
    now = replace(
        asked,
        nights=wishes.nights or asked.nights,
        extended=asked.extended or (wishes.nights or 0) > asked.nights,
        limits_share=asked.limits_share if wishes.limits_share is None else wishes.limits_share,
        decisive=asked.decisive or wishes.decisive,
        draws=asked.draws if wishes.draws is None else wishes.draws,
    )
    if now != asked:
        folder.ask(now)
    return folder


def _fewer(option: str, had: int, wanted: int) -> Fault:
    problem = Text(f"原来是{had}，不能减少", f"{had} were asked before: they cannot become fewer")
    remedy = Text("写更大的数，或另做一项研究", "ask more, or begin another study")
    return Fault(option, 0, 0, "", str(wanted), problem, remedy)


def played(folder: StudyFolder, scenario: Scenario, engine: Engine, watch: Watch) -> Study:
    """Play what is missing of a study, keeping each night as it is finished, and return the whole."""
    asked, have = folder.asked, folder.done()
    lacking = missing(have, range(asked.nights))
    for nights in watch(_wanted(folder, have, lacking, engine), len(lacking), PLAYED):
        have.append(nights)
    whole = joined(have)
    nights = whole.first(_enough(whole, asked) or asked.nights)
    without = withouts(scenario, nights) if asked.decisive else {}
    draws = drawn(scenario, asked.draws)
    for parts, what in (([*without.values()], _WITHOUT), (draws, _DRAWS)):
        filled(folder, parts, engine, watch, what)
    again = {removal: part.nights(folder) for removal, part in without.items()}
    return Study(scenario, asked, nights, again, [part.nights(folder) for part in draws])


def filled(folder: StudyFolder, parts: Sequence[Part], engine: Engine, watch: Watch, what: Text) -> None:
    """Play what is missing of some parts, and show how far it has come."""
    if lacking := sum(len(part.lacks(folder)) for part in parts):
        for _ in watch(fill(folder, parts, engine), lacking, what):
            pass  # each is kept as it comes


def _wanted(folder: StudyFolder, have: list[Nights], lacking: list[int], engine: Engine) -> Iterator[Nights]:
    """Yield nights that are missing, each kept in the folder before it is given, until there are enough."""
    asked = folder.asked
    if have and _enough(joined(have), asked) is not None:
        return
    at_a_time = len(lacking) if asked.precision is None else LOOK_EVERY
    for first in range(0, len(lacking), max(at_a_time, 1)):
        for nights in engine.play(jobs_of(asked.variant, lacking[first : first + at_a_time])):
            folder.keep(nights)
            yield nights
        if _enough(joined(have), asked) is not None:
            return


def _enough(nights: Nights, asked: Asked) -> int | None:
    """Return the least number of nights, of those looked at, at which the precision asked is reached; ``None`` if it is not, or none is asked.

    Only nights without a gap before them count, so that the number does not hang on who played what first.
    """
    if asked.precision is None:
        return None
    whole = next((n for n, number in enumerate(nights.replications) if n != number), len(nights.replications))
    met = [kept(nights, own) for own in nights.requirements]
    for count in range(LOOK_EVERY, min(whole, asked.nights) + 1, LOOK_EVERY):
        ends = [any_time_interval(int(one[:count].sum()), count) for one in met]
        if all(high - low <= 2 * asked.precision for low, high in ends):
            return count
    return None
