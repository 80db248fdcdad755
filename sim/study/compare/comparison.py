"""Scenarios compared under the same luck: the first is the base (对照情景), every other is set against it, number by number.

Nothing is compared that is not the same thing in both: a requirement with another limit is another requirement, and villages are compared
where the places of the counties are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.measures.coverage import NANOMINUTE
from sim.measures.digest import LEVELS
from sim.measures.naming import Naming, naming
from sim.scenario import Scenario
from sim.scenario.differences import Setting, differences
from sim.study.compare.folder import Compared, CompareFolder
from sim.study.compare.paired import Effect, Moved, Shares, least_apart, moved, paired_interval, shares
from sim.study.engines import Engine
from sim.study.nights import Nights
from sim.study.requirements import Requirement, kept, requirements, simulated
from sim.study.study import Study, Watch, played
from sim.study.study_tables import name_of, verdicts
from sim.study.verdict import Judged

Floats = NDArray[np.float64]
Better = Literal["more", "less"]
"""Which direction of a number is the better one."""
_OF_WORDS = ("id", "name", "probability", "applies_to", "source", "status")
"""What of a requirement says nothing of what must happen by when."""
NUMBERS: Mapping[str, tuple[str, Better]] = {
    "release_min": ("min", "less"),
    "told_50_min": ("min", "less"),
    "told_90_min": ("min", "less"),
    "told_95_min": ("min", "less"),
    "share_15min": ("1", "more"),
    "share_30min": ("1", "more"),
    "share_60min": ("1", "more"),
    "never_households": ("household", "less"),
    "exposed_at_onset_persons": ("person", "less"),
    "safe_before_onset_persons": ("person", "more"),
    "villages_never_reached": ("village", "less"),
    "dark_villages_max": ("village", "less"),
    "dark_villages_60min": ("village", "less"),
}
"""The numbers of the county that are compared, their units, and which direction is better; ``told_…`` counts from the release."""
_MAIN = ("told_95_min", "share_60min", "share_30min", "share_15min", "told_90_min", "told_50_min", "release_min")
"""Of which number it is said how much the pairing helped: the first of these, else of all, that every run has and that varies."""


@dataclass(frozen=True)
class OfRequirement:
    """One requirement in both scenarios."""

    id: str
    name: str
    base: Judged
    other: Judged
    pairs: Shares


@dataclass(frozen=True)
class OfNumber:
    """One number of the county in both scenarios; ``requirement``: the id of that whose minutes it counts, empty for others."""

    measure: str
    unit: str
    better: Better
    requirement: str
    name: str
    moved: Moved


@dataclass(frozen=True)
class Uncompared:
    """A requirement that is not the same in both: its plan in either, ``None`` where there is none."""

    id: str
    base: Requirement | None
    other: Requirement | None


@dataclass(frozen=True, eq=False)
class OfPlaces:
    """One requirement in the places of one level: how often each was late by itself, in pairs; shapes (places,).

    The intervals hold for all places of the level together (Bonferroni). ``place`` the index in the county.
    """

    requirement: str
    name: str
    level: str
    place: NDArray[np.int64]
    base_late: NDArray[np.int64]
    other_late: NDArray[np.int64]
    only_base: NDArray[np.int64]
    only_other: NDArray[np.int64]
    low: Floats
    high: Floats

    @property
    def least_apart(self) -> int:
        """How many runs of one place must differ, all in one direction, before anything is sure of it."""
        return least_apart(_confidence(len(self.place)))

    @property
    def effect(self) -> list[Effect]:
        """What may be said of how often each is late."""
        return [
            "same" if same else "more" if low > 0 else "less" if high < 0 else "open"
            for same, low, high in zip(self.only_base + self.only_other == 0, self.low, self.high, strict=True)
        ]


@dataclass(frozen=True, eq=False)
class Against:
    """One scenario set against the base.

    ``uncompared`` are requirements that only one of them has, or that ask for something else; ``one_sided`` the numbers that only one of
    them simulates; ``runs`` what each number was run by run, in the base and in the other, shapes (runs,).
    """

    name: str
    study: Study
    settings: tuple[Setting, ...]
    requirements: tuple[OfRequirement, ...]
    uncompared: tuple[Uncompared, ...]
    numbers: tuple[OfNumber, ...]
    one_sided: tuple[str, ...]
    places: tuple[OfPlaces, ...]
    same_places: bool
    runs: Mapping[str, tuple[Floats, Floats]]

    @property
    def main(self) -> OfNumber | None:
        """The number of which it is said how much the pairing helped; ``None`` where none will do."""
        known = {one.measure: one for one in self.numbers if one.moved.variance_ratio is not None}
        return next((known[measure] for measure in (*_MAIN, *known) if measure in known), None)


@dataclass(frozen=True, eq=False)
class Comparison:
    """A base and what is set against it; ``compared`` says of each, the base first, what was asked."""

    compared: tuple[Compared, ...]
    studies: tuple[Study, ...]
    others: tuple[Against, ...]
    names: Naming

    @property
    def base(self) -> Study:
        """The study of the base."""
        return self.studies[0]

    @property
    def runs(self) -> int:
        """How many runs of each there are."""
        return self.base.count


def played_all(
    folder: CompareFolder, scenarios: Sequence[Scenario], engine: Engine, watch_of: Callable[[str], Watch]
) -> Comparison:
    """Play what is missing of a comparison, one scenario after the other, and return it; ``watch_of`` gives what shows the progress of each."""
    studies = [
        played(study, scenario, engine, watch_of(one.name))
        for study, scenario, one in zip(folder.studies, scenarios, folder.compared, strict=True)
    ]
    return comparison(folder.compared, studies)


def comparison(compared: Sequence[Compared], studies: Sequence[Study]) -> Comparison:
    """Return what studies with the same runs say of each other; names are shown where no scenario rests on made-up data."""
    base, *others = studies
    names = naming(next((one.scenario for one in studies if one.scenario.synthetic), base.scenario))
    against = tuple(_against(one.name, base, other) for one, other in zip(compared[1:], others, strict=True))
    return Comparison(tuple(compared), tuple(studies), against, names)


def _against(name: str, base: Study, other: Study) -> Against:
    plans = [judged_by(study) for study in (base, other)]
    common = {own: plan for own, plan in plans[0].items() if own in plans[1] and _same(plan, plans[1][own])}
    ids = dict.fromkeys([*plans[0], *plans[1]])
    apart = tuple(Uncompared(own, plans[0].get(own), plans[1].get(own)) for own in ids if own not in common)
    told = [measured(study.nights, common) for study in (base, other)]
    runs = {measure: (told[0][measure], told[1][measure]) for measure in told[0] if measure in told[1]}
    one_sided = tuple(measure for measure in NUMBERS if sum(measure in one for one in told) == 1)
    same_places = _same_places(base.scenario, other.scenario)
    return Against(
        name,
        other,
        differences(base.scenario, other.scenario),
        tuple(of_requirements(common, base, other)),
        apart,
        tuple(of_numbers(common, runs)),
        one_sided,
        tuple(_of_places(common, base, other)) if same_places else (),
        same_places,
        runs,
    )


def judged_by(study: Study) -> dict[str, Requirement]:
    """Return the requirements that a scenario simulates."""
    plans = requirements(study.scenario, study.nights)
    return {own: plan for own, plan in plans.items() if simulated(study.nights, own)}


def _same(one: Requirement, other: Requirement) -> bool:
    """Tell whether two requirements ask the same of the same."""
    asks = [plan.model_dump(exclude=set(_OF_WORDS)) for plan in (one, other)]
    return type(one) is type(other) and asks[0] == asks[1]


def _same_places(one: Scenario, other: Scenario) -> bool:
    places = [scenario.county.places for scenario in (one, other)]
    return places[0].code == places[1].code and np.array_equal(places[0].level, places[1].level)


def of_requirements(
    common: Mapping[str, Requirement], base: Study, other: Study, confidence: float = 0.95
) -> Iterator[OfRequirement]:
    """Yield how each requirement that both have differs."""
    judged = [verdicts(study) for study in (base, other)]
    for own, plan in common.items():
        met = [kept(study.nights, own) for study in (base, other)]
        yield OfRequirement(own, name_of(own, plan), judged[0][own], judged[1][own], shares(met[0], met[1], confidence))


def measured(nights: Nights, common: Mapping[str, Requirement]) -> dict[str, Floats]:
    """Return of each number of the county that the nights have, and of each requirement, what it was, shape (runs,)."""
    have = {column.measure for column in nights.columns}
    values = {measure: nights.of_county(measure) for measure in NUMBERS if measure in have}
    released = nights.of_county("release_min")
    for share in (50, 90, 95):
        told = nights.of_county(f"warned_p{share}_min")
        never = np.isinf(told) | np.isinf(released)
        values[f"told_{share}_min"] = np.where(
            never, np.inf, np.where(never, 0.0, told) - np.where(never, 0.0, released)
        )
    taken = {f"target:{own}:min": np.nan_to_num(nights.of_county(f"target:{own}:min"), posinf=np.inf) for own in common}
    return {measure: values[measure] for measure in NUMBERS if measure in values} | taken


def of_numbers(
    common: Mapping[str, Requirement], runs: Mapping[str, tuple[Floats, Floats]], confidence: float = 0.95
) -> Iterator[OfNumber]:
    """Yield how each number differs, given what it was run by run in the base and in the other."""
    plans = {f"target:{own}:min": (own, name_of(own, plan)) for own, plan in common.items()}
    for measure, pair in runs.items():
        unit, better = NUMBERS.get(measure, ("min", "less"))
        yield OfNumber(measure, unit, better, *plans.get(measure, ("", "")), moved(*pair, confidence))


def _of_places(common: Mapping[str, Requirement], base: Study, other: Study) -> Iterator[OfPlaces]:
    county, runs = base.scenario.county, base.count
    for own, plan in common.items():
        place, mine = base.nights.of_measure(f"target:{own}:min")
        other_place, theirs = other.nights.of_measure(f"target:{own}:min")
        both = np.intersect1d(place, other_place)
        row, other_row = (np.searchsorted(where, both, sorter=np.argsort(where)) for where in (place, other_place))
        mine, theirs = mine[:, np.argsort(place)[row]], theirs[:, np.argsort(other_place)[other_row]]
        meant = ~(np.isnan(mine) | np.isnan(theirs)).any(axis=0)
        for level_id in LEVELS:
            level = county.level_index(level_id)
            here = meant & (county.places.level[both] == (-1 if level is None else level))
            if not here.any():
                continue
            late = [values[:, here] > plan.within_min + NANOMINUTE for values in (mine, theirs)]
            only_base, only_other = ((one & ~two).sum(axis=0) for one, two in (late, reversed(late)))
            low, high = paired_interval(only_other, only_base, runs, _confidence(int(here.sum())))
            counts = (late[0].sum(axis=0), late[1].sum(axis=0), only_base, only_other)
            yield OfPlaces(own, name_of(own, plan), level_id, both[here], *counts, low, high)


def _confidence(places: int) -> float:
    """Return the confidence that each of so many places needs, for all to hold together with 95 % (Bonferroni)."""
    return 1 - 0.05 / places
