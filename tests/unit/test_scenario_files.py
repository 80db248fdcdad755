"""Scenario files that are sound: merging, overriding, resolving paths, and the hash that identifies the content."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from ruamel.yaml import YAML

from sim import simulate
from sim.distributions import Exponential, Fixed, Lognormal
from sim.errors import InputError
from sim.measures.digest import digest
from sim.scenario import Scenario, load_scenario
from sim.scenario.documents import read_document
from tests.strategies import Small, full_night, small

ROOT = Path(__file__).resolve().parents[2]
DRILL = ROOT / "scenarios" / "village-drill.yaml"


def write(folder: Path, **files: str) -> Path:
    """Write YAML files and return the path of the first."""
    for name, content in files.items():
        (folder / f"{name}.yaml").write_text(content, encoding="utf-8")
    return folder / f"{next(iter(files))}.yaml"


def merged(path: Path) -> dict[str, Any]:
    """Return the data of a file with all that it extends."""
    faults: list[Any] = []
    data = read_document(path, faults).data
    assert not faults
    return data


# --- extends ----------------------------------------------------------------------------------------------------------


def test_later_files_and_the_file_itself_win(tmp_path: Path) -> None:
    """Later over earlier, the file over all; what only one of them has is kept."""
    path = write(
        tmp_path,
        night="extends: [a.yaml, b.yaml]\nx: {own: 1, mine: night}\n",
        a="x: {own: 3, mine: a, both: a, a: 1}\n",
        b="x: {own: 2, mine: b, both: b, b: 1}\n",
    )
    assert merged(path) == {"x": {"own": 1, "mine": "night", "both": "b", "a": 1, "b": 1}}


def test_extends_reaches_through_files_and_folders(tmp_path: Path) -> None:
    """A file extends one that extends another; each path counts from the file that names it."""
    (tmp_path / "far").mkdir()
    path = write(tmp_path, night="extends: far/near.yaml\na: 1\n", base="a: 3\nb: 3\nc: 3\n")
    write(tmp_path / "far", near="extends: ../base.yaml\na: 2\nb: 2\n")
    assert merged(path) == {"a": 1, "b": 2, "c": 3}


def test_the_same_file_may_be_reached_twice(tmp_path: Path) -> None:
    """Two files over one common base are no loop."""
    path = write(
        tmp_path,
        night="extends: [a.yaml, b.yaml]\n",
        a="extends: base.yaml\na: 1\n",
        b="extends: base.yaml\nb: 1\n",
        base="c: 1\n",
    )
    assert merged(path) == {"a": 1, "b": 1, "c": 1}


def test_lists_replace(tmp_path: Path) -> None:
    """A list is not added to: whoever writes one writes all of it."""
    path = write(tmp_path, night="extends: a.yaml\nx: [1]\n", a="x: [2, 3]\ny: [4]\n")
    assert merged(path) == {"x": [1], "y": [4]}


def test_a_law_replaces_a_law(tmp_path: Path) -> None:
    """Two laws of one duration never stand side by side; the remarks beside them stay."""
    path = write(
        tmp_path,
        night="extends: a.yaml\ntalk: {exponential: {mean: 1 min}}\n",
        a="talk: {lognormal: {median: 1 min, p90: 2 min}, source: 假设}\n",
    )
    assert merged(path) == {"talk": {"exponential": {"mean": "1 min"}, "source": "假设"}}


def test_one_parameter_of_the_same_law_may_change(tmp_path: Path) -> None:
    """The same law merges like any mapping."""
    path = write(
        tmp_path,
        night="extends: a.yaml\ntalk: {lognormal: {p90: 9 min}}\n",
        a="talk: {lognormal: {median: 1 min, p90: 2 min}}\n",
    )
    assert merged(path) == {"talk": {"lognormal": {"median": "1 min", "p90": "9 min"}}}


def test_a_fault_points_at_the_file_that_holds_it(tmp_path: Path) -> None:
    """What is inherited and wrong is wrong in the file that says it."""
    night = small(1, 1, 1)
    night.scenario["extends"] = "base.yaml"
    del night.scenario["hazard"]["rain"]
    path = night.write(tmp_path)
    write(tmp_path, base="# base\nhazard:\n  rain: cats\n")
    with pytest.raises(InputError) as caught:
        load_scenario(path)
    (fault,) = caught.value.faults
    assert (fault.file, fault.line, fault.column) == (str(tmp_path / "base.yaml"), 3, 9)


def test_jiaoying_means_the_carried_configs(tmp_path: Path) -> None:
    """``jiaoying:`` reaches the defaults from anywhere on the disk."""
    path = write(tmp_path, night="extends: jiaoying:targets/planning-defaults.yaml\n")
    assert len(merged(path)["targets"]) == 7
    night = small(1, 1, 1)
    night.scenario["county"] = "jiaoying:counties/drill-village"
    ladders = night.scenario["roster"]["ladders"]
    ladders["group"] = ladders["village"]
    night.scenario["roster"]["desks"]["group"] = night.scenario["roster"]["desks"]["village"]
    assert night.load(tmp_path / "far" / "away").county.name == "演练县"


# --- --set ------------------------------------------------------------------------------------------------------------


def test_set_lays_over_the_file(tmp_path: Path) -> None:
    """Numbers, quantities, laws, list items by number and by id, and values of the county."""
    night = small(1, 1, 1)
    path = night.write(tmp_path)
    scenario = load_scenario(
        path,
        [
            "seed=99",
            "end = 4 h",
            "channels.sms.off=25 %",
            "channels.phone.talk={exponential: {mean: 2 min}}",
            "channels.phone.pickup=1 min",
            "warnings.w.level=orange",
            "warnings.0.means=[sms, phone]",
            "county.seed=5",
            "county.levels.village.name=行政村",
        ],
    )
    plan = scenario.plan
    assert (plan.seed, plan.end_min, plan.county.seed) == (99, 240, 5)
    assert plan.channels.sms is not None
    assert plan.channels.phone is not None
    assert plan.channels.sms.off == 0.25
    assert (plan.channels.phone.talk, plan.channels.phone.pickup) == (Exponential(2.0), Fixed(1.0))
    assert (plan.warnings[0].level, plan.warnings[0].means) == ("orange", ("sms", "phone"))
    assert plan.county.levels[2].name == "行政村"


def test_set_a_law_in_place_of_another(tmp_path: Path) -> None:
    """``path.lognormal=…`` takes the place of the law that was there."""
    night = small(1, 1, 1)
    night.scenario["channels"]["phone"]["talk"] = {"exponential": {"mean": "1 min"}}
    scenario = night.load(tmp_path, "channels.phone.talk.lognormal={median: 1 min, p90: 2 min}")
    assert scenario.plan.channels.phone is not None
    assert scenario.plan.channels.phone.talk == Lognormal(1.0, 2.0)


def test_the_last_set_wins(tmp_path: Path) -> None:
    """Overrides are laid one over the other in their order."""
    assert small(1, 1, 1).load(tmp_path, "seed=1", "seed=2").plan.seed == 2


@pytest.mark.parametrize("key", ["county", "county.folder"])
def test_set_another_county(key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The path of an override counts from where one is, not from the scenario."""
    path = small(1, 1, 1).write(tmp_path)
    other = small(2, 1, 1)
    other.county["name"] = "大县"
    other.write(tmp_path / "other")
    monkeypatch.chdir(tmp_path / "other")
    assert load_scenario(path, [f"{key}=county"]).county.name == "大县"
    assert load_scenario(path).county.name == "小县"


