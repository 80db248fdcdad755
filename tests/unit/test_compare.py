"""Scenarios compared under the same luck: what pairing must keep, what its intervals must cover, and what a planner is told."""

from __future__ import annotations

import json
import math
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from scipy import special, stats

from sim import simulate
from sim.cli import cli
from sim.measures.digest import digest
from sim.report.compare.amounts import Amounts, points, runs
from sim.report.compare.sentences import compare_sentences, value
from sim.report.words.language import Words
from sim.scenario import Scenario
from sim.scenario.differences import ABSENT, differences
from sim.study.compare.comparison import Comparison, comparison
from sim.study.compare.folder import Compared
from sim.study.compare.paired import least_apart, moved, paired_differences, paired_interval, shares
from sim.study.compare.tables import summarise, tables
from sim.study.engines import Local
from sim.study.folder import Asked
from sim.study.intervals import quantile
from sim.study.nights import Nights
from sim.study.study import Study
from tests import strategies
from tests.strategies import Small, full_night, repeatable, villages_answer

ROOT = Path(__file__).parents[2]


# Tools ----------------------------------------------------------------------------------------------------------------


def lucky(villages: int = 3, *, answer: float = 0.5, title: str = "对照") -> Small:
    """Return a night of luck that has a title."""
    night = strategies.lucky(villages, answer=answer)
    night.scenario["title"] = title
    return night


def compare(*words: object) -> Result:
    """Run the command."""
    return CliRunner().invoke(cli, ["compare", *map(str, words)])


