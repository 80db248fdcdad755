"""Steps taken out: what a scenario is without one, and whether it was decisive."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner, Result

from sim import load_scenario, simulate
from sim.cli import cli
from sim.measures.digest import digest
from sim.scenario import Scenario
from sim.study import parts
from sim.study.counterfactual import withouts
from sim.study.nights import Nights
from sim.study.removals import REMOVALS, bears_on, removed
from tests.strategies import Small, full_night, small, villages_answer, with_outages

ROOT = Path(__file__).parents[2]
TAKEN_OUT = {
    "deciding": ("consulting", "signing", "releasing"),
    "relaying": ("relaying",),
    "queueing": (),
    "unanswered": ("retrying",),
    "talking": (),
    "outages": ("no_service", "setting_up", "waiting_for_network"),
    "preparing": ("preparing",),
    "sending": (),
    "noticing": (),
    "visiting": ("visiting",),
}
"""The steps that nobody spends a minute on once it is taken out; of queues and talks with households some remain."""


def study(*words: object) -> Result:
    """Run the command."""
    return CliRunner().invoke(cli, ["study", *map(str, words)])


def relayed(limit_min: int) -> Small:
    """Return a night on which everybody answers at once, the county relays in 3 min and the township in 5; villages must answer in time."""
    night = small(1, 2, 2)
    for level, relay in (("county", "3 min"), ("township", "5 min")):
        night.scenario["roster"]["desks"][level]["relay"] = relay
    night.scenario["targets"] = [villages_answer(within=f"{limit_min} min")]
    return night


def nights_of(scenario: Scenario) -> Nights:
    """Return twelve nights of a scenario."""
    return Nights.of(range(12), [digest(scenario, simulate(scenario, n)) for n in range(12)])


def answered_min(night: Small, folder: Path) -> float:
    """Return when the last village answers, minutes after the release."""
    scenario = night.load(folder)
    (taken,) = (
        one.value[0]
        for one in digest(scenario, simulate(scenario, 0))
        if one.measure == "target:all:min" and 0 in one.place
    )
    return float(taken)


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a night with every block, every means and outages."""
    return with_outages(full_night()).write(tmp_path_factory.mktemp("rich"))


