"""A study of options from its first run to what it finds: screening, finals, and once more with what is not known drawn anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.errors import Fault, InputError, Text
from sim.measures.naming import naming
from sim.scenario import Scenario, load_scenario
from sim.scenario.options import exclusive
from sim.study.compare.tables import effect_of
from sim.study.engines import Engine
from sim.study.nights import Nights
from sim.study.options.draws import drawn_again
from sim.study.options.finals import (
    Values,
    Verdict,
    beaten,
    carried,
    confidence_of,
    frontier,
    gain_of,
    harms,
    interactions,
    last_part,
    steps_between,
    verdict,
)
from sim.study.options.folder import OptionsFolder
from sim.study.options.found import Found, Objective, Option, Reason, Step, Tried, affordable
from sim.study.options.measure import objective_of, set_against
from sim.study.options.places import placed
from sim.study.options.portfolios import (
    Candidate,
    Members,
    chained,
    cost_of,
    finalists_of,
    steps_of,
)
from sim.study.options.stage import Stage, settings_of
from sim.study.study import Watch

_AS_IS, _SCREENING, _FINALS = (
    Text("维持现状，推演", "runs as it is"),
    Text("初筛，推演", "runs of the screening"),
    Text("决选，推演", "runs of the finals"),
)
"""What is played, as progress calls it."""


def found_out(folder: OptionsFolder, scenario: Scenario, engine: Engine, watch: Watch) -> Found:
    """Play what is missing of a study of options, and return what it finds.

    Raises
    ------
    InputError
        if the scenario does not simulate what options are to be measured by
    """
    asked, stage = folder.asked, Stage(folder, engine, watch)
    before = stage.as_it_is(asked.screening, _AS_IS)
    objective, names = objective_of(asked.objective, scenario, before), naming(scenario)
    options = placed(scenario, before, names, asked.years)
    trial = Trial(stage, scenario, {one.id: one for one in options}, objective)
    alone = [(one.id,) for one in options if affordable(one.cost_wan, asked.budget_wan)]
    screened = trial.of(alone, before, _SCREENING)
    candidates, dropped = sieved(options, screened, objective)

    def apart(one: str, other: str) -> bool:
        return exclusive(one, other, scenario.plan.options)

    chain, left = chained(candidates, apart, asked.budget_wan)
    steps = steps_of(chain, candidates)
    finals = trial.finals(finalists_of(steps, candidates, apart, asked.budget_wan), steps, asked.budget_wan)
    tried, chosen = finals.finalists, finals.verdict.recommended
    judged = {own for one in tried if affordable(one.cost_wan, asked.budget_wan) for own in one.members}
    reasons = dict[str, Reason]({one.id: "crowded" for one in candidates}) | dropped | left
    return Found(
        scenario,
        asked,
        options,
        objective,
        screened,
        {one: why for one, why in reasons.items() if one not in judged},
        tried,
        finals.steps,
        interactions([one.members for one in tried], finals.values, objective),
        frontier([one.cost_wan for one in tried], [gain_of(one.objective, objective) for one in tried]),
        beaten(tried, objective),
        chosen,
        finals.verdict.taken_out,
        () if chosen is None else carried(tried[chosen], tried, finals.steps, objective),
        None if chosen is None else last_part(tried[chosen], tried, objective),
        drawn_again(stage, scenario, trial.options, tried, objective) if asked.draws and tried else None,
        names,
    )


def sieved(
    options: Sequence[Option], screened: Sequence[Tried], objective: Objective
) -> tuple[list[Candidate], dict[str, Reason]]:
    """Return the options that the screening found better, those that cost money surely so, in their order, and why the others are dropped."""
    candidates, dropped = [], dict[str, Reason]()
    known = {one.members[0]: one.objective for one in screened}
    for option in options:
        how = known.get(option.id)
        if how is None:
            dropped[option.id] = "too_dear"
        elif how.effect == "same":
            dropped[option.id] = "no_effect"
        elif harms(how, objective):
            dropped[option.id] = "harmful"
        elif gain_of(how, objective) <= 0:
            dropped[option.id] = "no_gain"
        elif option.cost_wan > 0 and effect_of(how.effect, objective.better) != "better":
            dropped[option.id] = "unsure"  # no money is spent on luck
        else:
            candidates.append(Candidate(option.id, option.cost_wan, gain_of(how, objective)))
    return candidates, dropped


@dataclass(frozen=True)
class Finals:
    """The finalists, the steps of the chain, what is recommended, and the objective of each portfolio run by run."""

    finalists: tuple[Tried, ...]
    steps: tuple[Step, ...]
    verdict: Verdict
    values: Values


@dataclass(frozen=True)
class Trial:
    """What it takes to try options: where they are played, the scenario, the options by their ids, and by what they are measured."""

    stage: Stage
    scenario: Scenario
    options: dict[str, Option]
    objective: Objective

    @property
    def costs(self) -> dict[str, float]:
        """What each option costs, in 万元."""
        return {name: one.cost_wan for name, one in self.options.items()}

    def of(self, portfolios: Sequence[Members], base: Nights, what: Text) -> tuple[Tried, ...]:
        """Return what portfolios do in the runs of the scenario as it is; the intervals hold for all of them together."""
        settings = [settings_of(one, self.options) for one in portfolios]
        for members, own in zip(portfolios, settings, strict=True):
            if len(members) > 1:
                self._check(members, own)
        played = self.stage.changed(settings, [base.replications] * len(portfolios), what)
        asked, confidence = self.stage.folder.asked.study, confidence_of(len(portfolios))
        return tuple(
            set_against(one, cost_of(one, self.costs), self.objective, self.scenario, asked, (base, nights), confidence)
            for one, nights in zip(portfolios, played, strict=True)
        )

    def _check(self, members: Members, settings: tuple[str, ...]) -> None:
        """Refuse a portfolio that makes no scenario: each of its options does by itself, but not all of them together."""
        asked = self.stage.folder.asked.study
        try:
            load_scenario(asked.scenario, (*asked.overrides, *settings), like=self.scenario)
        except InputError as error:
            wrong = error.faults[0]
            problem = Text(
                f"这几项措施不能一起采用：{wrong.key}，{wrong.problem.zh}",
                f"these options cannot be taken together: {wrong.key}, {wrong.problem.en}",
            )
            remedy = Text("在其中一项写 excludes，再另做一次", "write excludes in one of them, and begin another study")
            raise InputError([Fault(asked.scenario, 0, 0, "options", " + ".join(members), problem, remedy)]) from error

    def finals(self, portfolios: Sequence[Members], steps: Members, budget_wan: float | None) -> Finals:
        """Play the finals, and again with what must be taken out of the favourite taken out of it, until that one is clean."""
        if not portfolios:
            return Finals((), (), Verdict(None, (), ()), {})
        base = self.stage.as_it_is(self.stage.folder.asked.finals_runs, _AS_IS)
        while True:
            tried = self.of(portfolios, base, _FINALS)
            values = {frozenset(one.members): one.values[1] for one in tried} | {frozenset(): tried[0].values[0]}
            told = steps_between(steps, values, self.objective, self.costs)
            said = verdict(tried, told, self.objective, budget_wan)
            if not said.play:
                return Finals(tried, told, said, values)
            portfolios = [*portfolios, said.play]
