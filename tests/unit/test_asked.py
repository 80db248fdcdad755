"""What is written on the command line: levels and desks by the names that planners use, as well as by ids and codes."""

from __future__ import annotations

import sys

import pytest

from sim.cli import main
from sim.errors import InputError
from sim.study.roster.asked import desk_asked, drill_plan, level_to_call
from tests.workbooks import scenario


@pytest.mark.parametrize(
    ("written", "level"),
    [("township", "township"), ("village", "village"), ("乡镇", "township"), ("村", "village"), (" 村 ", "village")],
)
def test_a_level_is_written_by_its_id_or_in_chinese(written: str, level: str) -> None:
    """Ids and the words of the scenario name the same level, in --to, --level and --within."""
    assert level_to_call(scenario(), written) == level
    assert drill_plan(scenario(), None, None, 2, (f"{written}=15 min",)).limits_min == {level: 15.0}


@pytest.mark.parametrize("written", ["县", "county", "村长", ""])
def test_an_unknown_level_is_a_fault_that_lists_those_that_are(written: str) -> None:
    """The county calls and is not called; the remedy lists ids with their names."""
    with pytest.raises(InputError) as caught:
        level_to_call(scenario(), written)
    assert "township（" in caught.value.faults[0].remedy.zh


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("500235101", "500235101"),
        ("江口镇", "500235101"),
        ("天河村", "500235102002"),
        ("南溪镇中和村", "500235102001"),
        ("南溪镇·中和村", "500235102001"),
        ("新里社区居民委员会", "500235101002"),
        ("不在名录", "不在名录"),
    ],
)
def test_a_desk_is_written_by_its_code_or_its_name(written: str, code: str) -> None:
    """A name that one place has, alone or behind its township's, stands for its code; what names nothing is left to be refused."""
    assert desk_asked(scenario(), written) == code


def test_every_label_of_the_results_names_its_desk() -> None:
    """Labels as results show them lead back to the code."""
    places = scenario().county.places
    assert [desk_asked(scenario(), label) for label in places.label] == list(places.code)


def test_a_name_of_several_places_is_a_fault_that_lists_them() -> None:
    """中和村 lies in two townships: neither is taken."""
    with pytest.raises(InputError) as caught:
        desk_asked(scenario(), "中和村")
    (fault,) = caught.value.faults
    assert all(code in fault.problem.zh for code in ("500235101001", "500235102001"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["roster", "drill", "x.yaml", "--nights", "1"], "应为 2 到 10000 的整数"),
        (["roster", "ladder", "x.yaml", "D", "--within", "0"], "应为大于 0 的数"),
        (["roster", "import", "x.yaml", "y.xlsx", "--year", "25"], "应为 2000 到 2100 的整数"),
    ],
)
def test_a_number_out_of_its_range_is_told_the_range(
    arguments: list[str], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The Chinese sentence gives the range itself."""
    monkeypatch.setattr(sys, "argv", ["jiaoying", *arguments])
    with pytest.raises(SystemExit):
        main()
    assert said in capsys.readouterr().err