@pytest.mark.parametrize("removal", REMOVALS)
def test_every_step_can_be_taken_out_and_is_then_gone(removal: str, rich: Path) -> None:
    """What remains is a scenario, and nobody spends a minute on what was taken out."""
    settings = removed(load_scenario(rich).plan, removal)
    assert settings
    scenario = load_scenario(rich, settings)
    spent = {one.measure: one.value[0] for one in digest(scenario, simulate(scenario, 1)) if one.place[0] == 0}
    assert {step: spent[f"step:{step}"] for step in TAKEN_OUT.get(removal, ())} == pytest.approx(
        dict.fromkeys(TAKEN_OUT.get(removal, ()), 0.0)
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", ["yunyang-three-outages-night", "yunyang-orange-day", "village-drill"])
def test_every_step_can_be_taken_out_of_a_shipped_scenario(name: str) -> None:
    """All at once, as far as it has them."""
    path = ROOT / "scenarios" / f"{name}.yaml"
    plan = load_scenario(path).plan
    load_scenario(path, (*(setting for removal in REMOVALS for setting in removed(plan, removal)), "uncertain={}"))


def test_a_step_is_decisive_if_the_night_misses_by_less_than_it_takes(tmp_path: Path) -> None:
    """Relays take 8 min: missed by 1 min they are decisive, missed by 9 they are not, and nothing is; deciding takes none and never is."""
    taken = answered_min(relayed(1), tmp_path / "first")
    for short, decisive in ((1, 1.0), (9, 0.0)):
        out = tmp_path / f"{short}"
        path = relayed(round(taken) - short).write(tmp_path / f"in{short}")
        done = study(path, "-n", 3, "--decisive", "--workers", 1, "--out", out, "--json")
        assert done.exit_code == 0, done.output
        table = pd.read_csv(out / "decisive.csv", keep_default_na=False).query("target_id == 'all'")
        share = table.set_index("removal")["share"]
        assert share["relaying"] == decisive
        assert share["deciding"] == 0
        assert share[""] == 1 - decisive
        assert set(table["missed"]) == {3}
        assert {"target", "removal", "missed", "decisive", "ci_low", "ci_high"} == json.loads(done.stdout)["decisive"][
            0
        ].keys()


def test_only_what_was_missed_is_played_again_and_only_steps_before_it(tmp_path: Path) -> None:
    """Runs that kept every requirement that a step comes before are not played; with the same luck each is one of the study's own runs."""
    night, out = relayed(1), tmp_path / "out"
    night.scenario["roster"]["posts"]["officer"]["answer"] = 0.8
    taken = nights_of(night.load(tmp_path / "first")).of_county("target:all:min")
    night.scenario["targets"][0]["within"] = f"{np.sort(taken)[5]:.3f} min"
    path = night.write(tmp_path / "in")
    scenario = load_scenario(path)
    nights = nights_of(scenario)
    missed = np.flatnonzero(nights.of_county("target:all:met") == 0).tolist()
    assert 0 < len(missed) < 12
    again = withouts(scenario, nights)
    assert again["relaying"].replications == tuple(missed)
    assert not {"leaving", "moving", "reporting"} & again.keys()
    assert study(path, "-n", 12, "--decisive", "--workers", 1, "--out", out).exit_code == 0
    held = [n for file in (out / "without" / "relaying").glob("*.npz") for n in Nights.load(file).replications]
    assert sorted(held) == missed


def test_asked_later_or_stopped_in_the_middle_it_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked of a finished study, or gone on with after some of it was lost: the same table, and the runs stay as they were."""
    monkeypatch.setattr(parts, "_AT_A_TIME", 4)
    path, at_once, later = relayed(5).write(tmp_path / "in"), tmp_path / "once", tmp_path / "later"
    assert study(path, "-n", 6, "--decisive", "--workers", 2, "--out", at_once).exit_code == 0
    assert study(path, "-n", 6, "--workers", 1, "--out", later).exit_code == 0
    assert not (later / "decisive.csv").exists()
    runs = (later / "replications.parquet").read_bytes()
    assert study("--resume", later, "--decisive", "--workers", 1).exit_code == 0
    (later / "without" / "relaying" / "0000004.npz").unlink()
    (later / "decisive.csv").unlink()
    assert study("--resume", later, "--workers", 1).exit_code == 0
    assert (later / "decisive.csv").read_bytes() == (at_once / "decisive.csv").read_bytes()
    assert (later / "replications.parquet").read_bytes() == runs


def test_what_comes_after_an_event_cannot_have_decided_it() -> None:
    """Calls come before everything; walking to a shelter before safety only; a report needs all."""
    assert all(bears_on("relaying", event) for event in ("acknowledged", "warned", "confirmed", "safe", "reported"))
    assert not bears_on("visiting", "acknowledged")
    assert [event for event in ("acknowledged", "warned", "safe", "reported") if bears_on("moving", event)] == [
        "safe",
        "reported",
    ]
    assert all(bears_on(removal, "reported") for removal in REMOVALS)


def test_only_what_is_written_is_taken_out(tmp_path: Path) -> None:
    """Where all walk, no vehicles are made up; where nobody helps, no helpers."""
    night = full_night()
    night.scenario["evacuation"].pop("vehicles", None)
    plan = night.load(tmp_path / "a").plan
    settings = removed(plan, "helping")
    assert not any("vehicles" in setting for setting in settings)
    load_scenario(night.write(tmp_path / "b"), settings)


def test_a_scenario_without_something_is_not_played_without_it(tmp_path: Path) -> None:
    """No outages, no evacuation: nothing to take out."""
    scenario: Scenario = relayed(5).load(tmp_path)
    assert not removed(scenario.plan, "outages")
    assert not removed(scenario.plan, "refusing")
