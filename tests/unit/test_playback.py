"""The night as the page plays it: its counts are those of the tables, nothing is lost in packing, and a browser shows them."""

from __future__ import annotations

import json
import math
import re
import subprocess
from datetime import timedelta
from functools import cache
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.county.places import County
from sim.measures import Frames, frames, naming, tabulate
from sim.records import Night
from sim.report import write_report
from sim.report.content.scope import find
from sim.report.figures.sheet import Sheet
from sim.report.gather import gather
from sim.report.page.playback import ALPHABET, packed, playback
from sim.report.page.timeline import timeline
from sim.report.words.language import Words, to_the_second
from sim.report.workbook.write import write_workbook
from sim.scenario import Scenario, load_scenario
from sim.warning import simulate
from tests.chromium import CHROMIUM
from tests.laws.test_chain import repeatable
from tests.strategies import Small, played, small, small_nights

SCENARIOS = Path(__file__).parents[2] / "scenarios"
BY_BROWSER = re.compile(r"^https?://[\w.-]+\.(?:google|googleapis|gvt1)\.com[:/]")  # what Chromium asks for by itself
CJK = re.compile(r"[\u3400-\u9fff\uff00-\uffef]")


@cache
def hard_night() -> tuple[Scenario, Night]:
    """Return a short piece of the whole county's night with three outages."""
    scenario = load_scenario(SCENARIOS / "yunyang-three-outages-night.yaml", ["end=2 h"])
    return scenario, simulate(scenario)


def sheet(scenario: Scenario, night: Night, place: str | None = None, language: str = "zh") -> Sheet:
    names, words = naming(scenario), Words("en" if language == "en" else "zh")
    return Sheet(scenario, night, names, find(scenario, names, place), words)


def villages(county: County) -> np.ndarray:
    level = county.level_index("village")
    assert level is not None
    return county.of_level(level)


def played_frames(scenario: Scenario, night: Night) -> Frames:
    everybody = np.ones(len(scenario.county.households), dtype=bool)
    return frames(scenario, night, villages(scenario.county), everybody)


def unpacked(text: str, alphabet: str) -> list[int]:
    """Return what ``packed`` packs, written again as the script of the page does it."""
    counts, total = [], 0
    for letter in text:
        total += alphabet.index(letter)
        if letter != alphabet[-1]:
            counts.append(total)
    return counts


# --- counts -----------------------------------------------------------------------------------------------------------


@repeatable(20)
@given(small_nights(), st.sampled_from(["7 min", "31 min", "10 h"]))
def test_frames_count_what_had_happened_by_their_minute(plan: Small, end: str) -> None:
    """Told, by direct counting at each frame; frames are whole minutes from the release, begin with T0's and end with the run."""
    plan.scenario["end"] = end
    scenario, night = played(plan)
    found, warned = played_frames(scenario, night), night.households.warned_min
    origin = night.release_min if math.isfinite(night.release_min) else 0.0
    assert found.minutes[0] >= 0.0
    assert found.minutes[-1] == night.end_min
    inner = found.minutes[1:-1]
    assert inner == pytest.approx(origin + found.since_release[1:-1])
    persons = scenario.county.households.persons
    level = scenario.county.places.level[found.dots[0]]
    home = scenario.county.households_at(int(level))
    for frame, minute in enumerate(found.minutes.tolist()):
        told = warned <= minute + 1e-9
        assert found.warned_households[frame] == told.sum()
        assert found.warned_persons[frame] == persons[told].sum()
        assert found.warned[frame].tolist() == [int((told & (home == dot)).sum()) for dot in found.dots.tolist()]
    assert (np.diff(found.warned, axis=0) >= 0).all()
    assert (found.warned <= found.households).all()


