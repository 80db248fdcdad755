"""CAP 1.2: what is written is valid and says what it is; what is read is told with its grounds, or refused with every fault."""

from __future__ import annotations

import dataclasses
import io
import os
import re
import subprocess
import sys
from datetime import datetime
from itertools import product
from pathlib import Path
from typing import Any, get_args
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML
from xmlschema import XMLSchema

from sim.cli import cli
from sim.errors import Fault, InputError
from sim.scenario import Scenario, load_scenario
from sim.scenario.acts import LocalPlan, WarningChange, WarningLevel
from sim.scenario.cap import ImportedWarning, Status, read_alert, snippet, write_alert
from sim.scenario.schema import HazardPlan
from tests.strategies import small

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "scenarios" / "sample-alert.xml"
NIGHT = ROOT / "scenarios" / "yunyang-red-storm-night.yaml"
DRILL = ROOT / "scenarios" / "village-drill.yaml"
NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
CAP = {"": NAMESPACE}
LEVELS, CHANGES, STATUSES = get_args(WarningLevel), get_args(WarningChange), get_args(Status)
KINDS = get_args(HazardPlan.model_fields["kind"].annotation)
SENT = datetime(2025, 7, 11, 1, 35)  # noqa: DTZ001 - Beijing time, as planners write it
STAMP = "模拟推演·含合成数据·非实况·不作考核问责依据"


@pytest.fixture(scope="module")
def schema() -> XMLSchema:
    """Return the rules of CAP 1.2."""
    return XMLSchema(ROOT / "tests" / "data" / "cap-1.2.xsd")


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """Return a small night with a made-up roster, in a county with a code of six digits."""
    one = small(1, 1, 1)
    one.county["code"] = "999999"
    one.tables["townships.csv"][0]["parent"] = "999999"
    one.scenario["title"] = "演练之夜"
    return one.load(tmp_path_factory.mktemp("night"))


def with_warning(
    scenario: Scenario, change: str = "issue", level: str = "red", kind: str = "rainstorm", **plan: object
) -> Scenario:
    """Return the scenario with a warning issued at its beginning and, unless that is the one, another that changes it."""
    first = scenario.plan.warnings[0].model_copy(update={"id": "first", "level": level})
    then = first.model_copy(update={"id": "then", "change": change})
    hazard = scenario.plan.hazard.model_copy(update={"kind": kind})
    plan |= {"warnings": (first, then), "hazard": hazard}
    return dataclasses.replace(scenario, plan=scenario.plan.model_copy(update=plan))


def read(text: str, folder: Path) -> ImportedWarning:
    """Read an alert from a file with that text."""
    path = folder / "alert.xml"
    path.write_text(text, encoding="utf-8", newline="")
    return read_alert(path)


def message(**texts: str | None) -> str:
    """Return a short sound alert with other texts; ``None`` leaves the element out, ``More`` is XML put at the end of info."""
    alert = {
        "identifier": "A.1",
        "sender": "a@b.example",
        "sent": "2025-07-11T01:35:00+08:00",
        "status": "Exercise",
        "msgType": "Alert",
        "scope": "Public",
    }
    info = {
        "category": "Met",
        "event": "暴雨红色预警",
        "urgency": "Immediate",
        "severity": "Extreme",
        "certainty": "Likely",
    }
    more = texts.pop("More", "") or ""
    inside = {name: texts.pop(name) for name in list(texts) if name not in alert}

    def lines(parts: dict[str, Any]) -> str:
        return "".join(f"<{name}>{text}</{name}>\n" for name, text in parts.items() if text is not None)

    return f'<alert xmlns="{NAMESPACE}">\n{lines(alert | texts)}<info>\n{lines(info | inside)}{more}</info>\n</alert>\n'


def invoke(*arguments: object) -> Result:
    """Call ``jiaoying cap`` in process."""
    return CliRunner().invoke(cli, ["cap", *map(str, arguments)])


