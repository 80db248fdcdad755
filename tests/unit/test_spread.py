"""Ignorance and chance: a spread taken apart, and the draws of a study."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.random import default_rng

from sim import load_scenario, simulate
from sim.cli import cli
from sim.measures.digest import digest
from sim.scenario.uncertain import draw
from sim.study.folder import StudyFolder
from sim.study.ignorance import NIGHTS, drawn, taken_apart
from tests.strategies import small, villages_answer

ANSWER, RELAY = "roster.posts.officer.answer", "roster.desks.county.relay"


def study(*words: object) -> Result:
    """Run the command."""
    return CliRunner().invoke(cli, ["study", *map(str, words)])


def unsure(folder: Path) -> Path:
    """Return a scenario whose officers answer each try with 50 %, or with anything between 30 % and 90 %."""
    night = small(1, 3, 2)
    night.scenario["roster"]["posts"]["officer"]["answer"] = "50 %"
    night.scenario["uncertain"] = {ANSWER: {"range": ["30 %", "90 %"]}, RELAY: {"range": ["0 min", "3 min"]}}
    return night.write(folder)


# A spread taken apart -------------------------------------------------------------------------------------------------


@given(
    arrays(np.float64, st.integers(3, 8), elements=st.floats(-100, 100)),
    arrays(np.float64, st.integers(3, 8), elements=st.floats(-100, 100)),
)
def test_what_only_adds_up_has_the_variances_of_its_parts(of_draw: np.ndarray, of_night: np.ndarray) -> None:
    """Draw plus night: ignorance and chance are their sample variances, together they make nothing more."""
    apart = taken_apart(of_draw[:, None] + of_night)
    slack = 1e-6 + 1e-9 * float(of_draw.var() + of_night.var())
    assert apart.ignorance == pytest.approx(of_draw.var(ddof=1), abs=slack)
    assert apart.chance == pytest.approx(of_night.var(ddof=1), abs=slack)
    assert apart.both == pytest.approx(0, abs=slack)


@given(
    arrays(np.float64, (5, 4), elements=st.floats(-10, 10).map(lambda value: round(value, 3))),
    st.sampled_from([0.5, 2.0, 60.0]),
)
def test_units_and_order_do_not_matter(values: np.ndarray, unit: float) -> None:
    """Shares of a number in other units, with draws and nights in another order, are the same; they add up to all."""
    one, other = taken_apart(values), taken_apart(unit * values[::-1, ::-1])
    assert other.shares == pytest.approx(one.shares, abs=1e-6, nan_ok=True)
    if not any(map(math.isnan, one.shares)):
        assert sum(one.shares) == pytest.approx(1)
        assert min(one.shares) >= 0
        assert one.low <= one.shares[0] <= one.high


def test_where_nothing_varies_there_is_no_share() -> None:
    """All the same: neither ignorance nor chance, and nothing is divided by nothing."""
    assert all(map(math.isnan, taken_apart(np.full((4, 5), 0.1)).shares))


def test_the_parts_are_unbiased_and_the_interval_covers() -> None:
    """Random effects of known variance, 4, 2 and 1: in the mean of 1 000 studies the parts are these, and the interval has 4/7 in 90 % at least.

    (The interval is an approximation, said to be about 95 %; the mean is held to 4 standard errors.)
    """
    random, found, covered = default_rng(5), [], 0
    for _ in range(1000):
        values = 2 * random.normal(size=(20, 1)) + math.sqrt(2) * random.normal(size=20) + random.normal(size=(20, 20))
        apart = taken_apart(values)
        found.append((apart.ignorance, apart.chance, apart.both))
        covered += apart.low <= 4 / 7 <= apart.high
    parts = np.array(found)
    assert (np.abs(parts.mean(axis=0) - [4, 2, 1]) < 4 * parts.std(axis=0) / math.sqrt(1000)).all()
    assert covered >= 900


# Draws of a study -----------------------------------------------------------------------------------------------------


def test_draws_meet_the_same_nights_with_other_numbers(tmp_path: Path) -> None:
    """What is kept of a draw is what the scenario with its settings gives, run by run; serial and parallel alike; the table says what was drawn."""
    path, outs = unsure(tmp_path / "in"), [tmp_path / "1", tmp_path / "2"]
    for workers, out in enumerate(outs, 1):
        done = study(path, "-n", 4, "--draws", 3, "--workers", workers, "--out", out, "--json")
        assert done.exit_code == 0, done.output
    assert (outs[0] / "spread.csv").read_bytes() == (outs[1] / "spread.csv").read_bytes()
    plan = load_scenario(path).plan
    told = pd.read_csv(outs[0] / "draws.csv")
    for number, part in enumerate(drawn(load_scenario(path), 3)):
        settings = draw(plan.uncertain, plan.seed, number)
        assert part.settings == settings
        assert told[told["draw"] == number].agg(lambda row: f"{row['path']}={row['value']}", axis=1).tolist() == list(
            settings
        )
        nights, changed = part.nights(StudyFolder.resume(outs[0])), load_scenario(path, settings)
        assert nights.replications == tuple(range(NIGHTS))
        (mine,) = (one.value for one in digest(changed, simulate(changed, 7)) if one.measure == "share_15min")
        assert nights.of_county("share_15min")[7] == mine[0]


def test_more_draws_extend_and_never_change(tmp_path: Path) -> None:
    """Three asked, then five: the first three stay, and the result is that of five asked at once; the runs themselves stay untouched."""
    path, grown, whole = unsure(tmp_path / "in"), tmp_path / "grown", tmp_path / "whole"
    assert study(path, "-n", 4, "--workers", 1, "--out", grown).exit_code == 0
    before = (grown / "replications.parquet").read_bytes()
    for draws in (3, 5):
        assert study("--resume", grown, "--draws", draws, "--workers", 1).exit_code == 0
    assert study(path, "-n", 4, "--draws", 5, "--workers", 1, "--out", whole).exit_code == 0
    for name in ("draws.csv", "spread.csv", "verdicts.csv"):
        assert (grown / name).read_bytes() == (whole / name).read_bytes()
    assert (grown / "replications.parquet").read_bytes() == before
    assert study("--resume", grown, "--draws", 4).exit_code == 2


def test_what_is_known_for_sure_cannot_be_drawn(tmp_path: Path) -> None:
    """A scenario without ranges: exit code 2, the remedy is named, nothing is written."""
    done = study(small(1, 2, 2).write(tmp_path / "in"), "--draws", 3, "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert "configs/uncertain" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_range_that_decides_shows_as_ignorance(tmp_path: Path) -> None:
    """Everybody answers, and only the county's relay is not known: the minutes until villages answer are ignorance, all of them."""
    night = small(1, 2, 2)
    night.scenario["uncertain"] = {RELAY: {"range": ["0 min", "30 min"]}}
    night.scenario["roster"]["desks"]["county"]["relay"] = "1 min"
    night.scenario["targets"] = [villages_answer(within="9 min")]
    done = study(
        night.write(tmp_path / "in"), "-n", 4, "--draws", 4, "--workers", 1, "--out", tmp_path / "out", "--json"
    )
    assert done.exit_code == 0, done.output
    table = pd.read_csv(tmp_path / "out" / "spread.csv").set_index("measure")
    row = table.loc["target:all:min"]
    assert row["ignorance"] == pytest.approx(1)
    relays = [float(value.split()[0]) for value in pd.read_csv(tmp_path / "out" / "draws.csv")["value"]]
    assert row["most"] - row["least"] == pytest.approx(max(relays) - min(relays))
    said = json.loads(done.stdout)["spread"]
    assert {one["measure"] for one in said} == set(table.index)
