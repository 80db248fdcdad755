"""What every part of the report of options asks again and again: what things are called, what they cost, what they buy."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

from sim.report.compare.amounts import Amounts, points, runs
from sim.report.compare.sentences import name_of
from sim.report.study.about import requirement_name
from sim.report.words.language import Words
from sim.scenario.options import Per, exclusive
from sim.study.compare.comparison import OfNumber
from sim.study.compare.paired import Moved
from sim.study.compare.tables import effect_of
from sim.study.options.found import ROUNDING, Found, InputWorth, Option, Reason, Tried
from sim.study.requirements import Requirement

Outcome = Literal["recommended", "final", "taken_out"] | Reason
Standing = Literal["recommended", "on", "open", "off", "beyond"]
"""A finalist is recommended; or the best on average for so much money; not to be told from the best; surely worse; beyond the budget."""
OUTCOMES: tuple[Outcome, ...] = ("recommended", "final", "taken_out", *get_args(Reason))
"""All that may become of an option, in the order in which they are told."""
LEFT_OUT: tuple[Outcome, ...] = (
    "harmful",
    "taken_out",
    "no_effect",
    "no_gain",
    "unsure",
    "too_dear",
    "excluded",
    "no_room",
    "crowded",
)
"""What became of options that are in no finalist that can be paid, or were taken out of the one recommended."""
_IN_DOCUMENT = "文件"
_WAN, _MANY_WAN = 10_000, 10
_FEW = 2
"""A finalist is told by what it has more, or less, than the recommended one where these are so few."""


@dataclass(frozen=True, eq=False)
class About:
    """What a report is about: what was found out about the options of a scenario, and in which language."""

    found: Found
    words: Words

    @property
    def title(self) -> str:
        """The question that the report answers."""
        return self.words("options.title", county=self.found.scenario.county.name)

    @property
    def scenario_title(self) -> str:
        """What the scenario is called."""
        plan = self.found.scenario.plan
        return plan.title or plan.name

    # --- options and portfolios ---------------------------------------------------------------------------------------

    @property
    def recommended(self) -> Tried | None:
        """The portfolio that is recommended."""
        return None if self.found.recommended is None else self.found.finalists[self.found.recommended]

    def titled(self, own: str) -> str:
        """Return the title of an option, in English that of those that are shipped; with its id where another one bears that title."""
        title = self.found.by_id[own].title
        if self.words.language == "en":
            title = self.words.or_else(f"options.name.{own}", title)
        alike = sum(one.title == title for one in self.found.options) > 1
        return title + self.words("paren", text=own) if alike else title

    def named(self, own: str) -> str:
        """Return the title of an option, in quotes."""
        return self.words("options.quoted", title=self.titled(own))

    def listed(self, ids: Iterable[str]) -> str:
        """Return the titles of options as a list."""
        return self.words.listed(self.named(own) for own in ids)

    def listed_parts(self, parts: Iterable[Iterable[str]]) -> str:
        """Return portfolios as a list, each by the titles of its options."""
        return self.words.listed(self.words("options.plus").join(map(self.named, part)) for part in parts)

    def scheme(self, index: int | None) -> str:
        """Return what a finalist is called beside the others; ``None``: leaving it as it is."""
        if index is None:
            return self.words("options.as_is")
        if index == self.found.recommended:
            return self.words("options.the_recommended")
        members, best = self.found.finalists[index].members, self.recommended
        known = best.members if best is not None else ()
        more, less = ([own for own in one if own not in other] for one, other in ((members, known), (known, members)))
        if not known or len(more) + len(less) > _FEW or len(less) == len(known):
            return self.words("options.scheme", n=index + 1, titles=self.listed(members))
        key = "options.scheme.other" if more and less else "options.scheme.more" if more else "options.scheme.less"
        return self.words(key, n=index + 1, more=self.listed(more), less=self.listed(less))

    def in_short(self, index: int) -> str:
        """Return what a finalist holds, told by one before it where it only adds to that."""
        members, before = self.found.finalists[index].members, self.found.finalists[:index]
        joint = self.words("options.plus")
        for n in sorted(range(len(before)), key=lambda n: -len(before[n].members)):
            if len(before[n].members) > 1 and set(before[n].members) < set(members):
                added = [self.titled(own) for own in members if own not in before[n].members]
                return joint.join([self.words("options.scheme_short", n=n + 1), *added])
        return joint.join(map(self.titled, members))

    def standing(self, index: int) -> Standing:
        """Return whether a finalist is recommended, or beyond the budget; else whether another one is better for the money, surely or on average."""
        found = self.found
        if index == found.recommended:
            return "recommended"
        if not found.affordable(found.finalists[index]):
            return "beyond"
        return "off" if index in found.beaten else "on" if index in found.frontier else "open"

    def alone(self, own: str) -> Tried | None:
        """Return what an option came to alone: on the runs of the finals if it was there, else in the screening."""
        tried = (*self.found.finalists, *self.found.screened)
        return next((one for one in tried if one.members == (own,)), None)

    def outcome(self, own: str) -> Outcome:
        """Return what became of an option."""
        if self.recommended is not None and own in self.recommended.members:
            return "recommended"
        if own in self.found.taken_out:
            return "taken_out"
        return self.found.dropped.get(own, "final")

    def outcome_said(self, own: str) -> str:
        """Return what became of an option, in words."""
        outcome = self.outcome(own)
        rivals, n = self.listed(self._rivals(own)), self.found.asked.screen
        return self.words(f"options.outcome.{outcome}", rivals=rivals, n=n)

    def number(self, one: OfNumber) -> str:
        """Return what a number of the county is called."""
        if one.requirement:
            return self.words("compare.number.taken", name=self.requirement(one.requirement))
        return name_of(one, self.words)

    def with_outcome(self, *outcomes: Outcome) -> list[str]:
        """Return the options of which one of these became, in the order of the outcomes."""
        return [one.id for outcome in outcomes for one in self.found.options if self.outcome(one.id) == outcome]

    def _rivals(self, own: str) -> list[str]:
        """Return the options of the finals that exclude one."""
        plans = {one.id: one.plan for one in self.found.options}
        rivals = [other for other in plans if other != own and exclusive(own, other, plans)]
        finals = {member for one in self.found.finalists for member in one.members}
        return [other for other in rivals if other in finals] or rivals

    def places(self, one: Option) -> list[str]:
        """Return the places that were chosen for an option, as they may be shown."""
        names, levels = self.found.names, self.found.scenario.county.levels
        return [self.words.label(names.label[place.index], levels) for place in one.places]

    def coded(self, text: str) -> str:
        """Return a text in which no official code names a place that may be shown by a code of ours only."""
        return re.sub(r"\w+", lambda word: self._hidden.get(word[0], word[0]), text)

    @cached_property
    def _hidden(self) -> dict[str, str]:
        """Return what is shown in the place of each official code that may not be."""
        places, names, levels = self.found.scenario.county.places, self.found.names, self.found.scenario.county.levels
        return {
            code: self.words.label(label, levels)
            for code, seen, label in zip(places.code, names.code, names.label, strict=True)
            if code != seen
        }

    def unknown_name(self, one: InputWorth) -> str:
        """Return what something that is not known is called: as the planner calls it, else by its places in the scenario."""
        named = self.words.language == "zh" and one.title not in one.paths
        return one.title if named else self.words.listed(map(self.words.key, one.paths))

    # --- money --------------------------------------------------------------------------------------------------------

    def money(self, wan: float) -> str:
        """Return a sum of money without the digits that floating point adds; of none, that it is free."""
        if not wan:
            return self.words("options.free")
        n = f"{wan * _WAN:,.0f}" if self.words.language == "en" else f"{round(wan, 4):.10g}"
        return self.words("options.money", n=n)

    def total(self, wan: float) -> str:
        """Return a sum of costs, or what it leaves of a budget, no finer than a thousand yuan where it is ten thousands of them; half goes up."""
        parts = 10 if wan >= _MANY_WAN else 100
        return (
            self.money(math.floor(wan * parts + 0.5 + ROUNDING) / parts or wan)
            if wan
            else self.words("options.nothing")
        )

    @cached_property
    def within(self) -> str:
        """Within which budget; empty where there is none."""
        budget = self.found.budget_wan
        if budget is None:
            return ""
        return self.words("options.within" if budget else "options.within.nothing", budget=self.money(budget))

    @cached_property
    def recurring(self) -> bool:
        """Whether the cost of any option does not come once only."""
        return any(one.plan.cost.per != "once" and not one.free for one in self.found.options)

    @cached_property
    def counting(self) -> str:
        """How costs that do not come once are counted beside those that do; empty where there are none."""
        return self.words("options.counting", years=self.found.asked.years) if self.recurring else ""

    def per(self, per: Per, said: str) -> str:
        """Return a cost with how often it comes, where that may be asked."""
        return self.words(f"options.per.{per}", money=said) if self.recurring else said

    def bill(self, members: Iterable[str]) -> str:
        """Return what options cost together, a sum for each of what comes once, every year, and with every event."""
        dear = [one for own in members if not (one := self.found.by_id[own]).free]
        sums = {per: [one.plan.cost_wan for one in dear if one.plan.cost.per == per] for per in get_args(Per)}
        said = [
            self.per(per, self.total(math.fsum(own)) if len(own) > 1 else self.money(own[0]))
            for per, own in sums.items()
            if own
        ]
        return self.words.listed(said) or self.words("options.free")

    def left(self, tried: Tried) -> float:
        """Return what something leaves of the budget, in 万元; nothing where there is none, and never less than nothing."""
        return max(round((self.found.budget_wan or 0.0) - tried.cost_wan, 4), 0.0)

    def cost(self, members: Iterable[str]) -> str:
        """Return what options cost together, with a mark where that is not from a document."""
        members = tuple(members)
        return self.bill(members) + self.mark(members)

    def mark(self, members: Iterable[str]) -> str:
        """Return how sure the costs of options are where not all are from documents; of what is free nothing."""
        dear = [own for own in members if not self.found.by_id[own].free]
        doubts = self.doubts(dear)
        if not doubts:
            return ""
        alike = len({self.found.by_id[own].plan.status for own in dear}) == 1
        said = doubts[0] if alike else self.words("options.some", doubts=self.doubtful(dear))
        return self.words("paren", text=said)

    def doubtful(self, members: Iterable[str]) -> str:
        """Return what the costs of options are where they are not from a document, as a list in quotes."""
        return self.words.listed(self.words("options.quoted", title=one) for one in self.doubts(members))

    def doubts(self, members: Iterable[str]) -> list[str]:
        """Return what the costs of options are where they are not from a document."""
        status = [self.found.by_id[own].plan.status for own in members if not self.found.by_id[own].free]
        named = [
            self.words(f"status.{one}") if one else self.words("options.unsourced")
            for one in status
            if one != _IN_DOCUMENT
        ]
        return list(dict.fromkeys(named))

    # --- what it buys -------------------------------------------------------------------------------------------------

    @property
    def of_chance(self) -> bool:
        """Whether options are measured by how often a requirement is kept."""
        return bool(self.found.objective.requirement) and self.found.objective.unit == "1"

    @cached_property
    def objective(self) -> str:
        """What options are measured by."""
        objective = self.found.objective
        if not objective.requirement:
            return self.words(f"compare.number.{objective.key}")
        name = self.requirement(objective.requirement)
        return name if self.of_chance else self.words("compare.number.taken", name=name)

    @cached_property
    def objective_note(self) -> str:
        """The limit of a requirement; what the minutes of runs that never came to it count as; empty where neither is asked."""
        if self.of_chance:
            plan = self._plan_of(self.found.objective.requirement)
            return self.words("options.limit", length=self.words.length(plan.within_min))
        never = self.found.objective.never_min
        return "" if never is None else self.words("options.never", length=self.words.length(never))

    def requirement(self, own: str) -> str:
        """Return what a requirement is called."""
        return requirement_name(self.found.scenario, own, self._plan_of(own), self.words)

    def _plan_of(self, own: str) -> Requirement:
        """Return a requirement by its id."""
        plan = self.found.scenario.plan
        plans: list[Requirement] = [*plan.targets, *plan.call_targets]
        return next(one for one in plans if one.id == own.partition("@")[0])

    def amounts(self, of: int) -> Amounts:
        """Return what writes differences of the objective over so many runs."""
        if self.of_chance:
            return runs(self.words, of)
        unit = self.found.objective.unit
        return points(self.words) if unit == "1" else Amounts(self.words, unit)

    def level(self, value: float, of: int) -> str:
        """Return what the objective was: in so many runs of so many, or on average."""
        if self.of_chance:
            return self.words("options.of_runs", met=round(value * of), n=of)
        return self.words.percent(value) if self.found.objective.unit == "1" else self.amounts(of).value(value)

    def change(self, moved: Moved, *, cell: bool = False) -> str:
        """Return by how much the objective moved, with its interval; shorter in a ``cell`` of a table whose heading says that it is one."""
        if moved.effect == "same":
            return self.words("compare.effect.same")
        say = self.amounts(moved.pairs)
        values = {"change": say.change(moved.difference), "range": say.range(moved.low, moved.high)}
        return self.words("options.cell.change", **values) if cell else self.words("options.change", **values)

    def effect(self, moved: Moved) -> str:
        """Return better, worse, open or same."""
        return effect_of(moved.effect, self.found.objective.better)

    def effect_said(self, moved: Moved) -> str:
        """Return what may be said of how the objective moved."""
        return self.words(f"compare.effect.{self.effect(moved)}")

    def gains(self, moved: Moved) -> tuple[float, float, float]:
        """Return a gain and the ends of its interval, as they are told: in runs, points, or the unit of the objective."""
        times = moved.pairs if self.of_chance else 100 if self.found.objective.unit == "1" else 1
        ends = [self.found.objective.sign * times * end for end in (moved.low, moved.high)]
        return self.found.objective.sign * times * moved.difference, min(ends), max(ends)


def share_of_it(moved: Moved) -> float:
    """Return how large a difference is beside the number itself."""
    most = max(abs(moved.base), abs(moved.other))
    return abs(moved.difference) / most if math.isfinite(moved.difference) and most else 1.0