def yaml(text: str) -> Any:  # noqa: ANN401 - plain YAML data
    """Return the data of a YAML text."""
    return YAML(typ="safe", pure=True).load(io.StringIO(text))


# --- writing ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("status", STATUSES)
def test_every_warning_is_written_as_the_standard_says(
    schema: XMLSchema, night: Scenario, change: str, status: Status
) -> None:
    """Whatever its level and hazard; what changes a warning refers to it, and only that does."""
    for level, kind in product(LEVELS, KINDS):
        scenario = with_warning(night, change, level, kind)
        text = write_alert(scenario, "then", status, SENT)
        schema.validate(text)
        alert = ET.fromstring(text)  # noqa: S314 - our own
        assert alert.findtext("msgType", "", CAP) == {"issue": "Alert", "lift": "Cancel"}.get(change, "Update")
        before = ET.fromstring(write_alert(scenario, "first", status))  # noqa: S314 - our own
        names = [before.findtext(name, "", CAP) for name in ("sender", "identifier", "sent")]
        assert alert.findtext("references", None, CAP) == (None if change == "issue" else ",".join(names))
        assert [block.findtext("language", "", CAP) for block in alert.findall("info", CAP)] == ["zh-CN", "en-US"]


def at(text: str) -> datetime:
    """Return the hour at which a message is sent, Beijing time."""
    return datetime.fromisoformat(ET.fromstring(text).findtext("sent", "", CAP)).replace(tzinfo=None)  # noqa: S314


def area(text: str) -> list[str]:
    """Return what each language says where the message is addressed to."""
    return [one.text or "" for one in ET.fromstring(text).findall("info/area/areaDesc", CAP)]  # noqa: S314


def test_law_a_warning_is_sent_when_its_fixed_durations_are_over() -> None:
    """The drill: 20:00 and 5 + 3 + 2 minutes; the message ends with its night, two hours on."""
    text = write_alert(load_scenario(DRILL), None, "Exercise")
    assert at(text) == datetime(2025, 6, 5, 20, 10)  # noqa: DTZ001 - Beijing time
    for info in ET.fromstring(text).findall("info", CAP):  # noqa: S314 - our own
        assert info.findtext("onset", "", CAP) == "2025-06-05T20:10:00+08:00"
        assert info.findtext("expires", "", CAP) == "2025-06-05T22:10:00+08:00"


def test_law_a_change_is_sent_after_what_sets_it_off_and_refers_to_it(tmp_path: Path) -> None:
    """Consultation 5 + sign-off 3 + release 2 min; an hour after that release the next round, at 120 min, and 10 min more."""
    night = small(1, 1, 1)
    night.scenario["rolling_every"] = "1 h"
    steps = {"consultation": "5 min", "sign_off": {"uniform": {"low": "2 min", "high": "4 min"}}, "release": "2 min"}
    night.scenario["warnings"][0] |= steps
    then = night.scenario["warnings"][0] | {"id": "then", "change": "lift", "means": ["sms"]}
    night.scenario["warnings"].append(then | {"after": "w", "delay": "1 h", "consult": "rolling"})
    scenario = night.load(tmp_path)
    first, last = (write_alert(scenario, name, "Exercise") for name in ("w", "then"))
    assert at(first) == datetime(2025, 7, 11, 1, 30)  # noqa: DTZ001 - Beijing time
    assert at(last) == datetime(2025, 7, 11, 3, 30)  # noqa: DTZ001 - Beijing time
    before = ET.fromstring(first)  # noqa: S314 - our own
    names = [before.findtext(name, "", CAP) for name in ("sender", "identifier", "sent")]
    assert ET.fromstring(last).findtext("references", "", CAP) == ",".join(names)  # noqa: S314 - our own
    given = write_alert(scenario, "then", "Exercise", SENT.replace(hour=5))
    assert at(given) == SENT.replace(hour=5)
    assert ET.fromstring(given).findtext("references", "", CAP) == ",".join(names)  # noqa: S314 - our own