def test_the_scenario_may_overrule_its_county(tmp_path: Path) -> None:
    """A block ``county`` with the folder and whatever shall differ from its county.yaml."""
    night = small(1, 1, 1)
    night.scenario["county"] = {"folder": "county", "seed": 77}
    plan = night.load(tmp_path).plan.county
    assert (plan.seed, plan.name) == (77, "小县")


# --- numbers and texts ------------------------------------------------------------------------------------------------


def test_a_code_keeps_its_zeros(tmp_path: Path) -> None:
    """0500235 without quotes is a code, not the number 500235."""
    night = small(1, 1, 1)
    night.tables["townships.csv"][0]["parent"] = "0500235"
    path = night.write(tmp_path)
    county = tmp_path / "county" / "county.yaml"
    county.write_text(county.read_text("utf-8").replace('"code": "C"', '"code": 0500235'), encoding="utf-8")
    assert load_scenario(path).county.code == "0500235"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_tables_with_and_without_bom(encoding: str, newline: str, tmp_path: Path) -> None:
    """Excel writes a BOM and CRLF, editors do not; both are the same table, and so is YAML."""
    path = small(1, 2, 2).write(tmp_path)
    for file in (*(tmp_path / "county").iterdir(), path):
        lines = file.read_text("utf-8-sig").splitlines()
        file.write_bytes((newline.join(lines) + newline).encode(encoding))
    assert len(load_scenario(path).county.households) == 4


# --- what identifies a scenario ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted((ROOT / "scenarios").glob("*.yaml")), ids=lambda path: path.stem)
def test_shipped_scenarios_are_sound(path: Path) -> None:
    """They load, and everything of theirs says where it comes from."""
    scenario = load_scenario(path)
    assert scenario.plan.name == path.stem
    assert scenario.assumptions
    assert all(one.source and one.applies_to and one.status for one in scenario.assumptions)


@pytest.mark.parametrize("path", sorted((ROOT / "scenarios").glob("*.yaml")), ids=lambda path: path.stem)
def test_the_resolved_scenario_is_the_scenario(path: Path, tmp_path: Path) -> None:
    """Written out and read again from anywhere: the same plan and the same hash."""
    scenario = load_scenario(path)
    (tmp_path / "again.yaml").write_text(scenario.resolved, encoding="utf-8")
    again = load_scenario(tmp_path / "again.yaml")
    assert again.hash == scenario.hash
    assert again.plan == scenario.plan
    assert again.resolved == scenario.resolved


def hashed(night: Small, folder: Path, *overrides: str) -> str:
    """Return the hash of a night written to ``folder``."""
    return night.load(folder, *overrides).hash


