"""Parts of a study beside its nights: some of the nights once more, under the same luck, with something of the scenario changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sim.study.engines import Engine, Variant, portions_of
from sim.study.folder import StudyFolder
from sim.study.nights import Nights, joined

_KNOWN = "uncertain={}"
"""A changed scenario says nothing of what is not known: what was changed may lie outside its range."""


@dataclass(frozen=True)
class Part:
    """The nights ``replications`` with ``settings`` laid over the scenario; ``name``: its folder inside that of the study."""

    name: str
    settings: tuple[str, ...]
    replications: tuple[int, ...]

    def play(self, folder: StudyFolder, engine: Engine) -> Iterator[Nights]:
        """Play what is missing, keep of it what is of the county, and yield nights as they are finished."""
        asked = folder.asked
        variant = Variant(asked.scenario, (*asked.overrides, *self.settings, _KNOWN))
        for nights in engine.play(variant, portions_of(missing(folder.done(self.name), self.replications))):
            folder.keep(nights.county(), self.name)
            yield nights

    def nights(self, folder: StudyFolder) -> Nights:
        """Return the nights, which must all have been played."""
        return joined(folder.done(self.name)).numbered(self.replications)


def missing(have: Iterable[Nights], numbers: Iterable[int]) -> list[int]:
    """Return the nights of ``numbers`` that are not there yet."""
    known = {number for one in have for number in one.replications}
    return [number for number in numbers if number not in known]