@pytest.mark.parametrize(
    ("stated", "hour"), [([], "02:20:00"), ([{"place": "V000-0", "at": "6 min", "acts_at_once": True}], "01:26:00")]
)
def test_law_a_warning_set_off_by_a_sighting_counts_from_it(night: Scenario, stated: list[Any], hour: str) -> None:
    """The earliest stated sighting, else the median hour of those drawn."""
    local = {"means": ["door"], "sightings": {"share": 1.0, "at": "1 h", "acts_at_once": 1.0, "stated": stated}}
    plan = night.plan.model_copy(update={"local": LocalPlan.model_validate(local)})
    after = plan.warnings[0].model_copy(update={"after": "sighting"})
    scenario = dataclasses.replace(night, plan=plan.model_copy(update={"warnings": (after,)}))
    assert f"T{hour}+08:00</sent>" in write_alert(scenario, None, "Exercise")


@pytest.mark.parametrize("path", sorted((ROOT / "scenarios").glob("*.yaml")), ids=lambda path: path.stem)
def test_law_no_shipped_warning_is_sent_before_t0_and_each_after_the_one_it_changes(path: Path) -> None:
    """In the order of the file."""
    scenario = load_scenario(path)
    hours = [at(write_alert(scenario, warning.id, "Exercise")) for warning in scenario.plan.warnings]
    assert [scenario.plan.start.replace(tzinfo=None), *hours] == sorted(
        {scenario.plan.start.replace(tzinfo=None), *hours}
    )


def test_the_area_says_whom_the_warning_is_addressed_to(schema: XMLSchema, night: Scenario) -> None:
    """The county with its geocode; its listed households or some of its places by name, without the geocode of the whole."""
    (one,) = night.plan.warnings
    code = night.county.places.code[1]

    def written(whom: object) -> str:
        plan = night.plan.model_copy(update={"warnings": (one.model_copy(update={"area": whom}),)})
        text = write_alert(dataclasses.replace(night, plan=plan), None, "Exercise")
        schema.validate(text)
        return text

    name, place = night.county.name, night.county.places.label[1]
    assert area(written("county")) == [name, name]
    assert "<geocode>" in written("county")
    assert area(written((code,))) == [f"{name}{place}", f"{name}: {place}"]
    chinese, english = area(written("listed"))
    assert "应转移" in chinese
    assert "evacuation" in english
    for whom in ((code,), "listed"):
        assert "<geocode>" not in written(whom)


@pytest.mark.parametrize(("level", "change", "kind"), [*product(LEVELS, CHANGES, KINDS)])
def test_what_is_written_reads_back(night: Scenario, tmp_path: Path, level: str, change: str, kind: str) -> None:
    """Level, change, hazard, id and hour come back, although the id is not the identifier."""
    scenario = with_warning(night, change, level, kind, title="先升级再降级之夜")
    back = read(write_alert(scenario, "then", "Exercise", SENT), tmp_path)
    assert (back.level, back.change, back.kind, back.id) == (level, change, kind, "then")
    assert yaml(snippet(back))["start"] == "2025-07-11 01:35"
    assert back.status == "Exercise"
    assert back.geocodes == (("CN GB/T 2260", "999999"),)


@pytest.mark.parametrize("change", CHANGES)
def test_an_exercise_says_so_and_never_that_it_is_real(night: Scenario, change: str) -> None:
    """In headline and description, in both languages; the word that would make it real stands nowhere."""
    text = write_alert(with_warning(night, change), "then", "Exercise")
    assert "Actual" not in text
    for info, words in zip(ET.fromstring(text).findall("info", CAP), ("演练", "EXERCISE"), strict=True):  # noqa: S314
        for name in ("headline", "description", "instruction"):
            assert words in info.findtext(name, "", CAP), name


