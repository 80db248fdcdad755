"""Twenty runs instead of one: how much they differ, which of them is the typical one, and what a report says of them."""

from __future__ import annotations

import html
import json
import re
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim.cli import cli
from sim.measures import judge, naming, tabulate
from sim.measures.digest import digest
from sim.records import Night
from sim.report import terminal_summary
from sim.report.content.band import counted
from sim.report.content.scope import find
from sim.report.content.verdicts import verdicts
from sim.report.figures.curve import draw_curve
from sim.report.figures.sheet import Sheet, drawing
from sim.report.gather import Content, gather
from sim.report.words.language import Words
from sim.scenario import Scenario
from sim.study.band import COVERAGE, NUMBERS, Band, band_tables, summary_of, typical_of
from sim.study.nights import Nights
from sim.warning import simulate
from tests.strategies import Small, full_night, played, small, with_outages

RUNS = 6
FORBIDDEN = re.compile(r"脱岗|达标|\b(?:inf|nan|NaN|None)\b")
numbers = st.integers(1, 9).flatmap(
    lambda runs: st.lists(
        st.lists(st.sampled_from([0.0, 1.0, 2.0, 3.5, np.inf, np.nan]), min_size=runs, max_size=runs), max_size=5
    ).map(lambda columns: np.array(columns, dtype=float).reshape(len(columns), runs).T)
)
"""What some numbers were in some runs; never, and nobody, among them."""


def invoke(*arguments: object) -> Result:
    """Call ``jiaoying`` in process."""
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


@cache
def some_runs() -> tuple[Scenario, tuple[Night, ...], Band]:
    """Return a small county with every block, some of its runs, and their band."""
    own = with_outages(full_night())
    own.scenario["targets"] = [
        {
            "id": f"{event}-{within}",
            "name": "全部",
            "since": "release",
            "event": event,
            "of_whom": of_whom,
            "share": "80 %",
            "within": f"{within} min",
            "probability": "90 %",
            "applies_to": "演练",
            "source": "演示",
            "status": "演示",
        }
        for event, of_whom, within in (("warned", "household", 10), ("acknowledged", "village", 20))
    ]
    scenario, first = played(own)
    nights = (first, *(simulate(scenario, number) for number in range(1, RUNS)))
    digests = [digest(scenario, night) for night in nights]
    return scenario, nights, Band.of(scenario, Nights.of(range(RUNS), digests))


@cache
def content(language: str = "zh", place: str | None = None) -> Content:
    """Return what the report of the runs says."""
    scenario, nights, band = some_runs()
    night, names = nights[band.typical], naming(scenario)
    words = Words("zh" if language == "zh" else "en")
    return gather(scenario, night, tabulate(scenario, night, names), names, words, place, band)


# --- which run is typical ---------------------------------------------------------------------------------------------


def off_centre(table: NDArray[np.float64]) -> list[int]:
    """Return twice by how many runs too many are below each run, or above it, for it to be a median; added up over numbers."""
    known = [column for column in table.T if not np.isnan(column).any()]
    spare = len(table) - 1
    return [
        sum(max(0, 2 * int((c < c[row]).sum()) - spare, 2 * int((c > c[row]).sum()) - spare) for c in known)
        for row in range(len(table))
    ]


@given(numbers)
def test_no_run_is_nearer_the_middle_than_the_typical_one(table: NDArray[np.float64]) -> None:
    """Counted without ranks; of several as near the first is taken."""
    far = off_centre(table)
    assert typical_of(table) == far.index(min(far))


@given(numbers, st.randoms(use_true_random=False))
def test_the_order_of_the_runs_does_not_matter(table: NDArray[np.float64], luck: object) -> None:
    """Runs in another order: the same run, where it is the only one so near the middle."""
    order = list(range(len(table)))
    luck.shuffle(order)  # type: ignore[attr-defined]
    far = off_centre(table)
    again = order[typical_of(table[order])]
    assert far[again] == min(far)
    if far.count(min(far)) == 1:
        assert again == typical_of(table)


@given(numbers)
def test_only_the_order_of_a_number_counts(table: NDArray[np.float64]) -> None:
    """Minutes or hours, near or far apart: a number that grows with another says the same, and so does one that falls with it."""
    grown = np.where(np.isinf(table), np.inf, np.exp(table))
    fallen = np.where(np.isinf(table), -np.inf, -table)
    assert typical_of(grown) == typical_of(table) == typical_of(fallen)


