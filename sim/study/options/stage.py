"""Where the runs of a study of options are played: the scenario as it is, and with options, each kept as it comes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sim.errors import Text
from sim.study.engines import Engine, jobs_of
from sim.study.nights import Nights, joined
from sim.study.options.folder import OptionsFolder
from sim.study.options.found import Option
from sim.study.options.portfolios import Members
from sim.study.parts import missing
from sim.study.study import Watch, filled


@dataclass(frozen=True)
class Stage:
    """The folder of a study of options and who plays for it; ``watch`` shows the progress."""

    folder: OptionsFolder
    engine: Engine
    watch: Watch

    def as_it_is(self, numbers: Sequence[int], what: Text) -> Nights:
        """Return runs of the scenario as it is, with all that is known of its places."""
        runs = self.folder.runs
        lacking = missing(runs.done(), numbers)
        if lacking:
            for _ in self.watch(self._kept(lacking), len(lacking), what):
                pass  # each is kept as it comes
        return joined(runs.done()).numbered(numbers)

    def _kept(self, numbers: Sequence[int]) -> Iterator[Nights]:
        for nights in self.engine.play(jobs_of(self.folder.asked.study.variant, numbers)):
            self.folder.runs.keep(nights)
            yield nights

    def changed(
        self, settings: Sequence[tuple[str, ...]], numbers: Sequence[Sequence[int]], what: Text
    ) -> list[Nights]:
        """Return runs with settings, of each so many numbers, side by side over the workers; of the county only."""
        parts = [self.folder.part(own, runs) for own, runs in zip(settings, numbers, strict=True)]
        filled(self.folder.runs, parts, self.engine, self.watch, what)
        return [part.nights(self.folder.runs) for part in parts]


def settings_of(members: Members, options: Mapping[str, Option]) -> tuple[str, ...]:
    """Return what a portfolio sets, in the order of the scenario: the same whoever was taken first."""
    return tuple(setting for name, own in options.items() if name in members for setting in own.settings)
