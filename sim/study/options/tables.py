"""What a study of options finds, as tables and as a summary; never is null."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from sim.scenario.differences import flow
from sim.study.compare.paired import Moved
from sim.study.compare.tables import effect_of, row_of_number, row_of_requirement
from sim.study.options.finals import gain_of
from sim.study.options.found import Drawn, Found, Tried

Row = dict[str, Any]


def tables(found: Found) -> dict[str, pd.DataFrame]:
    """Return ``options``, ``screened``, ``finalists``, ``steps``, ``together``, ``places``, ``effects`` and ``pairs``; ``worth``, ``draws``.

    ``effects``: what each finalist does to every requirement and number of the county. ``pairs``: the objective run by run. The last two
    where what is not known was drawn: what knowing each would be worth to the choice, and what each finalist gains with each draw.
    """
    drawn = {"worth": _worth(found.drawn), "draws": _draws(found, found.drawn)} if found.drawn is not None else {}
    return drawn | {
        "options": pd.DataFrame([*_options(found)]),
        "screened": pd.DataFrame(
            [_tried(found, one) | {"dropped": found.dropped.get(one.members[0])} for one in found.screened],
            columns=[*_TRIED, "dropped"],
        ),
        "finalists": pd.DataFrame(
            [_finalist(found, number) for number in range(len(found.finalists))],
            columns=["finalist", *_TRIED, "on_frontier", "beaten", "recommended"],
        ),
        "steps": pd.DataFrame([*_steps(found)], columns=["step", "added", "members", "cost_wan", *_MOVED]),
        "together": pd.DataFrame([*_together(found)], columns=_TOGETHER),
        "places": pd.DataFrame([*_places(found)], columns=["option", "order", "code", "label", "chosen_by", "amount"]),
        "effects": pd.DataFrame([*_effects(found)], columns=_EFFECTS),
        "pairs": pd.DataFrame(
            [
                {"round": name} | row
                for name, tried in (("screening", found.screened), ("finals", found.finalists))
                for one in tried
                for row in _pairs(found, one)
            ]
        ),
    }


def listed(members: Sequence[str]) -> str:
    """Return the members of a portfolio on one line."""
    return " + ".join(members)


_MOVED = ["base", "other", "difference", "ci_low", "ci_high", "gain", "effect", "n_pairs"]
_TRIED = ["members", "cost_wan", *_MOVED, "gain_per_wan"]
_TOGETHER = ["parts", "summed", "together", "extra", "ci_low", "ci_high", "effect"]
_EFFECTS = [
    *("finalist", "members", "measure", "target_id", "name", "unit", "kind"),
    *("base", "other", "difference", "ci_low", "ci_high", "n_pairs", "effect"),
]


def _moved(found: Found, how: Moved) -> Row:
    return {
        "base": how.base,
        "other": how.other,
        "difference": how.difference,
        "ci_low": how.low,
        "ci_high": how.high,
        "gain": gain_of(how, found.objective),
        "effect": effect_of(how.effect, found.objective.better),
        "n_pairs": how.pairs,
    }


def _tried(found: Found, one: Tried) -> Row:
    gain = gain_of(one.objective, found.objective)
    return {
        "members": listed(one.members),
        "cost_wan": one.cost_wan,
        **_moved(found, one.objective),
        "gain_per_wan": gain / one.cost_wan if one.cost_wan else None,
    }


def _finalist(found: Found, number: int) -> Row:
    row = _tried(found, found.finalists[number])
    flags = {
        "on_frontier": number in found.frontier,
        "beaten": number in found.beaten,
        "recommended": number == found.recommended,
    }
    return {"finalist": number + 1} | row | flags


def _options(found: Found) -> Iterator[Row]:
    chosen = found.finalists[found.recommended].members if found.recommended is not None else ()
    for one in found.options:
        plan, where = one.plan, one.plan.where
        yield {
            "option": one.id,
            "title": one.title,
            "units": one.units,
            "each_wan": plan.cost.each,
            "fixed_wan": plan.cost.fixed,
            "per": plan.cost.per,
            "cost_wan": one.cost_wan,
            "sets": "; ".join(f"{path}={flow(value)}" for path, value in plan.changes.items()),
            "into": where.into if where is not None else "",
            "chosen_by": where.by if where is not None else "",
            "excludes": ", ".join(plan.excludes),
            "dropped": found.dropped.get(one.id),
            "recommended": one.id in chosen,
            "carried": one.id in found.carried,
            "source": plan.source,
            "applies_to": plan.applies_to,
            "status": plan.status,
        }


def _steps(found: Found) -> Iterator[Row]:
    for number, one in enumerate(found.steps, start=1):
        row = {"step": number, "added": one.added, "members": listed(one.members), "cost_wan": one.cost_wan}
        yield row | _moved(found, one.moved)


def _together(found: Found) -> Iterator[Row]:
    for one in found.together:
        yield {
            "parts": " | ".join(map(listed, one.parts)),
            "summed": one.summed,
            "together": one.together,
            "extra": one.extra,
            "ci_low": one.low,
            "ci_high": one.high,
            "effect": effect_of(one.effect, found.objective.better),
        }


def _places(found: Found) -> Iterator[Row]:
    for option in found.options:
        for number, place in enumerate(option.places, start=1):
            yield {
                "option": option.id,
                "order": number,
                "code": place.code,
                "label": found.names.label[place.index],
                "chosen_by": option.chosen_by,
                "amount": place.amount,
            }


def _effects(found: Found) -> Iterator[Row]:
    for number, one in enumerate(found.finalists, start=1):
        rows = [
            *(row_of_requirement(own, one.runs) for own in one.requirements),
            *(row_of_number(own) for own in one.numbers),
        ]
        for row in rows:
            yield {"finalist": number, "members": listed(one.members)} | {key: row[key] for key in _EFFECTS[2:]}


def _pairs(found: Found, one: Tried) -> Iterator[Row]:
    for number, base, other in one.run_by_run():
        yield {
            "members": listed(one.members),
            "measure": found.objective.key,
            "replication": number,
            "base": base,
            "other": other,
            "difference": float(np.round(other - base, 9)),
        }


def _worth(drawn: Drawn) -> pd.DataFrame:
    rows = [
        {
            "input": one.key,
            "title": one.title,
            "worth": one.worth,
            "floor": one.floor,
            "heard": one.heard,
            "flips": one.flips,
            "best_low": None if one.best_low is None else one.best_low + 1,
            "best_high": None if one.best_high is None else one.best_high + 1,
        }
        for one in drawn.worths
    ]
    return pd.DataFrame(rows).astype({"best_low": "Int64", "best_high": "Int64"})


def _draws(found: Found, drawn: Drawn) -> pd.DataFrame:
    draws, finalists = drawn.gains.shape
    return pd.DataFrame(
        {
            "draw": np.repeat(np.arange(draws), finalists),
            "finalist": np.tile(np.arange(1, finalists + 1), draws),
            "members": [listed(one.members) for one in found.finalists] * draws,
            "gain": drawn.gains.reshape(-1),
        }
    )


def summarise(found: Found) -> Row:
    """Return the summary that ``options --json`` prints."""
    made, objective, asked = tables(found), found.objective, found.asked
    chosen = found.finalists[found.recommended] if found.recommended is not None else None
    return {
        "scenario": found.scenario.plan.name,
        "seed": asked.study.seed,
        "objective": {"key": objective.key, "unit": objective.unit, "better": objective.better, "name": objective.name},
        "budget_wan": asked.budget_wan,
        "years": asked.years,
        "screening_runs": asked.screen,
        "finals_runs": asked.finals,
        "runs": found.runs,
        "recommended": None if chosen is None else _finalist(found, found.recommended or 0),
        "taken_out": list(found.taken_out),
        **{name: _records(made[name]) for name in ("options", "screened", "finalists", "steps", "together", "places")},
        "draws": None
        if found.drawn is None
        else {
            "draws": found.drawn.draws,
            "runs_each": found.drawn.runs_each,
            "best": list(found.drawn.best),
            "best_as_is": found.drawn.best_as_is,
            "worth": _records(made["worth"]),
        },
    }


def _records(table: pd.DataFrame) -> list[Row]:
    """Return the rows of a table as JSON holds them: null where there is nothing."""
    rows = table.astype(object).where(table.notna(), None).to_dict("records")
    return [{str(key): value for key, value in row.items()} for row in rows]