def said(done: Result) -> dict[str, object]:
    """Return the JSON that a comparison printed."""
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def differences_of(folder: Path) -> pd.DataFrame:
    """Return the table of differences by measure."""
    return pd.read_csv(folder / "differences.csv").set_index("measure")


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Return what follows from the nights of a comparison, byte for byte."""
    names = ("targets", "differences", "uncompared", "villages", "settings", "pairs")
    return {name: (folder / f"{name}.csv").read_bytes() for name in names}


def set_against(base: Study, other: Study) -> Comparison:
    """Return a comparison of two studies."""
    return comparison(
        [Compared(name, name, 1, one.asked) for name, one in (("甲", base), ("乙", other))], [base, other]
    )


def made_up(scenario: Scenario, minutes: list[list[float]]) -> Study:
    """Return a study in which the villages answered after these minutes, run by run."""
    nights = Nights.of(range(len(minutes)), [digest(scenario, simulate(scenario, n)) for n in range(len(minutes))])
    values, starts = nights.kept.copy(), nights.starts
    for number, column in enumerate(nights.columns):
        here = values[:, starts[number] : starts[number + 1]]
        if column.measure == "target:all:min":
            here[:] = minutes if len(column.place) == len(minutes[0]) else np.max(minutes, axis=1)[:, None]
        if column.measure == "target:all:met":
            here[:, 0] = [max(row) <= 4 for row in minutes]
    asked = Asked("", (), scenario.hash, 1, len(minutes))
    return Study(scenario, asked, Nights(nights.replications, nights.columns, values))


# The same luck --------------------------------------------------------------------------------------------------------


def test_a_scenario_against_itself_differs_in_nothing(tmp_path: Path) -> None:
    """Every difference is 0, no pair is discordant, nothing is certain, no setting differs; the same file may be named twice."""
    path, out = lucky().write(tmp_path / "in"), tmp_path / "out"
    got = said(compare(path, path, "-n", 10, "--workers", 1, "--out", out, "--json"))
    table = differences_of(out)
    assert (table["difference"].dropna() == 0).all()
    assert set(table["effect"]) == {"same"}
    assert table[["only_base", "only_other"]].dropna().to_numpy().sum() == 0
    assert pd.read_csv(out / "settings.csv").empty
    assert [one["name"] for one in got["scenarios"]] == ["night", "night (2)"]
    assert (pd.read_csv(out / "villages.csv")["difference"] == 0).all()


def test_swapping_the_two_turns_every_sign_round(tmp_path: Path) -> None:
    """What is more of one is less of the other: differences, their intervals, who alone met it; a better one becomes a worse one."""
    first, second = lucky().write(tmp_path / "a"), lucky(answer=0.8, title="另一").write(tmp_path / "b")
    for name, pair in (("ab", (first, second)), ("ba", (second, first))):
        assert compare(*pair, "-n", 30, "--workers", 1, "--out", tmp_path / name).exit_code == 0
    one, other = differences_of(tmp_path / "ab"), differences_of(tmp_path / "ba")
    assert (one["effect"] == "better").any()
    turned = other["effect"].replace({"better": "worse", "worse": "better"})
    assert one["effect"].tolist() == turned.tolist()
    for mine, theirs in (("difference", "difference"), ("ci_low", "ci_high"), ("ci_high", "ci_low")):
        np.testing.assert_allclose(one[mine], -other[theirs], atol=1e-12)
    assert one["only_base"].equals(other["only_other"])
    villages = [pd.read_csv(tmp_path / name / "villages.csv").sort_values("code") for name in ("ab", "ba")]
    np.testing.assert_allclose(villages[0]["ci_low"], -villages[1]["ci_high"], atol=1e-12)


def test_a_longer_fixed_delay_shifts_every_run_by_itself(tmp_path: Path) -> None:
    """Signed 5 min later: what counts from the beginning is 5 min later in every run, whatever the luck; what counts from the release is the same."""
    night = lucky(answer=1.0)
    night.scenario["warnings"][0]["consultation"] = {"exponential": {"mean": "6 min"}}
    night.scenario["targets"].append(villages_answer(id="t0", since="t0", within="1 h"))
    late = night.copy()
    late.scenario["warnings"][0]["sign_off"] = "5 min"
    paths = [night.write(tmp_path / "a"), late.write(tmp_path / "b")]
    assert compare(*paths, "-n", 12, "--workers", 1, "--out", tmp_path / "out").exit_code == 0
    table = differences_of(tmp_path / "out")
    for measure in ("release_min", "target:t0:min"):
        row = table.loc[measure]
        assert row["base"] > 1
        assert row[["difference", "ci_low", "ci_high"]].tolist() == pytest.approx([5, 5, 5], abs=1e-9)
        assert row["effect"] == "worse"
        assert np.isnan(row["variance_ratio"])  # no number of runs with luck of its own would tell it so exactly
    pairs = pd.read_csv(tmp_path / "out" / "pairs.csv").query("measure == 'release_min'")
    assert pairs["base"].std() > 1
    assert pairs["difference"].tolist() == pytest.approx([5] * 12, abs=1e-9)
    assert table.loc["target:all:min", "effect"] == "same"  # counted from the release


@pytest.mark.parametrize("times", [2, 3])
def test_the_same_luck_makes_the_variance_of_a_difference_smaller(times: int, tmp_path: Path) -> None:
    """Of an exponential delay k times as long, by the same uniform, B = k A: (Var A + Var B) / Var (A − B) = (1 + k²) / (1 − k)², 5 of k = 2."""
    night = lucky(answer=1.0)
    night.scenario["warnings"][0]["sign_off"] = {"exponential": {"mean": "4 min"}}
    longer = night.copy()
    longer.scenario["warnings"][0]["sign_off"] = {"exponential": {"mean": f"{4 * times} min"}}
    paths = [night.write(tmp_path / "a"), longer.write(tmp_path / "b")]
    got = said(compare(*paths, "-n", 20, "--workers", 1, "--out", tmp_path / "out", "--json"))
    (row,) = (one for one in got["differences"] if one["measure"] == "release_min")
    assert row["variance_ratio"] == pytest.approx((1 + times**2) / (1 - times) ** 2)
    assert got["variance_ratio"] == [
        {"scenario": "night (2)", "measure": "release_min", "value": pytest.approx(row["variance_ratio"])}
    ]


def test_the_seed_of_the_base_is_that_of_all(tmp_path: Path) -> None:
    """Another that states its own seed is overridden, a sentence says so, and its runs are those of the base's luck."""
    night, other = lucky(), lucky(title="另一")
    other.scenario["seed"] = 99
    paths = [night.write(tmp_path / "a"), other.write(tmp_path / "b")]
    out = tmp_path / "out"
    done = compare(*paths, "-n", 8, "--workers", 1, "--out", out)
    assert done.exit_code == 0, done.output
    assert "“另一”自己写的随机种子是99，对比时改用对照情景的7" in done.stdout
    assert set(differences_of(out)["effect"]) == {"same"}
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert (summary["seed"], summary["scenarios"][1]["stated_seed"]) == (7, 99)
    whole = compare(*paths, "-n", 8, "--workers", 1, "--set", "seed=5", "--out", tmp_path / "set", "--json")
    assert said(whole)["seed"] == 5


# Intervals of pairs ---------------------------------------------------------------------------------------------------

CHANCES = (0.0, 0.001, 0.01, 0.03, 0.1, 0.3, 0.5)