def test_moving_a_scenario_keeps_its_hash(tmp_path: Path) -> None:
    """The same files elsewhere are the same scenario."""
    night = small(2, 2, 2)
    first = hashed(night, tmp_path / "here")
    shutil.move(tmp_path / "here", tmp_path / "there")
    assert load_scenario(tmp_path / "there" / "night.yaml").hash == first


def test_any_change_changes_the_hash(tmp_path: Path) -> None:
    """Every cell of every table, a value of the county, and one of the scenario."""
    night = small(1, 2, 1)
    night.scenario["roster"] |= {"persons": "persons.csv", "shifts": "shifts.csv"}
    path = night.write(tmp_path)
    (tmp_path / "persons.csv").write_text("person,name\nP1,甲\n", encoding="utf-8")
    (tmp_path / "shifts.csv").write_text("desk,post,person,note\nT000,officer,P1,\n", encoding="utf-8")
    seen = {load_scenario(path).hash}
    seen |= {load_scenario(path, [setting]).hash for setting in ("seed=8", "county.seed=4", "title=x")}
    for file, old, new in (
        ("persons.csv", "甲", "乙"),
        ("shifts.csv", "P1,", "P1,x"),
        ("county/villages.csv", "村0-0", "村"),
        ("county/villages.csv", "1000", "1001"),
        ("county/townships.csv", "镇0", "镇"),
        ("county/households.csv", "smart", "none"),
        ("county/households.csv", "50", "51"),
        ("county/county.yaml", "小县", "大县"),
    ):
        whole = (tmp_path / file).read_bytes()
        assert old.encode() in whole
        (tmp_path / file).write_bytes(whole.replace(old.encode(), new.encode(), 1))
        seen.add(load_scenario(path).hash)
        (tmp_path / file).write_bytes(whole)
    assert len(seen) == 4 + 8


def test_the_order_of_keys_and_the_comments_do_not_change_the_hash(tmp_path: Path) -> None:
    """The hash is of the content, not of the way it is written down."""
    night = small(1, 1, 1)
    first = hashed(night, tmp_path)
    night.scenario = dict(reversed(night.scenario.items()))
    path = night.write(tmp_path)
    path.write_text("# 说明\n" + path.read_text("utf-8"), encoding="utf-8")
    assert load_scenario(path).hash == first


def test_sources_and_statuses_are_kept(tmp_path: Path) -> None:
    """Every block with a source is an assumption; where it holds and its status, if left out, are those of the block around it."""
    night = small(1, 1, 1)
    night.scenario |= {"source": "县预案第三章", "applies_to": "本县", "status": "文件"}
    night.scenario["channels"]["phone"] |= {"source": "抽查", "applies_to": "两镇", "status": "待核实"}
    night.scenario["channels"]["sms"]["duty"] |= {"source": "估计"}
    night.county |= {"source": "公报", "status": "合成数据"}
    scenario: Scenario = night.load(tmp_path)
    found = {one.key: (one.source, one.applies_to, one.status) for one in scenario.assumptions}
    assert found == {
        "": ("县预案第三章", "本县", "文件"),
        "county": ("公报", "本县", "合成数据"),
        "channels.phone": ("抽查", "两镇", "待核实"),
        "channels.sms.duty": ("估计", "本县", "文件"),
        "call_targets.desks": ("测试", "演练", "演示"),
    }
    resolved = YAML(typ="safe").load(scenario.resolved)
    assert resolved["channels"]["phone"]["source"] == "抽查"
    assert resolved["county"]["status"] == "合成数据"


# --- like another ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "setting",
    [
        "seed=7",
        "county.seed=7",
        "roster.posts.officer.answer=10 %",
        "start=2025-07-11 13:20",
        "end=2 h",
        "channels.sms.rate=1 /s",
    ],
)
def test_loaded_like_another_it_is_what_it_is_alone(setting: str, tmp_path: Path) -> None:
    """Whatever is changed: the same content and the same night; what is not changed stands still and is not loaded again."""
    path = full_night().write(tmp_path)
    other = load_scenario(path)
    simulate(other)  # it has been used
    alone, like = load_scenario(path, [setting]), load_scenario(path, [setting], like=other)
    assert like.hash == alone.hash
    nights = [digest(one, simulate(one, 3)) for one in (like, alone)]
    assert all(np.array_equal(a.value, b.value, equal_nan=True) for a, b in zip(*nights, strict=True))
    assert (like.county is other.county) == (setting != "county.seed=7")
    assert (like.roster is other.roster) == setting.startswith(("seed", "channels"))


def test_like_another_what_is_wrong_is_told_all_the_same(tmp_path: Path) -> None:
    """A fault of the roster and one of a channel."""
    path = small().write(tmp_path)
    other = load_scenario(path)
    wrong = ["roster.posts.officer.answer=140 %", "channels.sms.rate=fast"]
    with pytest.raises(InputError) as alone:
        load_scenario(path, wrong)
    with pytest.raises(InputError) as like:
        load_scenario(path, wrong, like=other)
    assert like.value.faults == alone.value.faults