def test_made_up_data_are_owned_up_to(night: Scenario) -> None:
    """In whatever status; without them the stamp says only that it is a simulation, and a real message has none."""
    real = load_scenario(DRILL)
    assert (night.synthetic, real.synthetic) == (True, False)
    for status in STATUSES:
        assert STAMP in write_alert(night, None, status)
        assert STAMP not in write_alert(real, None, status)
        assert "a simulator" in write_alert(real, None, status)
    assert "模拟推演·非实况" in write_alert(real, None, "Exercise")
    assert "非实况" not in write_alert(real, None, "Actual")


def test_a_code_that_is_not_official_is_not_called_so(tmp_path: Path) -> None:
    """A made-up county gets no geocode of the national standard."""
    assert "GB/T 2260" not in write_alert(small(1, 1, 1).load(tmp_path), None, "Test")


def test_an_identifier_belongs_to_one_message(night: Scenario) -> None:
    """The same again for the same warning; another for another warning, status or hour."""

    def name(*arguments: Any) -> str:  # noqa: ANN401 - passed on
        return ET.fromstring(write_alert(with_warning(night), *arguments)).findtext("identifier", "", CAP)  # noqa: S314

    assert name("first", "Test", SENT) == name("first", "Test", SENT)
    others = [("first", "Test"), ("then", "Test", SENT), ("first", "Actual", SENT)]
    assert len({name(*other) for other in [*others, ("first", "Test", SENT)]}) == 4


def test_a_county_of_any_name_is_a_sender_that_cap_allows(schema: XMLSchema, night: Scenario) -> None:
    """Spaces, commas, signs of XML and control characters do not get through."""
    named = dataclasses.replace(night, county=dataclasses.replace(night.county, name="A, <b>&\x01{c}\u2028县"))
    titled = with_warning(named, title="]]>\x07\ufffe<x/>")
    schema.validate(write_alert(titled, None, "Exercise"))


@pytest.mark.parametrize(
    ("change", "arguments", "where"),
    [
        ("issue", ("nobody", "Test"), "--warning"),
        ("lift", ("w", "Test"), "small"),
        ("issue", (None, "Test", SENT.replace(year=9999, month=12, day=31, hour=23)), "--sent"),
    ],
)
def test_what_cannot_be_written_is_refused(
    night: Scenario, change: str, arguments: tuple[Any, ...], where: str
) -> None:
    """An unknown warning, one that changes nothing, an hour beyond the calendar."""
    only = night.plan.warnings[0].model_copy(update={"change": change})
    scenario = dataclasses.replace(night, plan=night.plan.model_copy(update={"warnings": (only,)}))
    with pytest.raises(InputError) as caught:
        write_alert(scenario, *arguments)
    (fault,) = caught.value.faults
    assert fault.file == where
    assert_helpful(fault)


# --- reading ----------------------------------------------------------------------------------------------------------


