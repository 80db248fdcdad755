"""A study of options begun or gone on with, as the command line asks for it: the scenario and every option are read before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sim.errors import Fault, InputError, Text
from sim.scenario import Scenario, load_scenario
from sim.scenario.options import digest_of
from sim.study.begin import need_ranges
from sim.study.folder import Asked
from sim.study.options.draws import RUNS_EACH
from sim.study.options.folder import OptionsAsked, OptionsFolder
from sim.study.options.measure import known_objectives, refuse_objective, usual_objective
from sim.study.options.portfolios import MOST
from sim.units import BEIJING

_SCREEN, _FINALS = 20, 100
"""How many runs the screening and the finals have by default."""
_ONLY_RESUME = Text("只写 --resume，可加 --draws", "give --resume only, with --draws")


@dataclass(frozen=True)
class Wanted:
    """What may be asked of a study of options; ``None``: as usual."""

    budget_wan: float | None = None
    objective: str | None = None
    screen: int | None = None
    finals: int | None = None
    draws: int | None = None
    years: int | None = None


def read(path: Path | None, overrides: tuple[str, ...], wanted: Wanted) -> tuple[Scenario, OptionsAsked]:
    """Return a scenario with options, and what is asked of them.

    Raises
    ------
    InputError
        with every fault of the scenario or of its options; or there are none, or what is asked cannot be
    """
    if path is None:
        problem = Text("没有写情景文件", "no scenario is named")
        remedy = Text("写明情景文件，或用 --resume 接着做", "name one, or go on with --resume")
        raise InputError([Fault("", 0, 0, "", "", problem, remedy)])
    scenario = _with_options(path, overrides)
    plan = scenario.plan
    objective = wanted.objective or usual_objective(plan)
    known = known_objectives(plan)
    if objective.partition("@")[0] not in known:
        raise refuse_objective(objective, known)
    need_ranges(scenario, wanted.draws)
    screen, finals = wanted.screen or _SCREEN, wanted.finals or _FINALS
    study = Asked(str(path.resolve()), overrides, scenario.hash, plan.seed, screen + finals)
    digest = digest_of(plan.options)
    asked = OptionsAsked(
        study, digest, objective, wanted.budget_wan, screen, finals, wanted.draws or 0, wanted.years or 1
    )
    return scenario, asked


def _with_options(path: Path, overrides: tuple[str, ...]) -> Scenario:
    """Return a scenario that has options, each of which makes a scenario."""
    scenario = load_scenario(path, overrides, options=True)
    if not scenario.plan.options:
        problem = Text("情景里没有能力提升措施（options）", "the scenario has no options")
        remedy = Text(
            "写明有哪些措施，例如继承 configs/options/yunyang.yaml",
            "say which there are, such as by extending configs/options/yunyang.yaml",
        )
        raise InputError([Fault(str(path), 0, 0, "options", "", problem, remedy)])
    return scenario


def begun(scenario: Scenario, asked: OptionsAsked, out: Path | None) -> OptionsFolder:
    """Return the folder of a new study of options.

    Raises
    ------
    InputError
        if something stands there, or it cannot be made
    """
    place = out or Path("results") / scenario.plan.name / f"{datetime.now(BEIJING):%Y%m%d-%H%M%S}-options"
    return OptionsFolder.begin(place, asked)


def gone_on_with(path: Path, draws: int | None, given: Mapping[str, object]) -> tuple[OptionsFolder, Scenario]:
    """Return a study of options that was begun, and its scenario; ``given``: what else was asked, which must be ``None``.

    The options may have changed, such as by costs that are known now: what was played of them is played, what was not is lacking.

    Raises
    ------
    InputError
        if anything else is asked, the scenario is at fault or has changed, or there is no such study
    """
    problem = Text("接着做时不能再写", "it cannot be given when a study goes on")
    faults = [
        Fault(option, 0, 0, "", str(value), problem, _ONLY_RESUME)
        for option, value in given.items()
        if value is not None
    ]
    if faults:
        raise InputError(faults)
    folder = OptionsFolder.resume(path)
    scenario = _with_options(Path(folder.asked.study.scenario), folder.asked.study.overrides)
    folder.runs.check(scenario)
    had = folder.asked.draws
    if draws is not None:
        need_ranges(scenario, draws)
        if draws < had:
            problem = Text(f"原来是{had}，不能减少", f"{had} were asked before: they cannot become fewer")
            remedy = Text("写更大的数，或另做一次", "ask more, or begin another study")
            raise InputError([Fault("--draws", 0, 0, "", str(draws), problem, remedy)])
    folder.ask(digest_of(scenario.plan.options), had if draws is None else draws)
    return folder, scenario


def most_runs(scenario: Scenario, asked: OptionsAsked) -> int:
    """Return how many runs there are at most."""
    screened = 1 + len(scenario.plan.options)
    return screened * asked.screen + (1 + MOST) * (asked.finals + asked.draws * RUNS_EACH)