@pytest.mark.parametrize("confidence", [0.95, 1 - 0.05 / 480])
@pytest.mark.parametrize("of", [6, 20, 60])
def test_the_paired_interval_covers_at_its_nominal_rate(of: int, confidence: float) -> None:
    """The chance of all tables whose interval holds the true difference, summed exactly over the trinomial law, extremes included."""
    gained, lost = (part.ravel() for part in np.meshgrid(np.arange(of + 1), np.arange(of + 1)))
    inside = gained + lost <= of
    gained, lost = gained[inside], lost[inside]
    low, high = paired_interval(gained, lost, of, confidence)
    neither = of - gained - lost
    ways = special.gammaln(of + 1) - sum(special.gammaln(part + 1) for part in (gained, lost, neither))
    for more, less in ((more, less) for more in CHANCES for less in CHANCES):
        rest = 1 - more - less
        chance = np.exp(ways + special.xlogy(gained, more) + special.xlogy(lost, less) + special.xlogy(neither, rest))
        assert chance.sum() == pytest.approx(1)
        covered = (low <= more - less + 1e-12) & (more - less - 1e-12 <= high)
        assert chance[covered].sum() >= confidence - 1e-9, (more, less)


def test_the_paired_interval_covers_by_simulation() -> None:
    """2000 comparisons of 100 runs by the door that studies use, a common cause in both: the true difference is left out in 5 % + 4 SE at most."""
    rng, of, studies = np.random.default_rng(3), 100, 2000
    luck, own = rng.random((studies, of)), rng.random((studies, of))
    base, other = luck < 0.80, (luck < 0.85) & (own < 0.98)
    true = 0.85 * 0.98 - 0.80
    found = [shares(mine, theirs) for mine, theirs in zip(base, other, strict=True)]
    missed = np.mean([not one.low <= true <= one.high for one in found])
    assert missed <= 0.05 + 4 * math.sqrt(0.05 * 0.95 / studies)
    # and it is shorter than what two scenarios with luck of their own would give at best (Wald)
    apart = 2 * 1.96 * math.sqrt((0.8 * 0.2 + 0.833 * 0.167) / of)
    assert np.median([one.high - one.low for one in found]) < apart


@repeatable(200)
@given(st.integers(1, 300), st.data())
def test_the_paired_interval_holds_the_difference_and_mirrors_itself(of: int, data: st.DataObject) -> None:
    """It holds what was seen, turns round when the two do, never has no width, and is wider where more is asked of it."""
    gained = data.draw(st.integers(0, of))
    lost = data.draw(st.integers(0, of - gained))
    (low,), (high,) = paired_interval(np.array([gained]), np.array([lost]), of)
    assert -1 <= low <= (gained - lost) / of <= high <= 1
    assert low < high
    (turned_low,), (turned_high,) = paired_interval(np.array([lost]), np.array([gained]), of)
    assert (turned_low, turned_high) == pytest.approx((-high, -low))
    (wide_low,), (wide_high,) = paired_interval(np.array([gained]), np.array([lost]), of, 0.999)
    assert wide_low <= low < high <= wide_high


def test_without_a_pair_that_differs_the_interval_has_a_width() -> None:
    """0 of 100: as many as 1 − (a/2)^(1/100) may differ, either way; by hand, a = 1 − 0.95/0.96: 5.1 points."""
    (low,), (high,) = paired_interval(np.array([0]), np.array([0]), 100)
    most = 1 - ((1 - 0.95 / 0.96) / 2) ** 0.01
    assert (low, high) == pytest.approx((-most, most))
    assert most == pytest.approx(0.0512, abs=1e-4)


def test_a_direction_is_certain_when_mcnemars_exact_test_says_so() -> None:
    """At 4 % of the 5 %, however many runs: 6 against 0 (p = 2/64) and 8 against 1 (20/512), not 5 against 0 (2/32), not 8 against 2."""
    for gained, lost, certain in ((6, 0, True), (5, 0, False), (8, 1, True), (8, 2, False)):
        assert bool(stats.binomtest(lost, gained + lost).pvalue <= 0.04) is certain
        for of in (10, 100, 1000):
            (low,), _ = paired_interval(np.array([gained]), np.array([lost]), of)
            assert bool(low > 0) is certain
    assert least_apart(0.95) == 6
    of_many = 1 - 0.05 / 480
    for differing in (least_apart(of_many) - 1, least_apart(of_many)):
        (low,), _ = paired_interval(np.array([differing]), np.array([0]), 200, of_many)
        assert bool(low > 0) is (differing == least_apart(of_many))


def test_pairs_are_counted_and_compared_by_hand() -> None:
    """Ten runs: both in 3, the base alone in 1, the other alone in 2, neither in 4; one in ten more, and nothing certain."""
    base = np.array([True] * 4 + [False] * 6)
    other = np.array([True] * 3 + [False] + [True] * 2 + [False] * 4)
    found = shares(base, other)
    assert (found.both, found.only_base, found.only_other, found.neither) == (3, 1, 2, 4)
    assert found.difference == pytest.approx(0.1)
    assert found.effect == "open"
    assert shares(base, base).effect == "same"


# Numbers --------------------------------------------------------------------------------------------------------------


