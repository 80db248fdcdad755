"""Parts of a study beside its nights: some of the nights once more, under the same luck, with something of the scenario changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sim.study.engines import Engine, Job, Variant, jobs_of
from sim.study.folder import StudyFolder
from sim.study.nights import Nights, joined

_KNOWN = "uncertain={}"
"""A changed scenario says nothing of what is not known: what was changed may lie outside its range."""

_AT_A_TIME = 20
"""So many nights go to a worker at a time: more than of a whole study, as each part has a scenario of its own to load."""


@dataclass(frozen=True)
class Part:
    """The nights ``replications`` with ``settings`` laid over the scenario; ``name``: its folder inside that of the study."""

    name: str
    settings: tuple[str, ...]
    replications: tuple[int, ...]

    def lacks(self, folder: StudyFolder) -> list[int]:
        """Return the nights that are not there yet."""
        return missing(folder.done(self.name), self.replications)

    def jobs(self, folder: StudyFolder) -> list[Job]:
        """Return what is to be played still."""
        asked = folder.asked
        variant = Variant(asked.scenario, (*asked.overrides, *self.settings, _KNOWN))
        return jobs_of(variant, self.lacks(folder), _AT_A_TIME)

    def nights(self, folder: StudyFolder) -> Nights:
        """Return the nights, which must all have been played."""
        return joined(folder.done(self.name)).numbered(self.replications)


def fill(folder: StudyFolder, parts: Sequence[Part], engine: Engine) -> Iterator[Nights]:
    """Play what is missing of some parts, side by side, keep of it what is of the county, and yield nights as they are finished."""
    jobs = [(part, job) for part in parts for job in part.jobs(folder)]
    for (part, _), nights in zip(jobs, engine.play([job for _, job in jobs]), strict=True):
        folder.keep(nights.county(), part.name)
        yield nights


def missing(have: Iterable[Nights], numbers: Iterable[int]) -> list[int]:
    """Return the nights of ``numbers`` that are not there yet."""
    known = {number for one in have for number in one.replications}
    return [number for number in numbers if number not in known]
