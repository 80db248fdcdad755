"""The finalists once more with what is not known drawn anew: would another be chosen, and what would it be worth to know more?

The choice is among the finalists that are affordable and leaving it as it is. Without knowing more one takes what gains most on average over
the draws; whoever knew an input could take what gains most given that. What this gains on average beyond is the worth of the input (EVPPI),
by the same regression on the draws as in a sensitivity analysis (Strong, Oakley & Brennan 2014).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from sim.errors import Text
from sim.scenario import Scenario
from sim.scenario.uncertain import draw
from sim.study.options.found import Drawn, InputWorth, Objective, Option, Tried, affordable
from sim.study.options.measure import values_of
from sim.study.options.stage import Stage, settings_of
from sim.study.sensitivity.chance import floor_of, shuffles
from sim.study.sensitivity.inputs import Inputs
from sim.study.sensitivity.worth import fitted, regressions

Floats = NDArray[np.float64]
RUNS_EACH = 5
"""So many runs have each draw, of their own: no two draws share their luck, all finalists of one draw do."""
_DRAWS = Text("取值不同再推演", "runs of draws")
_TAIL = 0.1
"""The draws with the least, and with the most, of an input: so large a share of them."""
_TINY = 1e-9


def drawn_again(
    stage: Stage, scenario: Scenario, options: Mapping[str, Option], finalists: Sequence[Tried], objective: Objective
) -> Drawn:
    """Play the finalists with every draw of what is not known, and return what that says of the choice among them."""
    asked, plan = stage.folder.asked, scenario.plan
    points = [draw(plan.uncertain, plan.seed, number) for number in range(asked.draws)]
    portfolios = [(), *(one.members for one in finalists)]
    first = asked.screen + asked.finals
    jobs = [
        ((*point, *settings_of(members, options)), range(first + RUNS_EACH * n, first + RUNS_EACH * (n + 1)))
        for n, point in enumerate(points)
        for members in portfolios
    ]
    played = stage.changed([settings for settings, _ in jobs], [numbers for _, numbers in jobs], _DRAWS)
    means = np.array([values_of(objective, nights).mean() for nights in played]).reshape(len(points), len(portfolios))
    gains = objective.sign * (means[:, 1:] - means[:, :1])
    may = [n for n, one in enumerate(finalists) if affordable(one.cost_wan, asked.budget_wan)]
    inputs = Inputs.of(scenario)
    shares = inputs.shares(points)
    worths = tuple(
        _worth(told.key, told.title, told.paths, shares[:, block], gains[:, may], may, plan.seed)
        for told, block in zip(inputs.told, inputs.blocks, strict=True)
    )
    best = _best(gains[:, may])
    counted = [float((best == row).mean()) for row in range(len(may) + 1)]
    shares_of = dict(zip(may, counted[1:], strict=True))
    return Drawn(
        len(points),
        RUNS_EACH,
        tuple(shares_of.get(n, 0.0) for n in range(len(finalists))),
        counted[0],
        gains,
        tuple(sorted(worths, key=lambda one: (-one.heard, -one.worth))),
    )


def _worth(
    key: str, title: str, paths: tuple[str, ...], shares: Floats, gains: Floats, may: Sequence[int], seed: int
) -> InputWorth:
    """Return what it is worth to the choice to know one input; ``gains`` of the choices beside leaving it, shape (draws, choices)."""
    hats = regressions(shares)
    known = np.vstack([np.zeros(len(gains)), fitted(hats, gains.T)])
    worth = float(_gained(known[None])[0])
    orders = shuffles(len(gains), seed)
    shuffled = fitted(hats, gains.T[:, orders].reshape(-1, len(gains))).reshape(gains.shape[1], *orders.shape)
    by_chance = np.concatenate([np.zeros((1, *orders.shape)), shuffled]).transpose(1, 0, 2)
    floor = float(floor_of(_gained(by_chance)))
    now = int(known.mean(axis=1).argmax())
    order = shares[:, 0].argsort(kind="stable")
    tail = max(round(_TAIL * len(order)), 1)
    ends = [int(known[:, rows].mean(axis=1).argmax()) for rows in (order[:tail], order[-tail:])]
    low, high = (None if end == 0 else may[end - 1] for end in ends)
    flips = float((known.argmax(axis=0) != now).mean())
    return InputWorth(key, title, paths, worth, floor, worth > floor + _TINY, flips, low, high)


def _gained(known: Floats) -> Floats:
    """Return what is gained by choosing when the gains are known, beyond choosing once, shape (times,); ``known`` (times, choices, draws).

    Never negative, and below what rounding makes it is 0.
    """
    beyond = known.max(axis=1).mean(axis=1) - known.mean(axis=2).max(axis=1)
    gained: Floats = np.where(beyond > _TINY, beyond, 0.0)
    return gained


def _best(gains: Floats) -> NDArray[np.int64]:
    """Return what is best in each draw: 0 for leaving it as it is, else the number of the choice, from 1; the first of two alike."""
    best: NDArray[np.int64] = np.hstack([np.zeros((len(gains), 1)), gains]).argmax(axis=1)
    return best
