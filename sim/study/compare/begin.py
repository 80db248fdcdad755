"""A comparison begun or gone on with, as the command line asks for it: every scenario is read before anything is written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from itertools import count
from pathlib import Path

from sim.errors import Fault, InputError, Text, gathered
from sim.scenario import Scenario, load_scenario
from sim.study.compare.folder import Compared, CompareFolder
from sim.study.folder import Asked
from sim.units import BEIJING

_NIGHTS = 100
"""How many runs of each scenario by default."""
_ONLY_RESUME = Text(
    "只写 --resume；对比的次数一开始就定死", "give --resume only; the number of runs is fixed at the beginning"
)


def begun(
    paths: Sequence[Path], overrides: tuple[str, ...], out: Path | None, nights: int | None
) -> tuple[CompareFolder, tuple[Scenario, ...]]:
    """Return the folder of a new comparison and its scenarios, all with the seed of the first.

    Raises
    ------
    InputError
        with every fault of every scenario, or if there are not two
    """
    if len(paths) < 2:
        problem = Text("至少要两个情景才能对比", "a comparison takes two scenarios at least")
        remedy = Text("再写一个情景文件；第一个为对照", "name another one; the first is the base")
        raise InputError([Fault("", 0, 0, "", " ".join(map(str, paths)), problem, remedy)])
    stated = _loaded([(str(path), overrides) for path in paths])
    base = stated[0].plan
    of_luck = [overrides if one.plan.seed == base.seed else (*overrides, f"seed={base.seed}") for one in stated]
    scenarios = tuple(
        one if own == overrides else load_scenario(path, own)
        for one, path, own in zip(stated, paths, of_luck, strict=True)
    )
    compared = [
        Compared(
            name,
            f"{number}-{_plain(name)}",
            one.plan.seed,
            Asked(str(path.resolve()), own, scenario.hash, base.seed, nights or _NIGHTS),
        )
        for number, (name, one, path, own, scenario) in enumerate(
            zip(_names(stated, paths), stated, paths, of_luck, scenarios, strict=True), start=1
        )
    ]
    place = out or Path("results") / base.name / f"{datetime.now(BEIJING):%Y%m%d-%H%M%S}-compare"
    return CompareFolder.begin(place, compared), scenarios


def gone_on_with(path: Path, given: dict[str, object]) -> tuple[CompareFolder, tuple[Scenario, ...]]:
    """Return a comparison that was begun and its scenarios, which must be what they were; ``given``: other options, which must be ``None``.

    Raises
    ------
    InputError
        if anything else is asked, a scenario is at fault or has changed, or there is no comparison
    """
    problem = Text("接着做时不能再写", "it cannot be given when a comparison goes on")
    faults = [
        Fault(option, 0, 0, "", str(value), problem, _ONLY_RESUME)
        for option, value in given.items()
        if value is not None
    ]
    if faults:
        raise InputError(faults)
    folder = CompareFolder.resume(path)
    scenarios = _loaded([(one.asked.scenario, one.asked.overrides) for one in folder.compared])
    for study, scenario in zip(folder.studies, scenarios, strict=True):
        with gathered(faults):
            study.check(scenario)
    if faults:
        raise InputError(faults)
    return folder, scenarios


def _loaded(variants: Sequence[tuple[str, tuple[str, ...]]]) -> tuple[Scenario, ...]:
    """Return scenarios, or the faults of all of them."""
    scenarios, faults = [], list[Fault]()
    for path, overrides in variants:
        with gathered(faults):
            scenarios.append(load_scenario(path, overrides))
    if faults:
        raise InputError(faults)
    return tuple(scenarios)


def _names(scenarios: Sequence[Scenario], paths: Sequence[Path]) -> list[str]:
    """Return what each is called, no two alike: its title; where one has that of another, as those that extend it do, all go by their files."""
    titles = [one.plan.title or one.plan.name for one in scenarios]
    names = titles if len(set(titles)) == len(titles) else [path.stem for path in paths]
    told: list[str] = []
    for name in names:
        numbered = (name if number == 1 else f"{name} ({number})" for number in count(1))
        told.append(next(one for one in numbered if one not in told))
    return told


def _plain(name: str) -> str:
    """Return a name as the end of the name of a folder."""
    return re.sub(r"[^\w-]+", "-", name).strip("-")[:40] or "-"