def test_a_message_of_somebody_else_is_read() -> None:
    """A prefix, the Chinese block after the English one, an hour of another zone, two colours in the headline."""
    found = read_alert(SAMPLE)
    assert (found.id, found.level, found.change, found.kind) == ("SAMPLE-20250711-0002", "red", "upgrade", "rainstorm")
    assert found.sent.isoformat() == "2025-07-11T01:35:00+08:00"
    assert (found.sender, found.sender_name) == ("drill@warning.example", "演练县气象台")
    assert "预警级别" in found.level_rule.zh
    assert found.onset is not None
    assert found.onset.isoformat() == "2025-07-11T02:00:00+08:00"
    assert (found.areas, found.geocodes) == (("演练县北部",), (("行政区划代码", "000000"),))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_scenario_can_extend_what_was_read(language: Any, tmp_path: Path) -> None:  # noqa: ANN401 - a literal
    """What the message says stands in the night; what it cannot say is explained in comments."""
    (tmp_path / "alert.yaml").write_text(snippet(read_alert(SAMPLE), language), encoding="utf-8")
    one = small(1, 1, 1)
    for key in ("title", "start", "warnings"):
        one.scenario.pop(key, None)
    one.scenario["hazard"].pop("kind")
    one.scenario["extends"] = "alert.yaml"
    scenario = load_scenario(one.write(tmp_path))
    (warning,) = scenario.plan.warnings
    assert (warning.id, warning.level, warning.change) == ("SAMPLE-20250711-0002", "red", "upgrade")
    assert warning.source == "演练县气象台 CAP SAMPLE.20250711.0002"
    assert scenario.plan.hazard.kind == "rainstorm"
    assert scenario.plan.start == SENT
    assert "100毫米" in (tmp_path / "alert.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("texts", "level"),
    [
        ({"event": "暴雨", "severity": "Extreme"}, "red"),
        ({"event": "暴雨", "severity": "Severe"}, "orange"),
        ({"event": "暴雨", "severity": "Moderate"}, "yellow"),
        ({"event": "暴雨", "severity": "Minor"}, "blue"),
        ({"event": "暴雨黄色预警", "severity": "Unknown"}, "yellow"),
        ({"event": "Orange Rainstorm Warning"}, "orange"),
        ({"event": "Red River flood warning", "severity": "Minor"}, "blue"),
        ({"event": "暴雨", "headline": "发布蓝色预警"}, "blue"),
        ({"event": "暴雨", "headline": "由黄色升级为橙色"}, "red"),
        ({"More": "<eventCode><valueName>Level</valueName><value>Blue</value></eventCode>"}, "blue"),
        ({"More": "<parameter><valueName>severity</valueName><value>4; yellow</value></parameter>"}, "yellow"),
        ({"More": "<parameter><valueName>网址</valueName><value>黄色</value></parameter>"}, "red"),
    ],
)
def test_the_level_is_told_by_the_plainest_word(texts: dict[str, Any], level: str, tmp_path: Path) -> None:
    """A parameter before the event, the event before the headline, words before severity; two colours decide nothing."""
    assert read(message(**texts), tmp_path).level == level


@pytest.mark.parametrize(
    ("texts", "change"),
    [
        ({"msgType": "Alert", "headline": "降级"}, "issue"),
        ({"msgType": "Update"}, "upgrade"),
        ({"msgType": "Update", "description": "降为黄色"}, "downgrade"),
        ({"msgType": "Update", "headline": "升级", "description": "此前降级"}, "upgrade"),
        ({"msgType": "Cancel", "headline": "降级"}, "lift"),
    ],
)
def test_the_change_is_told_by_the_type_and_the_words(texts: dict[str, Any], change: str, tmp_path: Path) -> None:
    """An update without words is an upgrade, and the file says so."""
    assert read(message(**texts), tmp_path).change == change


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        ("暴雨", "rainstorm"),
        ("强降雨引发山洪", "flash_flood"),
        ("地质灾害气象风险", "landslide"),
        ("Debris flow", "landslide"),
        ("大风", None),
    ],
)
def test_the_hazard_is_told_by_the_event_or_left_open(event: str, kind: str | None, tmp_path: Path) -> None:
    """What the storm sets off goes before the storm; a hazard that is none of ours is left to the planner, in words."""
    found = read(message(event=event), tmp_path)
    assert found.kind == kind
    assert ("hazard" in yaml(snippet(found))) is (kind is not None)
    assert ("hazard.kind" in snippet(found)) is (kind is None)


def test_seconds_are_kept_and_another_zone_is_turned_into_ours(tmp_path: Path) -> None:
    """``start`` is Beijing time to the second."""
    found = read(message(sent="2025-12-31T23:30:07-05:30"), tmp_path)
    assert yaml(snippet(found))["start"] == "2026-01-01 13:00:07"


XML_TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff", include_characters="\t\n")
)