def test_the_frames_of_the_whole_county_are_its_tables() -> None:
    """At minute 60 each village's share is that of ``villages.csv``; at the end safe, exposed and reported are those of the summary."""
    scenario, night = hard_night()
    found, table = played_frames(scenario, night), tabulate(scenario, night, naming(scenario))["villages"]
    frame = found.since_release.tolist().index(60)
    names = naming(scenario)
    share = dict(zip(table["code"], table["share_60min"], strict=True))
    shown = [share[names.code[place]] for place in found.dots.tolist()]
    assert found.warned[frame] / found.households == pytest.approx(np.array(shown, dtype=float))
    exposed = dict(zip(table["code"], table["exposed_persons"], strict=True))
    assert found.exposed[-1].tolist() == [exposed[names.code[place]] for place in found.dots.tolist()]
    listed = dict(zip(table["code"], table["listed_persons"], strict=True))
    assert found.due.tolist() == [listed[names.code[place]] for place in found.dots.tolist()]
    assert (found.safe <= found.due).all()
    assert found.dark.any()
    assert found.roads_closed.any()
    assert math.isfinite(found.answered_min.min())


# --- what the page carries --------------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 700), min_size=1, max_size=60))
def test_packing_loses_nothing(rises: list[int]) -> None:
    """Counts of any height come back as they were, in letters that neither HTML nor JSON minds."""
    counts = np.cumsum(rises)
    assert unpacked(packed(counts), ALPHABET) == counts.tolist()
    assert not set("&<>\"'\\") & set(ALPHABET)
    assert len(set(ALPHABET)) == len(ALPHABET)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_data_of_the_page_is_harmless_and_speaks_its_language(language: str) -> None:
    """No tag can begin in it, every dot has its name, place and counts; English has Chinese names of places only."""
    scenario, night = hard_night()
    own = sheet(scenario, night, language=language)
    made, told = playback(own), timeline(own)
    assert made is not None
    for text in (made.data, told.data):
        assert "<" not in text
        assert "&" not in text
    data, lines = json.loads(made.data), json.loads(told.data)
    assert len(data["dots"]) == len(data["at"]) == 480
    found = played_frames(scenario, night)
    assert all(len(unpacked(dot["told"], data["alphabet"])) == len(data["minutes"]) for dot in data["dots"])
    for dot in data["dots"]:
        for frame, clock in (dot[key] for key in ("answered", "below", "struck", "asked", "helped") if dot.get(key)):
            by_then, before = (to_the_second(night.start, found.minutes[at]) for at in (frame, max(frame - 1, 0)))
            hours, minutes = map(int, clock.split(":"))
            assert before < by_then.replace(hour=hours, minute=minutes, second=0) <= by_then + timedelta(minutes=1)
    assert [count["key"] for count in data["counts"]][:3] == ["households", "persons", "answered"]
    assert {row[0] for row in lines["rows"]} == set(told.kinds)
    assert not [word for word in ("脱岗", "达标", "NaN", "Infinity") if word in made.data + told.data]
    if language == "en":
        titles = {post.title for post in scenario.plan.roster.posts.values()}  # the planner's own
        titles |= {act.signed_by for act in scenario.plan.acts}
        places = titles | set(lines["places"]) | {dot["name"] for dot in data["dots"]}
        said = [*lines["texts"], *data["clocks"], *data["texts"].values(), *(count["name"] for count in data["counts"])]
        for place in sorted(places, key=len, reverse=True):
            said = [text.replace(place, "") for text in said]
        assert not [text for text in said if CJK.search(text)]


def test_the_workbook_tells_the_same_minute_as_the_map(tmp_path: Path) -> None:
    """A row «minute 60 after release» of its curves holds what the map shows at that minute: safe, without service, roads."""
    scenario, night = hard_night()
    names, tables = naming(scenario), tabulate(scenario, night, naming(scenario))
    content = gather(scenario, night, tables, names, Words("zh"))
    write_workbook(content, tables, tmp_path / "report.xlsx")
    book = openpyxl.load_workbook(tmp_path / "report.xlsx", read_only=True)
    found = played_frames(scenario, night)
    frame = found.since_release.tolist().index(60)

    def row(tab: str) -> tuple[object, ...]:
        rows = book[Words("zh")(tab)].iter_rows(values_only=True)
        return next(cells for cells in rows if cells[1] == 60)

    assert int(found.safe[frame].sum()) in row("tab.evacuation_over_time")
    outages = row("tab.outages_over_time")
    assert outages[2] == 480 - found.dark[frame].sum()
    assert len(scenario.county.networks.roads) - found.roads_closed[frame] in outages