def test_where_a_run_never_comes_to_it_there_is_no_mean() -> None:
    """Two that never do differ by nothing, one that never does by more than anything; the median is that of the pairs, by hand."""
    base = np.array([10.0, 20, 30, np.inf, np.inf, 12, 15])
    other = np.array([8.0, 18, np.inf, np.inf, 40, 9, 14])
    assert paired_differences(base, other).tolist() == [-2, -2, np.inf, 0, -np.inf, -3, -1]
    found = moved(base, other)
    assert (found.kind, found.difference, found.base_ended, found.other_ended) == ("median", -2, 5, 5)
    assert (found.low, found.high) == (-np.inf, np.inf)  # the first and the last of seven
    assert (found.effect, found.variance_ratio) == ("open", None)
    assert moved(base, base).effect == "same"
    back = moved(other, base)
    assert (back.difference, back.low, back.high) == (2, -np.inf, np.inf)


@pytest.mark.parametrize(
    ("apart", "middle"),
    [([1, 2, 3, 4], 2.5), ([-math.inf, -math.inf, 3, 4], 3), ([1, 2, math.inf, math.inf], 2)],
)
def test_a_median_of_pairs_is_never_a_mean_with_never(apart: list[float], middle: float) -> None:
    """Of two in the middle their mean; of one that is finite and one that is not the finite one, so the two may change places."""
    of = np.array([*apart, math.inf, -math.inf])  # one more at either end, so that there is no mean
    base, other = np.where(of == -math.inf, math.inf, 100.0), np.where(np.isinf(of), math.inf, 100.0 + of)
    other[of == -math.inf] = 7.0
    assert moved(base, other).difference == middle
    assert moved(other, base).difference == -middle


def test_the_interval_of_the_median_covers_whatever_the_law() -> None:
    """Skewed differences of which a fifth is never and some are ties at 0: the true median is left out in 5 % + 4 SE of 2000 comparisons at most."""
    rng, of, studies = np.random.default_rng(5), 40, 2000
    luck = rng.random((studies, of))
    base = np.where(luck < 0.1, np.inf, 20.0)
    gain = -np.log(rng.random((studies, of))) * 10
    other = np.where(luck < 0.2, np.inf, 20.0 + gain)
    # pairs: a tenth 0 (never/never), a tenth inf, else exponential of mean 10; by hand the median m solves 0.1 + 0.8 (1 − e^(−m/10)) = 0.5
    median = -10 * math.log(0.5)
    found = [moved(mine, theirs) for mine, theirs in zip(base, other, strict=True)]
    assert {one.kind for one in found} == {"median"}
    missed = np.mean([not one.low <= median <= one.high for one in found])
    assert missed <= 0.05 + 4 * math.sqrt(0.05 * 0.95 / studies)
    pairs = paired_differences(base[0], other[0])
    assert (found[0].low, found[0].high) == quantile(pairs, 0.5)[1:]


def test_floating_point_is_no_difference() -> None:
    """0.1 + 0.2 is 0.3: nothing differs, and nothing is certain."""
    base = np.full(10, 0.3)
    found = moved(base, np.full(10, 0.1 + 0.2))
    assert (found.difference, found.effect) == (0, "same")


def test_the_mean_of_pairs_has_students_interval() -> None:
    """Differences 1, 2, 3: mean 2, half-width t₀.₉₇₅(2) / √3 = 2.484; the variance is that of the pairs."""
    found = moved(np.array([10.0, 20, 30]), np.array([11.0, 22, 33]))
    assert (found.kind, found.difference) == ("mean", 2)
    assert found.high - 2 == pytest.approx(4.302653 / math.sqrt(3))
    assert found.variance_ratio == pytest.approx((100 + 121) / 1)


def test_a_mean_of_few_that_differ_is_never_certain() -> None:
    """Of 20 pairs 5 differ by 1, one way: Student's t alone would leave out 0 (0.25 ± 0.208), a count would not (2/32); 6 of 20 do."""
    base = np.zeros(20)
    few, more = (np.where(np.arange(20) < differing, 1.0, 0.0) for differing in (5, 6))
    assert 0.25 - stats.t.ppf(0.975, 19) * few.std(ddof=1) / math.sqrt(20) > 0
    assert (moved(base, few).low, moved(base, few).effect) == (0, "open")
    assert moved(base, few).high == pytest.approx(0.458, abs=1e-3)
    assert moved(base, more).effect == "more"
    assert moved(base[:3], np.array([5.0, 5, 5])).effect == "more"  # every pair differs


# What is compared -----------------------------------------------------------------------------------------------------