@given(text=XML_TEXT)
def test_any_headline_survives(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whatever XML can hold is read as written, and in the snippet it is one line that adds no key and ends no comment."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    written = message(event="暴雨", headline=escaped, description=escaped, instruction=escaped, senderName=escaped)
    found = read(written, tmp_path_factory.mktemp("cap"))
    assert found.headline == text.strip()
    for language in ("zh", "en"):
        data = yaml(snippet(found, language))
        assert data.keys() <= {"title", "start", "hazard", "warnings"}
        assert data["start"] == "2025-07-11 01:35"
        assert len(data["title"]) <= 200
        assert data["warnings"][0]["level"] == found.level


# --- faults -----------------------------------------------------------------------------------------------------------


def assert_helpful(fault: Fault) -> None:
    """A fault says in each language what is wrong and what to do."""
    for text in (fault.problem, fault.remedy):
        assert any("\u4e00" <= letter <= "\u9fff" for letter in text.zh)
        assert any("a" <= letter <= "z" for letter in text.en)
        assert text.zh.isprintable()
        assert text.en.isprintable()


def refused(text: str | bytes, folder: Path) -> tuple[Fault, ...]:
    """Return the faults for which a file with that content is refused."""
    path = folder / "alert.xml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(InputError) as caught:
        read_alert(path)
    for fault in caught.value.faults:
        assert_helpful(fault)
        assert fault.file == str(path)
    return caught.value.faults


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *(
            (name, "nonsense")
            for name in ("status", "msgType", "scope", "category", "urgency", "severity", "certainty")
        ),
        *(("status", text) for text in ("", "actual", "Exercise Test")),
        *(("severity", text) for text in ("Red", "红色")),
        *(("msgType", text) for text in ("Ack", "Error")),
        *(("identifier", text) for text in ("a b", "a,b", "a&lt;b", "a&amp;b", "")),
        *(("sender", text) for text in ("a b", "")),
        *(
            ("sent", text)
            for text in (
                "2025-07-11T01:35:00Z",
                "2025-07-11T01:35:00",
                "2025-07-11 01:35:00+08:00",
                "2025-07-11T01:35+08:00",
                "2025-02-30T01:35:00+08:00",
                "2025-07-11T01:35:00+15:00",
                "２025-07-11T01:35:00+08:00",
                "9999-12-31T23:59:59-08:00",
                "0001-01-01T00:00:00+14:00",
                "",
            )
        ),
        *((name, "tomorrow") for name in ("effective", "onset", "expires")),
        ("event", ""),
        ("event", "<b>x</b>"),
        ("colour", "red"),
    ],
)
def test_a_value_that_cap_does_not_allow_is_a_fault_where_it_stands(name: str, text: str, tmp_path: Path) -> None:
    """One fault, with line, column and key."""
    content = message(**{name: text})
    (fault,) = refused(content, tmp_path)
    line = next(i for i, one in enumerate(content.splitlines(), start=1) if one.startswith(f"<{name}>"))
    assert (fault.line, fault.column) == (line, 1)
    assert re.fullmatch(f"alert/(info/)?{name}", fault.key)


REQUIRED = ("identifier", "sender", "sent", "status", "msgType", "scope")


@pytest.mark.parametrize("name", [*REQUIRED, "category", "event", "urgency", "severity", "certainty"])
def test_what_cap_requires_is_missed(name: str, tmp_path: Path) -> None:
    """One fault, at the tag that should hold it."""
    (fault,) = refused(message(**{name: None}), tmp_path)
    assert (fault.line, fault.key) == ((1, f"alert/{name}") if name in REQUIRED else (8, f"alert/info/{name}"))


