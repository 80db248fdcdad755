"""A study: nights are played until there are as many as asked, or until every requirement is known to the precision asked.

However many workers play, in whatever order they finish, and however often the study was stopped, its nights are those numbered 0 to n − 1,
and what follows from them is the same to the byte.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sim.errors import Fault, InputError, Text
from sim.scenario import Scenario
from sim.study.engines import Engine, portions_of
from sim.study.folder import Asked, StudyFolder
from sim.study.intervals import any_time_interval
from sim.study.nights import Nights, joined

LOOK_EVERY = 20
"""With a precision asked, the study looks whether it is reached after so many nights, and again after as many more."""


@dataclass(frozen=True, eq=False)
class Study:
    """So many nights of a scenario, and what was asked of them."""

    scenario: Scenario
    asked: Asked
    nights: Nights

    @property
    def count(self) -> int:
        """How many nights there are."""
        return len(self.nights.replications)


Watch = Callable[[Iterable[Nights], int], Iterable[Nights]]
"""Shows progress: gets portions of nights and how many nights there are at most, gives the same portions."""


def begun(
    scenario: Scenario,
    path: Path,
    overrides: tuple[str, ...],
    out: Path,
    nights: int,
    *,
    precision: float | None,
    limits_share: float | None,
    real_names: bool = False,
) -> StudyFolder:
    """Return a new study in a folder; see ``Asked``."""
    file = str(path.resolve())
    asked = Asked(
        file,
        overrides,
        scenario.hash,
        scenario.plan.seed,
        nights,
        precision,
        limits_share=limits_share,
        real_names=real_names,
    )
    return StudyFolder.begin(out, asked)


def extended(folder: StudyFolder, nights: int | None, limits_share: float | None) -> StudyFolder:
    """Ask more nights of a study, or other limits; nights that were played stay.

    Raises
    ------
    InputError
        if fewer are asked than before
    """
    asked = folder.asked
    if limits_share is not None:
        asked = replace(asked, limits_share=limits_share)
    if nights is not None and nights < asked.nights:
        problem = Text(
            f"原来要推演{asked.nights}次，不能减少",
            f"{asked.nights} runs were asked before: they cannot become fewer",
        )
        remedy = Text("写更大的数，或另做一项研究", "ask more, or begin another study")
        raise InputError([Fault("--nights", 0, 0, "", str(nights), problem, remedy)])
    if nights is not None and nights > asked.nights:
        asked = replace(asked, nights=nights, extended=True)
    if asked != folder.asked:
        folder.ask(asked)
    return folder


def played(folder: StudyFolder, scenario: Scenario, engine: Engine, watch: Watch) -> Study:
    """Play what is missing of a study, keeping each night as it is finished, and return the whole."""
    asked, have = folder.asked, folder.done()
    known = {number for one in have for number in one.replications}
    missing = [number for number in range(asked.nights) if number not in known]
    for nights in watch(_wanted(folder, have, missing, engine), len(missing)):
        have.append(nights)
    whole = joined(have)
    count = _enough(whole, asked) or asked.nights
    return Study(scenario, asked, whole.first(count))


def _wanted(folder: StudyFolder, have: list[Nights], missing: list[int], engine: Engine) -> Iterator[Nights]:
    """Yield nights that are missing, each kept in the folder before it is given, until there are enough."""
    asked = folder.asked
    if have and _enough(joined(have), asked) is not None:
        return
    at_a_time = len(missing) if asked.precision is None else LOOK_EVERY
    for first in range(0, len(missing), max(at_a_time, 1)):
        for nights in engine.play(asked.variant, portions_of(missing[first : first + at_a_time])):
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
    met = [nights.of_county(column.measure) for column in nights.columns if column.measure.endswith(":met")]
    for count in range(LOOK_EVERY, min(whole, asked.nights) + 1, LOOK_EVERY):
        ends = [any_time_interval(int(one[:count].sum()), count) for one in met]
        if all(high - low <= 2 * asked.precision for low, high in ends):
            return count
    return None
