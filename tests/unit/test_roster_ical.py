"""A calendar for each person: every dated shift is an event at its own moments, and nobody else's is."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path

import icalendar
import pytest
from click.testing import CliRunner

from sim.cli import cli
from sim.roster.ical import calendars
from sim.units import BEIJING
from tests.strategies import Small, small

SHIFTS = (
    ("T000", "officer", "p1", "2025-07-10 08:30", "2025-07-11 08:30"),
    ("T000", "officer", "p2", "2025-07-11 08:30", "2025-07-12 08:30"),
    ("T001", "officer", "p1", "2025-07-12 08:30", "2025-07-13 08:30"),
    ("T000V000", "officer", "p3", "", ""),
    ("T001", "officer", "p4", "2025-07-10 08:30", "2025-07-12 08:30"),
)


def on_duty(folder: Path) -> Small:
    """Return a night with that roster."""
    night = small(2, 1, 1)
    night.scenario["start"] = "2025-07-11 02:00"
    folder.mkdir(exist_ok=True)
    tables = {
        "persons": [("person", "name", "phone"), *((who, who, "") for who in ("p1", "p2", "p3", "p4"))],
        "shifts": [("desk", "post", "person", "from", "to"), *SHIFTS],
    }
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        night.scenario["roster"][name] = str(folder / f"{name}.csv")
    return night


def test_every_dated_shift_is_an_event_of_its_person(tmp_path: Path) -> None:
    """Moments in Beijing time, post and desk in the summary; who stands for good has no calendar; ids are all different."""
    scenario = on_duty(tmp_path / "roster").load(tmp_path)
    made = calendars(scenario.roster, scenario.county, "值班：")
    assert sorted(made) == ["p1", "p2", "p4"]
    found = []
    for who, content in made.items():
        for event in icalendar.Calendar.from_ical(content).walk("VEVENT"):
            begin, end = (event.decoded(name).astimezone(BEIJING).replace(tzinfo=None) for name in ("dtstart", "dtend"))
            found.append((who, begin, end, str(event["summary"])))
            assert str(event["uid"]).endswith("@jiaoying")
    expected = [
        (who, datetime.fromisoformat(begin), datetime.fromisoformat(end), desk)
        for desk, _, who, begin, end in SHIFTS
        if begin
    ]
    assert [one[:3] for one in sorted(found)] == sorted(one[:3] for one in expected)
    assert all("值班：" in summary for *_, summary in found)
    ids = [
        str(event["uid"]) for content in made.values() for event in icalendar.Calendar.from_ical(content).walk("VEVENT")
    ]
    assert len(set(ids)) == len(ids) == 4
    assert calendars(scenario.roster, scenario.county, "值班：") == made


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_command_writes_one_file_for_each_person(language: str, tmp_path: Path) -> None:
    """Into a new folder; a folder with something in it is left alone and is a fault."""
    path, out = on_duty(tmp_path / "roster").write(tmp_path / "in"), tmp_path / "out"
    words = ["roster", "ical", str(path), "--out", str(out), "--lang", language]
    assert CliRunner().invoke(cli, words).exit_code == 0
    assert sorted(entry.name for entry in out.iterdir()) == ["p1.ics", "p2.ics", "p4.ics"]
    again = CliRunner().invoke(cli, words)
    assert again.exit_code == 2
    assert "--out" in again.stderr