def test_the_reader_and_the_schema_agree_on_what_may_be_missing_or_repeated(schema: XMLSchema, tmp_path: Path) -> None:
    """Each element of a sound message left out, and each written twice: refused by both or by neither."""
    text = SAMPLE.read_text("utf-8")
    verdicts = set()
    for number, twice in product(range(sum(1 for _ in ET.fromstring(text).iter()) - 1), (False, True)):  # noqa: S314 - our own
        root = ET.fromstring(text)  # noqa: S314 - our own
        parent, child = [(parent, child) for parent in root.iter() for child in parent][number]
        place = list(parent).index(child)
        if twice:
            parent.insert(place, child)
        else:
            parent.remove(child)
        path = tmp_path / "alert.xml"
        ET.ElementTree(root).write(path, encoding="utf-8")
        try:
            read_alert(path)
        except InputError:
            sound = False
        else:
            sound = True
        assert schema.is_valid(path) is sound, (child.tag, twice)
        verdicts.add(sound)
    assert verdicts == {True, False}


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    """Those of the message and of each block, in the order of the file."""
    broken = message(sent="soon", status="Real", msgType="Ack", urgency=None, severity="Red")
    second = "<info><category>Sea</category><severity>Minor</severity><severity>Minor</severity></info></alert>"
    keys = [fault.key for fault in refused(broken.replace("</alert>", second), tmp_path)]
    expected = ["sent", "status", "msgType", "info/urgency", "info/severity"]
    expected += ["info/category", "info/certainty", "info/event", "info/severity", "info/urgency"]
    assert sorted(keys) == sorted(f"alert/{key}" for key in expected)


def test_a_column_counts_letters(tmp_path: Path) -> None:
    """Chinese before it on the line moves a tag by one column a letter."""
    content = message(More="<senderName>演练县</senderName><senderName>演练县</senderName>")
    (fault,) = refused(content, tmp_path)
    assert fault.column == len("<senderName>演练县</senderName>") + 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "empty"),
        (" \n", "empty"),
        ("plain text", "XML syntax"),
        ("<alert>", "XML syntax"),
        ("<a>&nbsp;</a>", "XML syntax"),
        ("<a>\x01</a>", "XML syntax"),
        ("<a/>", "root"),
        ("<alert/>", "root"),
        ('<alert xmlns="urn:oasis:names:tc:emergency:cap:1.1"/>', "root"),
        (message().replace("1.2", "1.1"), "root"),
        (f'<info xmlns="{NAMESPACE}"/>', "root"),
        (message().replace("info", "inform"), "no such element"),
        (message().replace("<event>", '<event xmlns="">'), "no such element"),
        (re.sub("(?s)<info>.*</info>", "", message()), "without info"),
        (message(event="暴雨", severity="Unknown"), "cannot be told"),
        (message().encode("gb18030"), "GBK"),
        (message().encode("utf-16"), ""),
        (b"PK\x03\x04\xff\xfe\xff", "not a text file"),
        (message(description="x" * 10 * 2**20), "exceeds 10 MiB"),
        (message(More="<web/>" * 50_000), "too many"),
    ],
)
def test_a_file_that_is_no_alert_is_refused(content: str | bytes, words: str, tmp_path: Path) -> None:
    """In words, whatever it is."""
    assert any(words in fault.problem.en for fault in refused(content, tmp_path))


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    """As everywhere else."""
    for path in (tmp_path, tmp_path / "nothing.xml"):
        with pytest.raises(InputError):
            read_alert(path)


BOMB = '<!DOCTYPE a [<!ENTITY a "ha">' + "".join(f'<!ENTITY a{i} "{"&a;" * 10}">' for i in range(9)) + "]>"


@pytest.mark.parametrize(
    "doctype",
    [
        BOMB,
        '<!DOCTYPE alert [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE alert SYSTEM "http://localhost/cap.dtd">',
        "<!DOCTYPE alert>",
    ],
)
def test_a_doctype_is_refused_and_no_entity_resolved(doctype: str, tmp_path: Path) -> None:
    """A bomb of entities, a file of this machine, an address: refused by name, before anything is looked at."""
    (fault,) = refused(f"<!-- -->\n{doctype}\n" + message(event="&a;"), tmp_path)
    assert "DOCTYPE" in fault.problem.zh
    assert fault.line == 2


def test_a_deep_file_is_refused_and_a_signature_is_no_fault(tmp_path: Path) -> None:
    """Depth costs no recursion; what belongs to another namespace is nobody's fault."""
    refused(message(event="<x>" * 20_000 + "</x>" * 20_000), tmp_path)
    assert read(message(More='<s:Signature xmlns:s="urn:s"><s:x/></s:Signature>'), tmp_path).level == "red"