def test_the_table_of_villages_counts_pairs_by_hand(tmp_path: Path) -> None:
    """Four runs of three villages against 4 min: the first late in 3, then in none; the second alike; the third in 1, then never answering."""
    scenario = lucky().load(tmp_path)
    base = made_up(scenario, [[5, 1, 1], [6, 9, 1], [7, 1, 5], [4, 1, 1]])  # 4 min keep a limit of 4 min
    other = made_up(scenario, [[1, 1, math.inf], [1, 9, math.inf], [1, 1, math.inf], [1, 1, math.inf]])
    whole = set_against(base, other)
    table = tables(whole)["villages"].query("target_id == 'all' and level == 'village'").set_index("difference")
    assert table.index.tolist() == [-0.75, 0, 0.75]
    assert table[["base_late", "other_late"]].to_numpy().tolist() == [[0.75, 0], [0.25, 0.25], [0.25, 1]]
    assert table[["only_base", "only_other"]].to_numpy().tolist() == [[3, 0], [0, 0], [0, 3]]
    assert table["effect"].tolist() == ["open", "same", "open"]
    (low,), (high,) = paired_interval(np.array([0]), np.array([3]), 4, 1 - 0.05 / 3)  # for three villages together
    assert table.loc[-0.75, ["ci_low", "ci_high"]].tolist() == [low, high]
    (row,) = (one for one in summarise(whole)["differences"] if one["measure"] == "target:all:met")
    assert (row["base"], row["other"], row["only_base"], row["neither"]) == (0.25, 0, 1, 3)
    (row,) = (one for one in summarise(whole)["differences"] if one["measure"] == "target:all:min")
    assert (row["kind"], row["other"], row["difference"]) == ("median", None, None)
    assert (row["base_ended"], row["other_ended"]) == (4, 0)


def test_a_requirement_with_another_limit_is_another_requirement(tmp_path: Path) -> None:
    """It is not compared, and both limits are said; so is what only one of them has; another probability or name is no other requirement."""
    night, other = lucky(), lucky(title="另一")
    night.scenario["targets"] += [
        villages_answer(id="mine", name="只在甲"),
        villages_answer(id="named", name="旧名", probability=0.9),
    ]
    other.scenario["targets"][0] |= {"within": "6 min"}
    other.scenario["targets"] += [
        villages_answer(id="theirs", name="只在乙"),
        villages_answer(id="named", name="新名", probability=0.5),
    ]
    other.scenario["targets"].append(villages_answer(id="whom", of_whom="township", name="乡镇应答"))
    night.scenario["targets"].append(villages_answer(id="whom", name="乡镇应答"))
    paths = [night.write(tmp_path / "a"), other.write(tmp_path / "b")]
    out = tmp_path / "out"
    done = compare(*paths, "-n", 6, "--workers", 1, "--out", out)
    assert done.exit_code == 0, done.output
    assert "各村应答：两边的要求不同（对照情景100%在4分钟内，“另一”100%在6分钟内）" in done.stdout
    assert "只在甲：只有对照情景有这项要求" in done.stdout
    assert "只在乙：只有“另一”有这项要求" in done.stdout
    assert "乡镇应答：两边的时限相同，但说的不是同一件事" in done.stdout
    table = pd.read_csv(out / "uncompared.csv").set_index("target_id")
    assert sorted(table.index) == ["all", "mine", "theirs", "whom"]
    assert table.loc["all", ["base_within_min", "other_within_min"]].tolist() == [4, 6]
    compared = set(differences_of(out)["target_id"].dropna())
    assert compared == {"named", "desks"}
    assert set(pd.read_csv(out / "villages.csv")["target_id"]) == compared


