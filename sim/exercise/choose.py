"""Which night an exercise is made from: the typical one, a bad one, or the one from which most can be learnt."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from sim.errors import Text
from sim.exercise.kit import Choice, How
from sim.exercise.wording import fill
from sim.measures.coverage import NANOMINUTE
from sim.scenario import Scenario
from sim.study.band import Band
from sim.study.requirements import requirements

Floats = NDArray[np.float64]
BAD_SHARE = 0.95
"""How far from the best night to the worst a bad one stands."""
NARROWLY = 0.25
"""A requirement is missed by little where it was late by no more than so much of its limit."""
_LEAD = ("exposed_at_onset_persons", "warned_p95_min")
"""By which number nights are ranked from good to bad: lives first, else the time by which 95 % of the households were told."""
_NUMBER = {
    "exposed_at_onset_persons": Text(
        "全县灾害发生时仍在危险区{value}人（不是伤亡预测）",
        "in the whole county {value} persons still in danger areas at the onset (no forecast of casualties)",
    ),
    "warned_p95_min": Text(
        "全县95%的住户收到预警用到推演起算后第{value}分钟",
        "95% of the households of the county told by minute {value}",
    ),
}
_NEVER = Text(
    "到推演结束全县仍没有95%的住户收到预警", "95% of the households of the county were not told by the end of the run"
)
_TYPICAL = Text(
    "{n}次推演中最典型的一次（编号{k}）：全县各项主要数字合起来看最接近中间",
    "the most typical of {n} runs (number {k}): taken together, the main numbers of the county are nearest the middle",
)
_BAD = Text(
    "{n}次推演按结果从好到坏排列，取第{place}次（编号{k}），即最差5%的边上：{number}",
    "{n} runs from good to bad, the {place}th (number {k}), at the edge of the worst 5%: {number}",
)
_ALIKE = Text(
    "{n}次推演的结果都一样，取典型的一次（编号{k}）",
    "all {n} runs are alike; the typical one (number {k}) is taken",
)
_NARROW = Text(
    "{n}次推演中最能说明问题的一次（编号{k}）：差一点没按时（超出不到时限的四分之一）的时限要求最多，有{count}项",
    "the most instructive of {n} runs (number {k}): it has most requirements missed by no more than a quarter of their limit, {count} of them",
)
_NEAREST = Text(
    "{n}次推演中没有一项时限要求是差一点没按时的；取离时限最近的一次（编号{k}），有一项与时限只差{apart}分钟",
    "in none of {n} runs is a requirement missed by little; the run nearest to a limit is taken (number {k}), where one is {apart} min from it",
)
_FAR = Text(
    "{n}次推演中没有一项时限要求接近时限，取最典型的一次（编号{k}）",
    "in none of {n} runs does any requirement come near its limit; the typical one (number {k}) is taken",
)
_ASKED = Text("按要求取编号{k}的一次", "number {k} was asked for")


def chosen(scenario: Scenario, band: Band, how: How, replication: int | None) -> Choice:
    """Return which night is played, and why in plain words.

    Parameters
    ----------
    replication
        the night that was asked for; ``None``: choose by ``how``
    """
    n = band.count
    if replication is not None:
        return Choice("asked", replication, n, fill(_ASKED, k=replication), "", None)
    if how == "typical":
        return Choice("typical", band.typical, n, fill(_TYPICAL, n=n, k=band.typical), "", None)
    return _bad(band) if how == "bad" else _instructive(scenario, band)


def lead_measure(band: Band) -> str:
    """Return the number by which nights are ranked; "" where none of them differs."""
    return next((measure for measure in _LEAD if _differs(band, measure)), "")


def _bad(band: Band) -> Choice:
    n, measure = band.count, lead_measure(band)
    if not measure:
        return Choice("bad", band.typical, n, fill(_ALIKE, n=n, k=band.typical), "", None)
    values = band.nights.of_county(measure)
    order = np.lexsort((np.array(band.nights.replications), values))
    place = min(math.ceil(BAD_SHARE * n), n)
    row = int(order[place - 1])
    row = int(np.flatnonzero(values == values[row])[0])  # of those alike the first
    number = band.nights.replications[row]
    value = float(values[row])
    said = fill(_NUMBER[measure], value=f"{value:.0f}") if math.isfinite(value) else _NEVER
    reason = fill(_BAD, n=n, place=place, k=number, number=said)
    return Choice("bad", number, n, reason, measure, value if math.isfinite(value) else None)


def _instructive(scenario: Scenario, band: Band) -> Choice:
    n, (took, within) = band.count, _took_and_limits(scenario, band)
    late = (took > within + NANOMINUTE) & (took <= within * (1 + NARROWLY) + NANOMINUTE)
    counts = late.sum(axis=1, dtype=np.int64)
    if counts.any():
        row = int(counts.argmax())
        number, count = band.nights.replications[row], int(counts[row])
        reason = fill(_NARROW, n=n, k=number, count=count)
        return Choice("instructive", number, n, reason, "missed_narrowly", float(count))
    nearest = np.abs(took - within).min(axis=1, initial=np.inf)
    if not np.isfinite(nearest).any():
        return Choice("instructive", band.typical, n, fill(_FAR, n=n, k=band.typical), "", None)
    row = int(nearest.argmin())
    number = band.nights.replications[row]
    reason = fill(_NEAREST, n=n, k=number, apart=math.ceil(nearest[row] - NANOMINUTE))
    return Choice("instructive", number, n, reason, "nearest_to_limit", float(nearest[row]))


def _took_and_limits(scenario: Scenario, band: Band) -> tuple[Floats, Floats]:
    """Return the minutes that each requirement took in each run, shape (runs, requirements), ``inf`` for never, and their limits."""
    took, within = [np.zeros((band.count, 0))], []
    for own, plan in requirements(scenario, band.nights).items():
        minutes = band.nights.of_county(f"target:{own}:min")
        if not np.isnan(minutes).any():
            took.append(minutes[:, None])
            within.append(plan.within_min)
    return np.hstack(took), np.array(within)


def _differs(band: Band, measure: str) -> bool:
    at, values = band.nights.of_measure(measure)
    own = values[:, at == 0]
    return bool(own.shape[1]) and not np.isnan(own).any() and bool((own[:, 0] != own[0, 0]).any())