def test_a_page_of_one_township_plays_its_own_villages() -> None:
    """Names without the township's own, no roads, counts of its households only."""
    scenario, night = hard_night()
    own = sheet(scenario, night, "江口镇")
    made = playback(own)
    assert made is not None
    data = json.loads(made.data)
    assert {dot["name"][:1] for dot in data["dots"]} == {"村"}
    assert data["roads"] == []
    households = int(own.scope.inside.sum())
    assert data["counts"][0]["of"] == households == sum(dot["h"] for dot in data["dots"])


def test_too_few_places_are_not_played(tmp_path: Path) -> None:
    """One village is no map; the page has its timeline all the same."""
    scenario = load_scenario(SCENARIOS / "village-drill.yaml")
    night = simulate(scenario)
    assert playback(sheet(scenario, night)) is None
    page = write_report(tmp_path, scenario, night, tabulate(scenario, night, naming(scenario)), naming(scenario))
    html = page.read_text(encoding="utf-8")
    assert 'id="playback"' not in html
    assert 'id="events-data"' in html


def test_a_county_in_which_nothing_is_released_is_played_from_t0() -> None:
    """Clock times only, nobody told, nobody has answered."""
    plan = small(townships=1, villages=3)
    plan.scenario["end"] = "2 min"
    plan.scenario["warnings"][0]["consultation"] = "30 min"
    scenario, night = played(plan)
    made = playback(sheet(scenario, night))
    assert made is not None
    data = json.loads(made.data)
    assert data["minutes"] == [0, 1, 2]
    assert data["counts"][0]["by_frame"] == [0, 0, 0]
    assert not any(dot["answered"] for dot in data["dots"])


# --- in a browser -----------------------------------------------------------------------------------------------------


def dumped(page: Path, fragment: str, folder: Path) -> tuple[str, list[str]]:
    """Return the page as a browser shows it, and the addresses that it asked for."""
    assert CHROMIUM is not None
    log = folder / "net.json"
    run = subprocess.run(
        [
            CHROMIUM,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            f"--user-data-dir={folder / 'profile'}",
            f"--log-net-log={log}",
            "--virtual-time-budget=5000",
            "--dump-dom",
            f"file://{page}{fragment}",
        ],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=True,
    )
    return run.stdout, re.findall(r'"url":\s*"(\w+:[^"]+)"', log.read_text(encoding="utf-8", errors="replace"))


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_a_browser_shows_the_counts_of_the_table_and_asks_for_nothing(tmp_path: Path) -> None:
    """The slider at minute 60 shows households told, villages that answered and roads closed as the tables have them."""
    scenario, night = hard_night()
    names = naming(scenario)
    tables = tabulate(scenario, night, names)
    page = write_report(tmp_path / "报告 1", scenario, night, tables, names)
    dom, addresses = dumped(page, "#minute=60", tmp_path)
    shown = dict(re.findall(r'data-count="(\w+)">([^<]*)<', dom))
    told = int((night.households.warned_min <= night.release_min + 60 + 1e-9).sum())
    assert shown["households"] == f"{told} / {len(scenario.county.households)}"
    answered = (tables["villages"]["acknowledged_min"] <= night.release_min + 60 + 1e-9).sum()
    assert shown["answered"] == f"{answered} / 480"
    changes = night.outages.roads
    closed = int(((changes <= night.release_min + 60).sum(axis=1) % 2 == 1).sum())
    assert closed
    assert shown["roads"] == f"{closed} / {len(scenario.county.networks.roads)}"
    clock = re.search(r'data-play="clock"[^>]*>([^<]*)<', dom)
    assert clock is not None
    assert "发布后60分钟" in clock[1]
    assert dom.count('data-dot="') == 480
    assert len(re.findall(r"<tr><td>", dom[dom.index('data-line="rows"') :])) >= 200
    assert page.stat().st_size < 3 * 2**20
    assert not [
        address for address in addresses if address.startswith(("http", "ws")) and not BY_BROWSER.search(address)
    ]