def test_other_places_are_compared_as_a_whole_only(tmp_path: Path) -> None:
    """A county of more villages: numbers of the county are compared, no village is, and a sentence says so."""
    paths = [lucky(3).write(tmp_path / "a"), lucky(4, title="另一").write(tmp_path / "b")]
    done = compare(*paths, "-n", 6, "--workers", 1, "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert "与对照情景的县情不同" in done.stdout
    assert pd.read_csv(tmp_path / "out" / "villages.csv").empty
    assert not differences_of(tmp_path / "out").empty


def test_a_number_that_only_one_simulates_is_named(tmp_path: Path) -> None:
    """Persons in danger of the one, none of the other: it is no 0."""
    scenario = lucky().load(tmp_path)
    base = made_up(scenario, [[1, 1, 1]] * 2)
    dark = next(n for n, column in enumerate(base.nights.columns) if column.measure == "dark_villages_max")
    columns = tuple(column for n, column in enumerate(base.nights.columns) if n != dark)
    kept = np.delete(base.nights.kept, base.nights.starts[dark], axis=1)
    other = Study(scenario, base.asked, Nights(base.nights.replications, columns, kept))
    whole = set_against(base, other)
    assert whole.others[0].one_sided == ("dark_villages_max",)
    assert "dark_villages_max" not in set(tables(whole)["differences"]["measure"])
    assert any("只有一个情景推演了这些数" in one for one in compare_sentences(whole, "zh"))


def test_what_was_changed_is_said_in_the_planners_terms(tmp_path: Path) -> None:
    """Paths as --set takes them, both values as written, things with an id by it; where nothing stands it says so; sources are no settings."""
    night = lucky()
    other = night.copy()
    other.scenario["roster"]["desks"]["township"]["callers"] = 2
    other.scenario["warnings"][0] |= {"sign_off": {"exponential": {"mean": "4 min"}}, "source": "别处"}
    other.scenario["targets"][0] |= {"within": "6 min"}
    other.scenario["targets"].append(villages_answer(id="more"))
    other.scenario["roster"]["ladders"]["village"]["steps"][0]["tries"] = 3
    other.scenario["seed"] = 8
    scenarios = [night.load(tmp_path / "a"), other.load(tmp_path / "b")]
    found = {one.path: (one.here, one.there) for one in differences(*scenarios) if one.path != "county.folder"}
    assert found.pop("targets.more")[0] is ABSENT
    assert found == {
        "warnings.w.sign_off": ("0 min", {"exponential": {"mean": "4 min"}}),
        "roster.desks.township.callers": (1, 2),
        "roster.ladders.village.steps.0.tries": (1, 3),
        "targets.all.within": ("4 min", "6 min"),
    }
    assert differences(scenarios[0], scenarios[0]) == ()
    words = Words("zh")
    assert value(ABSENT, words) == "（没有）"
    assert value(list(range(100)), words).endswith("…（共100项）")
    assert value({"exponential": {"mean": "4 min"}}, words) == "{exponential: {mean: 4 min}}"


def test_the_order_of_things_is_a_setting_too(tmp_path: Path) -> None:
    """Two requirements in another order: their ids in either order, and nothing else."""
    night = lucky()
    night.scenario["targets"].append(villages_answer(id="more"))
    other = night.copy()
    other.scenario["targets"].reverse()
    found = differences(night.load(tmp_path), other.load(tmp_path))
    assert [(one.path, one.here, one.there) for one in found] == [("targets", ["all", "more"], ["more", "all"])]


# However it is played -------------------------------------------------------------------------------------------------


def two(folder: Path) -> list[Path]:
    """Write two scenarios."""
    return [lucky().write(folder / "a"), lucky(answer=0.8, title="另一").write(folder / "b")]


def test_serial_parallel_and_resumed_are_the_same_to_the_byte(tmp_path: Path) -> None:
    """One process, two, and stopped after the first portion of the second scenario and gone on with; a finished one may be gone on with too."""
    paths = two(tmp_path)
    for name, workers in (("one", 1), ("two", 2), ("stopped", 1)):
        assert compare(*paths, "-n", 12, "--workers", workers, "--out", tmp_path / name).exit_code == 0
    for entry in (tmp_path / "stopped").iterdir():
        if entry.is_file() and entry.name != "compare.json":
            entry.unlink()
    second = next((tmp_path / "stopped").glob("2-*")) / "nights"
    for name in ("0000004.npz", "0000008.npz"):
        (second / name).unlink()
    assert compare("--resume", tmp_path / "stopped", "--workers", 1).exit_code == 0
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two") == bytes_of(tmp_path / "stopped")
    assert compare("--resume", tmp_path / "two").exit_code == 0
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")


def test_killed_in_the_middle_what_was_finished_is_kept(tmp_path: Path) -> None:
    """Kill −9 in the first scenario: the comparison goes on from there and is that of one never stopped."""
    paths, out = two(tmp_path), tmp_path / "out"
    command = [
        sys.executable,
        "-m",
        "sim",
        "compare",
        *map(str, paths),
        "-n",
        "60",
        "--workers",
        "1",
        "--out",
        str(out),
    ]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        limit = time.monotonic() + 60
        while len(list(out.glob("1-*/nights/*.npz"))) < 2 and time.monotonic() < limit:
            time.sleep(0.01)
        os.kill(running.pid, signal.SIGKILL)
    assert len(list(out.glob("1-*/nights/*.npz"))) >= 2
    assert not list(out.glob("2-*/nights/0000056.npz"))
    assert not (out / "manifest.json").exists()
    assert compare("--resume", out, "--workers", 1).exit_code == 0
    assert compare(*paths, "-n", 60, "--workers", 1, "--out", tmp_path / "whole").exit_code == 0
    assert bytes_of(out) == bytes_of(tmp_path / "whole")


def test_an_interrupted_comparison_says_how_to_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C in the second scenario: exit code 130, all of the first and a portion of the second are kept."""
    paths, out = two(tmp_path), tmp_path / "out"
    played, left = Local._once, [4]

    def stopped(*arguments: object) -> object:
        for nights in played(*arguments):  # type: ignore[arg-type]
            if not left[0]:
                raise KeyboardInterrupt
            left[0] -= 1
            yield nights

    monkeypatch.setattr(Local, "_once", stopped)
    done = compare(*paths, "-n", 12, "--workers", 1, "--out", out)
    assert done.exit_code == 130
    assert f"jiaoying compare --resume {out}" in done.stderr
    assert [len(list(out.glob(f"{number}-*/nights/*.npz"))) for number in (1, 2)] == [3, 1]


def test_a_disk_that_refuses_is_a_fault_and_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fourth portion cannot be written: three are kept, and the folder to go on with is that of the comparison."""
    paths, out = two(tmp_path), tmp_path / "out"
    save, left = Nights.save, [3]

    def refused(self: Nights, where: Path) -> None:
        if not left[0]:
            raise OSError(28, "No space left on device")
        left[0] -= 1
        save(self, where)

    monkeypatch.setattr(Nights, "save", refused)
    done = compare(*paths, "-n", 8, "--workers", 1, "--out", out)
    assert done.exit_code == 2
    assert f"--resume {out} 接着做" in done.stderr
    assert len(list(out.glob("*/nights/*.npz"))) == 3


# Bad input ------------------------------------------------------------------------------------------------------------


def test_every_fault_of_every_scenario_is_told_at_once(tmp_path: Path) -> None:
    """A file that is not there and one that is wrong in two places: three faults, exit code 2, nothing written."""
    broken = lucky()
    broken.scenario["end"] = "10 apples"
    broken.scenario["roster"]["desks"]["township"]["callers"] = -1
    paths = [lucky().write(tmp_path / "a"), tmp_path / "missing.yaml", broken.write(tmp_path / "b")]
    done = compare(*paths, "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert "共 3 处问题" in done.stderr
    for named in ("missing.yaml", "apples", "callers"):
        assert named in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_comparison_takes_two_and_a_place_of_its_own(tmp_path: Path) -> None:
    """One scenario, none, something in the folder, a folder of no comparison: exit code 2, and what stands there stays."""
    path = lucky().write(tmp_path / "in")
    for words in ((path,), (), (path, path, "--out", tmp_path / "in"), ("--resume", tmp_path / "in")):
        before = sorted(tmp_path.rglob("*"))
        assert compare(*words).exit_code == 2, words
        assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("words", [["-n", "20"], ["--set", "seed=3"], ["SCENARIO"], ["--out", "elsewhere"]])
def test_a_comparison_that_goes_on_is_the_one_that_was_begun(words: list[str], tmp_path: Path) -> None:
    """The number of runs is fixed beforehand: neither more runs nor anything else may be asked of it; all stays as it was."""
    paths, out = two(tmp_path), tmp_path / "out"
    assert compare(*paths, "-n", 4, "--workers", 1, "--out", out).exit_code == 0
    before = bytes_of(out)
    done = compare("--resume", out, *(str(paths[0]) if word == "SCENARIO" else word for word in words))
    assert done.exit_code == 2
    assert bytes_of(out) == before


def test_scenarios_that_changed_are_told_together(tmp_path: Path) -> None:
    """Nobody pairs runs of what was with runs of what is."""
    night, out = lucky(), tmp_path / "out"
    paths = [night.write(tmp_path / "a"), lucky(title="另一").write(tmp_path / "b")]
    assert compare(*paths, "-n", 4, "--workers", 1, "--out", out).exit_code == 0
    night.scenario["targets"][0]["within"] = "5 min"
    night.write(tmp_path / "a")
    done = compare("--resume", out)
    assert done.exit_code == 2
    assert "改动过" in done.stderr
    assert str(out) in done.stderr


def test_what_only_one_of_them_simulates_is_not_compared(tmp_path: Path) -> None:
    """A limit on reaching safety, and an evacuation in the second alone: no difference is made of it, the page is written, no share is made up."""
    night, safe = (
        full_night(),
        {"id": "safe", "event": "safe", "of_whom": "listed_household", "share": 0.5, "within": "9 h"},
    )
    night.scenario["targets"] = [villages_answer(), villages_answer() | safe]
    path = night.write(tmp_path / "a")
    for block in ("evacuation", "report_up"):
        night.scenario.pop(block, None)
    base = night.write(tmp_path / "b")
    done = compare(base, path, "-n", 3, "--workers", 1, "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    found = set(pd.read_csv(tmp_path / "out" / "differences.csv")["target_id"].dropna())
    assert "all" in found
    assert "safe" not in found
    told = pd.read_csv(tmp_path / "out" / "targets.csv")
    unknown = told[(told["target_id"] == "safe") & (told["verdict"] == "unsimulated")]
    assert len(unknown) == 1
    assert unknown[["met", "p_met", "ci_low", "ci_high"]].isna().all(axis=None)


# What is said ---------------------------------------------------------------------------------------------------------


def test_a_planner_gets_sentences_a_page_and_a_workbook(tmp_path: Path) -> None:
    """In both languages, three scenarios with an overview, each difference with its interval; nothing is infinite, nothing is fetched."""
    paths = [*two(tmp_path), lucky(answer=0.9, title="第三").write(tmp_path / "c")]
    for language, sentence in (
        ("zh", r"各村应答：对照情景30次中\d+次按时，“另一”\d+次；多\d+次（误差范围.+），有把握变好。"),
        (
            "en",
            r"All villages and communities answered: in time in \d+ of 30 runs of the base, in \d+ of “另一”; \d+ runs more .+, surely better\.",
        ),
    ):
        out = tmp_path / language
        done = compare(*paths, "-n", 30, "--workers", 1, "--out", out, "--lang", language)
        assert done.exit_code == 0, done.output
        assert re.search(sentence, done.stdout), done.stdout
        page = (out / "compare.html").read_text(encoding="utf-8")
        assert not re.search(r"""(src|href)=["']?(https?:)?//""", page)
        book = load_workbook(out / "compare.xlsx")
        cells = [
            str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None
        ]
        assert len(book.sheetnames) == 5
        for text in (page, done.stdout, " ".join(cells)):
            assert not re.search(r"(?i)\b(nan|inf)\b", text)
            assert "第三" in text
        manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
        assert {entry.name for entry in out.iterdir()} == set(manifest["files"])
    summary = json.loads((tmp_path / "zh" / "summary.json").read_text(encoding="utf-8"))
    assert summary["base"] == "对照"
    assert [one["name"] for one in summary["scenarios"]] == ["对照", "另一", "第三"]
    row = summary["differences"][0]
    assert {
        "scenario",
        "measure",
        "name",
        "unit",
        "base",
        "other",
        "difference",
        "ci_low",
        "ci_high",
        "n_pairs",
        "kind",
    } <= (row.keys())
    assert summary["scenarios"][0]["targets"][0]["verdict"] in {"met", "not_met", "open"}


def test_so_few_runs_that_no_village_could_be_certain_are_owned_up_to(tmp_path: Path) -> None:
    """Eight runs of 40 villages, of which one must differ in 11 runs in one direction (2 · 2⁻¹¹ ≤ 0.04 / 40): a sentence says so."""
    assert 2 * 0.5**11 <= 0.04 / 40 < 2 * 0.5**10
    night, other = lucky(40), lucky(40, answer=0.8, title="另一")
    done = compare(
        night.write(tmp_path / "a"), other.write(tmp_path / "b"), "-n", 8, "--workers", 1, "--out", tmp_path / "o"
    )
    assert done.exit_code == 0, done.output
    assert "至少要11次变了" in done.stdout


@pytest.mark.parametrize(
    ("low", "high", "zh", "en"),
    [
        (0.013, 0.147, "多1—15次", "1 to 15 runs more"),
        (-0.147, -0.013, "少1—15次", "1 to 15 runs less"),
        (-0.021, 0.053, "少3—多6次", "3 runs less to 6 more"),
        (0.0013, 0.05, "多0.1—5次", "0.1 to 5 runs more"),  # above 0, so never written as 0
        (0.0, 0.05, "多0—5次", "0 to 5 runs more"),
    ],
)
def test_an_interval_in_runs_goes_outwards(low: float, high: float, zh: str, en: str) -> None:
    """Whole runs, the ends never inwards, and what leaves out 0 does not show a 0."""
    assert runs(Words("zh"), 100).range(low, high) == zh
    assert runs(Words("en"), 100).range(low, high) == en


def test_amounts_are_as_fine_as_they_must_be() -> None:
    """Tenths, whole numbers of great ones, and small ones with one digit; never and unbounded have words."""
    minutes, share = Amounts(Words("zh"), "min"), points(Words("zh"))
    assert [minutes.change(x) for x in (-6.24, 0.0, 123.4, 0.004)] == ["少6.2分钟", "相差0", "多123分钟", "多0.004分钟"]
    assert share.interval(-0.0213, 0.0101) == "−2.2 至 +1.1"
    assert share.interval(0.0000012, 0.0000049) == "+0.0001 至 +0.0005"
    assert minutes.range(-math.inf, -2.0) == "不限 至 −2.0"
    assert minutes.range(math.inf, math.inf) == "两端都是"  # from done to never done: that is no unbounded interval
    assert minutes.change(math.inf) == "从做到变为始终做不到"
    assert minutes.value(math.inf) == "始终做不到"