@given(st.lists(st.sampled_from([0.0, 1.0, 2.0, 3.0, np.inf]), min_size=1, max_size=15))
def test_of_one_number_the_median_is_typical(column: list[float]) -> None:
    """No more than half of the runs lie below it, and no more than half above."""
    values = np.array(column)
    own = values[typical_of(values[:, None])]
    assert max((values < own).sum(), (values > own).sum()) <= len(values) / 2


@given(numbers, st.sampled_from([1.0, np.inf]))
def test_what_is_the_same_in_all_runs_or_of_nobody_weighs_nothing(table: NDArray[np.float64], value: float) -> None:
    same, nobody = np.full((len(table), 1), value), np.full((len(table), 1), np.nan)
    assert typical_of(np.hstack([same, table, nobody])) == typical_of(table)
    assert typical_of(np.hstack([same, nobody])) == 0


# --- what they were ---------------------------------------------------------------------------------------------------


def test_the_band_holds_what_each_run_was() -> None:
    """Least, middle and most are numbers of runs played one by one; never counts those without an end; nobody has no band."""
    scenario, nights, band = some_runs()
    warned = np.array([np.sort(night.households.warned_min) for night in nights])
    half = warned[:, int(np.ceil(warned.shape[1] / 2)) - 1]
    spread = band.spread("warned_p50_min")
    assert spread is not None
    assert (spread.least, spread.most, spread.this) == (half.min(), half.max(), half[band.typical])
    assert spread.middle == sorted(half)[RUNS // 2 - 1]
    never = band.spread("warned_p95_min")
    assert never is not None
    assert never.never == sum(np.isinf(row[int(np.ceil(0.95 * len(row))) - 1]) for row in warned)
    assert band.spread("no_such_number") is None
    assert scenario.plan.seed == nights[0].seed


def test_a_requirement_is_kept_as_often_as_single_runs_keep_it() -> None:
    """In the county and in every place by itself; the interval is that of Clopper and Pearson, which for none or all has a closed form."""
    scenario, nights, band = some_runs()
    results = [judge(scenario, night) for night in nights]
    seen = set()
    for n, own in enumerate(band.nights.requirements):
        kept = band.kept(own, results[0][n].plan.within_min)
        assert kept is not None
        assert (kept.met, kept.of) == (sum(one[n].met for one in results), RUNS)
        seen.add(kept.met)
        if kept.met == RUNS:
            assert kept.low == pytest.approx(0.025 ** (1 / RUNS))
            assert kept.high == 1
        if kept.met == 0:
            assert kept.low == 0
            assert kept.high == pytest.approx(1 - 0.025 ** (1 / RUNS))
    assert len(seen) > 2
    place = scenario.county.of_level(2)[0]
    above = np.where(np.arange(len(scenario.county.places)) == place, 0, -1)
    above[scenario.county.ancestors[2] == place] = 0
    own = results[0][0]
    taken = [float(one[0].value_min_of(above, 1)[0]) for one in results]
    kept = band.kept(own.id, own.plan.within_min, int(place))
    assert kept is not None
    assert kept.met == sum(one <= own.plan.within_min for one in taken)


def test_a_requirement_that_counts_from_what_never_came_is_never_kept_in_any_place(tmp_path: Path) -> None:
    """The warning is not released before the end: each place that it speaks of never keeps it, as the county does not."""
    night = small(1, 2, 2)
    night.scenario |= {"end": "10 min"}
    night.scenario["warnings"][0]["consultation"] = "20 min"
    scenario = night.load(tmp_path)
    (result,) = judge(scenario, simulate(scenario))
    taken = result.value_min_of(scenario.county.ancestors[1] - scenario.county.of_level(1)[0], 2)
    assert result.value_min is None
    assert np.isposinf(taken[0])
    assert np.isnan(taken[1])


def test_the_share_told_grows_in_every_part_of_the_band() -> None:
    """Least ≤ lower quartile ≤ middle ≤ upper quartile ≤ most, none of them falls with the minutes, and each run lies within."""
    _, nights, band = some_runs()
    curve = band.coverage()
    shares = curve[list(COVERAGE)].to_numpy()
    assert (np.diff(shares, axis=1) >= 0).all()
    assert (np.diff(shares, axis=0) >= 0).all()
    for night in nights:
        for minutes, least, most in zip(curve["minutes"], curve["least"], curve["most"], strict=True):
            share = float((night.households.warned_min <= night.release_min + minutes).mean())
            assert least <= share <= most


def test_tables_and_summary_say_never_by_null() -> None:
    """Every number of the county and of places in one table, the county first; what never happened is empty, and counted."""
    scenario, nights, band = some_runs()
    tables = band_tables(band, naming(scenario))
    table, summary = tables["band"], summary_of(scenario, band)
    assert list(table.columns) == ["measure", "unit", "place", "this", "least", "middle", "most", "never"]
    county = table["place"] == scenario.county.places.code[0]
    assert county.iloc[: county.sum()].all()
    assert not np.isinf(table.select_dtypes("float64").to_numpy()).any()
    assert (table["most"].isna() == (table["never"] > 0)).all()
    assert set(tables["replications"]["replication"]) == set(range(RUNS))
    assert (summary["n"], summary["typical"]) == (RUNS, band.typical)
    assert [one["id"] for one in summary["targets"]] == [one.id for one in judge(scenario, nights[0])]
    assert set(NUMBERS) <= summary.keys()
    json.dumps(summary, allow_nan=False)


# --- what the report says ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("of_place", [False, True])
def test_the_report_begins_with_how_much_the_runs_differ(language: str, *, of_place: bool) -> None:
    """In short and in two tables, in either language, for the county and for a place by itself; no verdict, no number for never."""
    scenario, _, band = some_runs()
    place = naming(scenario).label[scenario.county.of_level(1)[0]] if of_place else None
    own = content(language, place)
    assert own.band is not None
    first, said = own.in_short[0], " ".join([*own.band.sentences, *own.band.notes])
    for text in (first, said):
        assert str(RUNS) in text
        assert str(band.typical) in text
    assert "jiaoying study" in said
    assert "jiaoying study" in own.caution
    requirements, its_numbers = own.band.tables
    assert len(requirements.rows) == len(scenario.plan.targets)
    assert len(its_numbers.rows) == 5
    assert bool(own.band.notes) == of_place
    cells = [cell for table in own.band.tables for row in table.rows for cell in row]
    assert not FORBIDDEN.search(" ".join([first, said, own.caution, own.kind, *cells]))
    assert f"--replication {band.typical}" in own.again


def test_the_tables_say_the_least_and_the_most() -> None:
    """A requirement by whole minutes, upwards; a share downwards; how often it was kept with its interval in runs."""
    scenario, nights, band = some_runs()
    own = content()
    assert own.band is not None
    requirements, its_numbers = own.band.tables
    minutes = [judge(scenario, night)[0].value_min for night in nights]
    done = [int(np.ceil(one - 1e-6)) for one in minutes if one is not None]
    row = requirements.rows[0]
    assert row[3] == f"{min(done)}分钟"
    assert row[5] == ("始终没有" if None in minutes else f"{max(done)}分钟")
    kept = band.kept(scenario.plan.targets[0].id, scenario.plan.targets[0].within_min)
    assert kept is not None
    assert row[6] == f"{kept.met}次（{int(kept.low * RUNS)}—{int(np.ceil(kept.high * RUNS))}次）"
    shares = [float((night.households.warned_min <= night.release_min + 60).mean()) for night in nights]
    (share,) = [row for row in its_numbers.rows if row[0] == Words("zh")("band.share_60min")]
    assert (share[2], share[4]) == (f"{int(min(shares) * 100 + 1e-9)}%", f"{int(max(shares) * 100 + 1e-9)}%")


def test_each_verdict_says_how_often_it_was_kept() -> None:
    """Requirements and call targets; of a single run nothing is said of others."""
    scenario, nights, band = some_runs()
    words, night = Words("zh"), nights[band.typical]
    alone = verdicts(scenario, night, words)
    assert not any(one.times or one.of_all for one in alone)
    said = counted(scenario, band, alone, words)
    assert all(one.times for one in said if one.state in ("met", "late", "undone"))
    for own, one in zip(band.nights.requirements, said, strict=True):
        met = int(band.nights.of_county(f"target:{own}:met").sum())
        assert not one.times or one.times == f"{met}/{RUNS}"
    assert not any("按时（误差范围" in one.in_short(words) for one in alone)
    assert all(one.of_all in one.in_short(words) for one in said)


def test_the_figure_shades_the_runs_of_the_county_alone() -> None:
    """Two more areas and their names in the legend; for a place, of which shares by minute are not kept, none."""
    scenario, nights, band = some_runs()
    words, names, night = Words("zh"), naming(scenario), nights[band.typical]
    county, place = find(scenario, names, None), find(scenario, names, names.label[scenario.county.of_level(1)[0]])

    def legend(sheet: Sheet) -> str:
        with drawing():
            return " ".join(text.get_text() for text in draw_curve(sheet).legends[0].get_texts())

    assert "最少到最多" in legend(Sheet(scenario, night, names, county, words, band))
    assert "最少到最多" not in legend(Sheet(scenario, night, names, place, words, band))
    assert "最少到最多" not in legend(Sheet(scenario, night, names, county, words))


def test_the_terminal_says_it_first() -> None:
    """How much the runs differ stands above what the typical one was."""
    scenario, nights, band = some_runs()
    text = terminal_summary(scenario, nights[band.typical], "zh", None, None, band)
    assert text.index("次中按时") < text.index("达到的时刻")
    assert not FORBIDDEN.search(text)


# --- the command ------------------------------------------------------------------------------------------------------


def by_chance() -> Small:
    """Return a small night of which every run is another: who answers, and when the warning is released."""
    night = small(1, 3, 4)
    night.scenario["warnings"][0]["release"] = {"exponential": {"mean": "9 min"}}
    night.scenario["roster"]["posts"]["officer"]["answer"] = 0.7
    return night


def test_a_run_is_twenty_and_the_typical_one_can_be_had_alone(tmp_path: Path) -> None:
    """Tables of the detail are, to the byte, those of ``--replication`` with the number of the typical run, whatever plays the runs."""
    path = by_chance().write(tmp_path / "in")
    done = invoke("run", path, "--json", "--out", tmp_path / "all")
    assert done.exit_code == 0, done.output
    summary = json.loads(done.stdout)
    manifest = json.loads((tmp_path / "all" / "manifest.json").read_text(encoding="utf-8"))
    typical = summary["band"]["typical"]
    assert (manifest["replications"], manifest["typical"]) == ([*range(20)], typical)
    assert summary["replication"] == typical
    resolved = tmp_path / "all" / "scenario.resolved.yaml"
    alone = json.loads(invoke("run", resolved, "--replication", typical, "--json", "--out", tmp_path / "one").stdout)
    assert {key: own for key, own in summary.items() if key not in {"band", "result_dir"}} == {
        key: own for key, own in alone.items() if key != "result_dir"
    }
    one, whole = (
        {file.name: file for file in (tmp_path / name).iterdir() if file.is_file()} for name in ("one", "all")
    )
    assert whole.keys() - one.keys() == {"band.csv", "replications.parquet"}
    for name in one:
        if name.endswith((".csv", ".parquet")):
            assert one[name].read_bytes() == whole[name].read_bytes(), name
    page = html.unescape((tmp_path / "one" / "report.html").read_text(encoding="utf-8"))
    assert "20次" not in page
    assert "20次推演相差多大" in html.unescape((tmp_path / "all" / "report.html").read_text(encoding="utf-8"))
    values = pd.read_parquet(tmp_path / "all" / "replications.parquet")
    assert values["replication"].nunique() == 20


@pytest.mark.slow
def test_the_runs_are_the_same_whoever_plays_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One process or two: the same numbers and the same typical run."""
    path = by_chance().write(tmp_path / "in")
    monkeypatch.setattr("sim.cli.playing._WORTH_WORKERS", 0)
    for workers in (1, 2):
        done = invoke("run", path, "--workers", workers, "--out", tmp_path / str(workers))
        assert done.exit_code == 0, done.output
    for name in ("band.csv", "replications.parquet", "villages.csv"):
        one, two = ((tmp_path / str(workers) / name).read_bytes() for workers in (1, 2))
        assert one == two, name


def test_a_scenario_without_luck_says_that_all_runs_are_alike(tmp_path: Path) -> None:
    """Every duration fixed: least and most are one, and the report says so."""
    path = Path(__file__).parents[2] / "scenarios" / "village-drill.yaml"
    assert invoke("run", path, "--out", tmp_path / "out").exit_code == 0
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert page.count("每次都一样") == 2
    assert "最少到最多" not in page
    assert json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))["band"]["typical"] == 0
