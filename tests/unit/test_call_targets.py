"""Which acts an entry of 两叫应 is about: what rises is called and judged; what is lowered, lifted or ended only where it says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest

from sim.errors import InputError
from sim.measures import judge
from sim.records import Night
from sim.scenario import Scenario
from sim.scenario.acts import RISING, CallTargetPlan, ResponseChange, ResponsePlan, WarningChange, WarningPlan
from sim.warning import simulate
from tests.strategies import call_target, small

STEPS = {"consultation": "0 min", "sign_off": "0 min", "signed_by": "desk", "release": "0 min"}


def entry(**changes: object) -> dict[str, object]:
    """Return an entry that says nothing of changes unless it is asked to."""
    return {key: value for key, value in call_target(**changes).items() if key != "changes" or key in changes}


def target(**changes: object) -> CallTargetPlan:
    """Return an entry as the program holds it."""
    return CallTargetPlan.model_validate(entry(**changes))


def with_a_change(change: str, folder: Path, **named: object) -> tuple[Scenario, Night]:
    """Play a night whose second warning changes the first after an hour, by text messages alone."""
    night = small(1, 2, 2)
    night.scenario["call_targets"] = [entry()]
    night.scenario["warnings"].append({"id": "then", "level": "red", "change": change, "delay": "1 h", **STEPS})
    night.scenario["warnings"][-1]["means"] = ["sms"]
    if named:
        night.scenario["call_targets"].append(entry(id="then-desks", **named))
    scenario = night.load(folder)
    return scenario, simulate(scenario)


def answered(night: Night, act_id: str) -> int:
    """Return how many desks below the county answered at an act."""
    (act,) = [act for act in night.acts if act.id == act_id]
    return int(np.isfinite(act.calls.acknowledged_min[1:4]).sum())


def judged(scenario: Scenario, night: Night) -> set[tuple[str, str | None]]:
    """Return which entries were judged at which acts."""
    return {(result.plan.id, result.act) for result in judge(scenario, night)}


@pytest.mark.parametrize("change", ["downgrade", "lift"])
def test_law_what_is_lowered_or_lifted_calls_nobody_and_is_not_judged(change: str, tmp_path: Path) -> None:
    """Under the default the desks hear of it by nobody's call, and no time limit is held against them."""
    scenario, night = with_a_change(change, tmp_path)
    assert answered(night, "w") == 3
    assert answered(night, "then") == 0
    assert judged(scenario, night) == {("desks", "w")}


def test_law_an_upgrade_is_called_and_judged_like_a_new_warning(tmp_path: Path) -> None:
    """It rises, so the default is about it."""
    scenario, night = with_a_change("upgrade", tmp_path)
    assert answered(night, "then") == 3
    assert judged(scenario, night) == {("desks", "w"), ("desks", "then")}


def test_law_a_lift_that_an_entry_names_is_called_and_judged_by_that_entry_alone(tmp_path: Path) -> None:
    """``changes: [lift]``: its desks are called, down to the level it names."""
    scenario, night = with_a_change("lift", tmp_path, changes=["lift"], to="township")
    assert answered(night, "then") == 1
    assert judged(scenario, night) == {("desks", "w"), ("then-desks", "then")}


@pytest.mark.parametrize(
    ("change", "ids"), [("lift", ["desks"]), ("upgrade", ["desks@w", "desks@then"])], ids=["one act", "two acts"]
)
def test_law_an_entry_is_judged_by_its_own_name_and_by_that_of_the_act_where_there_are_several(
    change: str, ids: list[str], tmp_path: Path
) -> None:
    """About one act: the id of the entry; about two, each result says which act it is about."""
    assert [result.id for result in judge(*with_a_change(change, tmp_path))] == ids


@pytest.mark.parametrize("change", get_args(WarningChange))
def test_law_the_default_is_about_the_warnings_that_rise(change: Any) -> None:  # noqa: ANN401 - a literal
    """Issued and upgraded, and no other; an entry that names a change is about that one."""
    act = WarningPlan.model_validate({"id": "w", "level": "red", "change": change, **STEPS})
    assert target().applies(act) is (change in RISING)
    assert target(changes=[change]).applies(act)
    assert not target(changes=[other for other in get_args(WarningChange) if other != change]).applies(act)


@pytest.mark.parametrize("change", get_args(ResponseChange))
def test_law_the_default_is_about_the_responses_that_rise(change: Any) -> None:  # noqa: ANN401 - a literal
    """Activated and raised, and no other."""
    act = ResponsePlan.model_validate({"id": "r", "level": "II", "change": change, **STEPS})
    assert target(act="response").applies(act) is (change in RISING)
    assert target(act="response", changes=[change]).applies(act)


@pytest.mark.parametrize(
    ("act", "changes"),
    [("warning", ["raise"]), ("response", ["activate", "lift"]), ("order", ["issue"]), ("warning", [])],
)
def test_a_change_that_the_act_does_not_know_is_a_fault(act: str, changes: list[str], tmp_path: Path) -> None:
    """Told at the entry, in words."""
    night = small(1, 1, 1)
    night.scenario["call_targets"].append(entry(id="odd", act=act, changes=changes))
    with pytest.raises(InputError) as caught:
        night.load(tmp_path)
    assert any("call_targets" in fault.key for fault in caught.value.faults)
