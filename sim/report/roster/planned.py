"""What page, workbook and terminal share in saying of a planned month: names, posts, reasons, how even it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from sim.county.tables import Table as Rows
from sim.report.words.language import Words
from sim.roster.planning import Clash, Plan
from sim.scenario import Scenario


def names_of(persons: Rows) -> dict[str, str]:
    """Return what is written for each person: the name, or the id where the table has none."""
    return {who: name or who for who, name in zip(persons["person"], persons["name"], strict=True)}


def post_of(post: str, scenario: Scenario, words: Words) -> str:
    """Return the name of a post."""
    return words.post(post, scenario.plan.roster.posts)


def reasons_of(clash: Clash, called: Mapping[str, str], words: Words) -> str:
    """Return why nobody can hold a post, person by person; those who never hold it are not named."""
    can = {who: why.get(words.language) for who, why in clash.why.items() if not why.en.startswith("does not hold")}
    said = [words("plan.person", who=called.get(who, who), why=why) for who, why in can.items()]
    return words("list_joint").join(said) if said else words("plan.nobody")


def spread_of(plan: Plan) -> int:
    """Return by how many days those differ at most who can hold the same posts."""
    load = Counter(duty.person for duty in plan.duties)
    alike: dict[frozenset[str], list[int]] = {}
    for candidate in plan.demand.people:
        alike.setdefault(candidate.posts, []).append(load[candidate.person])
    return max((max(days) - min(days) for days in alike.values()), default=0)
