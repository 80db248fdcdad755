"""Documented nights and published curves beside simulated ones: two tables and the figure of ``docs/validation.md``.

Inputs as published, assumptions named in each scenario, everything else as shipped; nothing is fitted. ``python -m tests.documented``, a part of
``make prove``, writes them; ``tests/validation/test_documented_nights.py`` holds them to what the program gives.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from numpy.typing import NDArray

from sim import load_scenario, simulate
from sim.distributions import Distribution, Lindell, RayleighContagion
from sim.measures.zones import zone_curves
from sim.records import Night
from sim.report.figures.sheet import INK, drawing
from sim.scenario import Scenario

Floats = NDArray[np.float64]
Done = tuple[Floats, Floats]
"""When each part of what was documented came, minutes after T0 (``inf``: not), and its weight."""

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "validation.md"
FIGURE = ROOT / "docs" / "figures" / "documented-nights.png"
NIGHTS = 100
TENTH, HALF, NINTH = (NIGHTS * tenths // 10 - 1 for tenths in (1, 5, 9))
"""Which of the sorted nights stand for the 10th, 50th and 90th."""
BEGIN, END = "<!-- documented nights: made by python -m tests.documented -->", "<!-- end of documented nights -->"
ZONES_BEGIN, ZONES_END = "<!-- zones: made by python -m tests.documented -->", "<!-- end of zones -->"
CURVE_MIN = (15, 30, 45, 60, 90, 120, 180)
ZONE_NIGHTS = 5
_HEAD = (
    "| what | documented | done by then | all done: 10th, 50th, 90th | nights by then | documented is | in danger: documented | 10th, 50th, 90th |",
    "| --- | --- | --- | --- | --- | --- | --- | --- |",
)


def out(scenario: Scenario, night: Night) -> Done:
    """Return when each household that must leave was safe, by its persons."""
    records = night.evacuation
    assert records is not None
    return records.safe_min[records.due], scenario.county.households.persons[records.rows[records.due]].astype(
        np.float64
    )


def family(scenario: Scenario, night: Night) -> Done:
    """Return when the household of N17 with the old man who was carried left home."""
    records = night.evacuation
    assert records is not None
    at = scenario.county.households.persons[records.rows] == 5
    assert at.sum() == 1
    return records.departed_min[at], np.ones(1)


def key_site(_: Scenario, night: Night) -> Done:
    """Return when the key site had been left."""
    assert night.evacuation is not None
    return night.evacuation.key_sites.safe_min, np.ones(len(night.evacuation.key_sites.rows))


def reported(_: Scenario, night: Night) -> Done:
    """Return when the county had a first report."""
    return np.array([min((report.county_min for report in night.reports or ()), default=math.inf)]), np.ones(1)


@dataclass(frozen=True)
class Documented:
    """One documented night: what was reported, the minute after T0 by which it was (``None``: not published), who was in danger then."""

    scenario: str
    what: str
    by_min: float | None
    in_danger: str
    done: Callable[[Scenario, Night], Done] = out


CASES = (
    Documented("n1-zhonghe-2025", "N1 信宜中和村: all 25 households out", 138, "0"),
    Documented("n2-shigang-2025", "N2 云阳石缸村: all 5 households out", 140, "0"),
    Documented("n4-liulin-2021", "N4 随县柳林镇: 8 000 persons, a failure", None, "≥ 103"),
    Documented("n5-daxi-2025", "N5 从化达溪村: 45 persons out before the flood", None, "0"),
    Documented("n6-jiangmen-2022", "N6 融水江门: 353 persons out before the peak", 240, "0"),
    Documented("n9-taishitun-2025", "N9 密云太师屯: care home, a failure", None, "77", key_site),
    Documented("n9-taishitun-2025-called", "N9 if it had been called at 19:10 (not documented)", None, "—", key_site),
    Documented("n10-xiwanzi-2025", "N10 密云西湾子: first report to the county", 840, "0", reported),
    Documented("n16-ceyu-2023", "N16 井陉测鱼镇: 129 persons out", 36, "0"),
    Documented("n17-changxing-2021", "N17 正安长兴村: a family has left home", 60, "0", family),
)


@dataclass(frozen=True)
class Played:
    """Many nights of one case: per night the shares done by each minute, when all was done, and persons in danger."""

    case: Documented
    minutes: Floats
    shares: Floats
    by_then: Floats
    all_min: Floats
    in_danger: NDArray[np.int64]
    onset_min: float

    def row(self) -> str:
        """Return its row of the table."""
        by, case = self.case.by_min, self.case
        band = np.sort(self.all_min)[[TENTH, HALF, NINTH]]
        verdict = "—" if by is None else "earlier" if by < band[0] else "in the band" if by <= band[2] else "later"
        cells = (
            case.what,
            "—" if by is None else f"{by:.0f}",
            "—" if by is None else _three(np.sort(self.by_then), lambda share: f"{share:.0%}"),
            _three(np.sort(self.all_min), minute),
            "—" if by is None else str(int((self.all_min <= by).sum())),
            verdict,
            case.in_danger,
            _three(np.sort(self.in_danger), str),
        )
        return f"| {' | '.join(cells)} |"


def _three(ordered: NDArray[np.generic], say: Callable[..., str]) -> str:
    return ", ".join(say(ordered[at].item()) for at in (TENTH, HALF, NINTH))


def minute(value: float) -> str:
    """Return a minute as the table shows it."""
    return "not" if math.isinf(value) else f"{value:.0f}"


def play(case: Documented) -> Played:
    """Play many nights of one case."""
    scenario = load_scenario(ROOT / "scenarios" / "validation" / f"{case.scenario}.yaml")
    minutes = np.linspace(0, scenario.plan.end_min, 241)
    shares, by_then, all_min, in_danger, onset = [], [], [], [], math.inf
    for number in range(NIGHTS):
        night = simulate(scenario, number)
        assert night.evacuation is not None
        at, weight = case.done(scenario, night)
        order = np.argsort(at)
        total = np.concatenate([[0.0], np.cumsum(weight[order])]) / weight.sum()
        shares.append(total[np.searchsorted(at[order], minutes, side="right")])
        by_then.append(total[np.searchsorted(at[order], case.by_min or 0.0, side="right")])
        all_min.append(at.max())
        caught = night.evacuation.rows[night.evacuation.exposed >= 0]
        sites = night.evacuation.key_sites
        in_danger.append(int(scenario.county.households.persons[caught].sum() + sites.exposed_persons.sum()))
        struck = np.concatenate([night.evacuation.onset_min, sites.onset_min])
        onset = min(onset, float(struck.min(initial=math.inf)))
    return Played(
        case,
        minutes,
        np.array(shares),
        np.array(by_then),
        np.array(all_min),
        np.array(in_danger, dtype=np.int64),
        onset,
    )


def table(played: Sequence[Played]) -> str:
    """Return the table, with its marks."""
    return "\n".join([BEGIN, "", *_HEAD, *(one.row() for one in played), "", END])


def draw(played: Sequence[Played], path: Path) -> None:
    """Draw the simulated band of each night beside what was documented; the file carries the table as text."""
    with drawing():
        figure = Figure(figsize=(10, 9), layout="constrained")
        FigureCanvasAgg(figure)
        for axes, one in zip(figure.subplots(4, 3).ravel(), [*played, None, None], strict=True):
            if one is None:
                axes.set_axis_off()
                continue
            if np.isin(one.shares, (0, 1)).all():  # one thing that is done or not
                axes.step(
                    one.minutes,
                    one.shares.mean(axis=0),
                    color="#1f4e8c",
                    linewidth=1.5,
                    linestyle=":",
                    label="simulated: share of 100 nights",
                )
            else:
                low, middle, high = np.percentile(one.shares, [10, 50, 90], axis=0)
                axes.fill_between(
                    one.minutes, low, high, color="#9db8d9", linewidth=0, label="simulated, 10th to 90th of 100 nights"
                )
                axes.plot(one.minutes, middle, color="#1f4e8c", linewidth=1.5, label="simulated, middle night")
            if math.isfinite(one.onset_min) and one.onset_min <= one.minutes[-1]:
                axes.axvline(
                    one.onset_min,
                    color="#b5651d",
                    linestyle="--",
                    linewidth=1,
                    label="danger strikes (earliest of 100 nights)",
                )
            if one.case.by_min is not None:
                axes.plot(
                    [one.case.by_min],
                    [1.0],
                    "D",
                    color="#c0392b",
                    markersize=6,
                    clip_on=False,
                    zorder=5,
                    label="documented: all done",
                )
            axes.set_title(one.case.what, fontsize=8.5, color=INK, loc="left")
            axes.set_xlim(0, one.minutes[-1])
            axes.set_ylim(0, 1.02)
            axes.yaxis.set_major_formatter(lambda share, _: f"{share:.0%}")
            axes.set_xlabel("minutes after T0", fontsize=7.5)
        handles = {
            text: handle for axes in figure.axes for handle, text in zip(*axes.get_legend_handles_labels(), strict=True)
        }
        figure.axes[-1].legend(handles.values(), handles.keys(), loc="upper left", frameon=False)
        path.parent.mkdir(exist_ok=True)
        figure.savefig(path, dpi=110, metadata={"Description": table(played)})


# --- the spread in each zone beside LifeSim's curves ---------------------------------------------------------------------


def published(law: Distribution) -> Floats:
    """Return the share of a law that has come by each of ``CURVE_MIN``, to four digits."""
    drawn = np.asarray(law.draw((np.arange(200_000) + 0.5) / 200_000))
    return np.array([np.mean(drawn <= after) for after in CURVE_MIN])


def zones_table() -> str:
    """Return who had the warning and was told in the slowest, middle and fastest township, a mean of nights, beside LifeSim's curves."""
    minutes = " | ".join(f"{after} min" for after in CURVE_MIN)
    rows = [f"| curve | {minutes} |", f"| --- |{' --- |' * len(CURVE_MIN)}"]
    for curve, law, name in (
        ("issuance_share", Lindell(1.7, 0.6), "issuance"),
        ("first_alert_share", RayleighContagion(95, 0.06), "first alert"),
    ):
        rows.append(_percents(f"LifeSim, {name}", published(law)))
        for scenario_name, label in (("yunyang-red-storm-night", "night"), ("yunyang-orange-day", "day")):
            scenario = load_scenario(ROOT / "scenarios" / f"{scenario_name}.yaml")
            curves = [zone_curves(scenario, simulate(scenario, number)) for number in range(ZONE_NIGHTS)]
            at = [one[one["minutes"].isin(CURVE_MIN)][curve].to_numpy().reshape(-1, len(CURVE_MIN)) for one in curves]
            mean = np.mean(at, axis=0)
            for which, percent in (("slowest", 0), ("middle", 50), ("fastest", 100)):
                rows.append(_percents(f"our {label}, {name}, {which} township", np.percentile(mean, percent, axis=0)))
    return "\n".join([ZONES_BEGIN, "", *rows, "", ZONES_END])


def _percents(name: str, shares: Floats) -> str:
    return f"| {name} | {' | '.join(f'{share:.0%}' for share in shares)} |"


# --- the page ----------------------------------------------------------------------------------------------------------


def write(begin: str, block: str, end: str) -> None:
    """Put a block into the page in place of the one that stands between its marks."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(begin)
    PAGE.write_text(before + block + rest.partition(end)[2], encoding="utf-8")


def main() -> None:
    """Play all, write the tables into the page and draw the figure."""
    played = [play(case) for case in CASES]
    write(BEGIN, table(played), END)
    write(ZONES_BEGIN, zones_table(), ZONES_END)
    draw(played, FIGURE)


if __name__ == "__main__":
    main()