# --- the command ------------------------------------------------------------------------------------------------------


def test_the_command_goes_both_ways(schema: XMLSchema, tmp_path: Path) -> None:
    """Export to a file, import from it; the same text is printed without ``--out``."""
    out = tmp_path / "a.xml"
    assert invoke("export", DRILL, "--sent", "2025-06-05 20:10", "--out", out).exit_code == 0
    printed = invoke("export", DRILL, "--sent", "2025-06-05 20:10")
    assert printed.stdout_bytes == out.read_bytes()
    schema.validate(out)
    data = yaml(invoke("import", out).stdout)
    assert data["start"] == "2025-06-05 20:10"
    assert data["warnings"][0]["id"] == "drill"
    assert invoke("import", out, "--out", tmp_path / "a.yaml").exit_code == 0
    assert yaml((tmp_path / "a.yaml").read_text("utf-8")) == data


def test_options_reach_the_message() -> None:
    """``--status``, ``--warning`` and ``--set``."""
    result = invoke("export", DRILL, "--status", "Test", "--warning", "drill", "--set", "warnings.drill.level=blue")
    assert "<status>Test</status>" in result.stdout
    assert "暴雨蓝色预警" in result.stdout


def test_a_file_that_is_there_is_replaced_only_if_asked(tmp_path: Path) -> None:
    """Refused with a remedy, and left as it was; ``--force`` replaces it."""
    out = tmp_path / "mine.yaml"
    out.write_text("mine", encoding="utf-8")
    result = invoke("import", SAMPLE, "--out", out)
    assert (result.exit_code, out.read_text("utf-8")) == (2, "mine")
    assert "--force" in result.stderr
    assert invoke("import", SAMPLE, "--out", out, "--force").exit_code == 0
    assert yaml(out.read_text("utf-8"))["start"]


@pytest.mark.parametrize("out", ["", "nowhere/a.yaml"])
def test_a_place_that_cannot_be_written_is_a_fault(out: str, tmp_path: Path) -> None:
    """A folder, or one that is not there: exit code 2, not a traceback."""
    result = invoke("import", SAMPLE, "--out", tmp_path / out, "--force")
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert list(tmp_path.iterdir()) == []


def test_a_fault_leaves_nothing_behind(tmp_path: Path) -> None:
    """Exit code 2, file, line and key on standard error, and no file."""
    bad = tmp_path / "bad.xml"
    bad.write_text(message(severity="Red"), encoding="utf-8")
    result = invoke("import", bad, "--out", tmp_path / "a.yaml", "--lang", "en")
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{bad}:12:1: alert/info/severity = Red: is none of the words of CAP 1.2" in result.stderr
    assert not (tmp_path / "a.yaml").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("export", DRILL, "--status", "Real"), "Exercise、Test、Actual"),
        (("export", DRILL, "--sent", "soon"), "2025-07-11 01:35"),
        (("bring",), "import、export"),
        (("import",), "CAP文件"),
    ],
)
def test_a_slip_on_the_command_line_is_told_in_chinese(arguments: tuple[object, ...], words: str) -> None:
    """With what would be right."""
    command = [sys.executable, "-m", "sim", "cap", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 2
    assert words in done.stderr


def test_a_terminal_without_chinese_still_gets_utf8(tmp_path: Path) -> None:
    """LC_ALL=C: what is printed is the file itself, not question marks."""
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONPATH": str(ROOT)}
    environment |= {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    for arguments in (["export", str(DRILL)], ["import", str(SAMPLE)]):
        command = [sys.executable, "-m", "sim", "cap", *arguments]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
        assert "【演练】" in done.stdout.decode("utf-8")


def test_help_is_chinese_everywhere() -> None:
    """The group and both commands."""
    for arguments in (["--help"], ["import", "--help"], ["export", "--help"]):
        result = invoke(*arguments)
        assert result.exit_code == 0
        assert "预警" in result.stdout
