"""One run as a tabletop exercise: which run, what is told when and to whom, by which limits; and that it can be made again."""

from __future__ import annotations

import errno
import json
import math
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from sim.cli import cli
from sim.errors import InputError, Text
from sim.exercise import make
from sim.exercise.choose import BAD_SHARE, NARROWLY, chosen
from sim.exercise.drill import Drill
from sim.exercise.injects import reserve
from sim.exercise.injects.candidate import Candidate
from sim.exercise.injects.selection import LEAST, MOST, selected
from sim.exercise.kit import MINUTES, Inject, Kit, Size
from sim.exercise.kit_file import content_of, keep, kept_kit
from sim.exercise.make import Wanted, handouts, kit_of
from sim.exercise.schedule import FIRST_SHARE, LAST_SHARE, LEAST_GAP_MIN, most_injects, schedule_of
from sim.exercise.source import opened
from sim.exercise.themes import THEMES
from sim.measures import Naming, naming
from sim.measures.digest import digest
from sim.records import STEPS, Night
from sim.scenario import Scenario
from sim.study.band import Band
from sim.study.engines import Local
from sim.study.nights import Column, Nights
from sim.warning import simulate
from tests.strategies import Small, call_target, full_night, lucky, played, repeatable, small, with_outages

START = datetime.fromisoformat("2026-06-10 14:00")
SIZES: tuple[Size, ...] = get_args(Size)
DRILL = Path(__file__).parents[2] / "scenarios" / "village-drill.yaml"


def invoke(*arguments: object) -> Result:
    """Call ``jiaoying`` in process."""
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


@cache
def everything() -> Small:
    """Return a small night with every block, failures among them, and requirements of every kind of event."""
    night = with_outages(full_night(2, 3, 20))
    lift = night.scenario["warnings"][-1] | {
        "id": "lift",
        "change": "lift",
        "after": "up",
        "delay": "2 h",
        "means": ["sms"],
    }
    night.scenario["warnings"].append(lift)
    for row in night.tables["key_sites.csv"][::2]:
        row["zone"] = "Z0"
    for n, row in enumerate(night.tables["households.csv"]):
        row |= {"needs_help": int(n % 2 == 0), "zone": f"Z{n // 40 * 2}" if n // 20 % 2 == 0 and n % 20 < 8 else ""}
    night.scenario["call_targets"].append(call_target(id="order-sites", act="order", whom="key_sites"))
    night.scenario["evacuation"]["reinforcement"]["ask_after"] = "1 min"
    night.scenario["targets"] = [
        {
            "id": f"{event}-{within}",
            "name": f"{event}名",
            "since": since,
            "event": event,
            "of_whom": of_whom,
            "share": "80 %",
            "within": f"{within} min",
            "probability": "90 %",
            "applies_to": "演练",
            "source": f"{event}的依据",
            "status": "演示",
        }
        for event, of_whom, within, since in (
            ("acknowledged", "township", 7, "release"),
            ("acknowledged", "village", 20, "release"),
            ("acknowledged", "village", 55, "t0"),
            ("warned", "household", 30, "release"),
            ("safe", "listed_household", 90, "release"),
            ("reported", "village", 60, "release"),
        )
    ]
    return night


@cache
def night_of(seed: int) -> tuple[Scenario, Night]:
    """Return one of those nights."""
    return played(everything(), f"seed={seed}")


def made_of(scenario: Scenario, night: Night, band: Band, wanted: Wanted, names: Naming) -> Kit:
    """Return the kit of a night, taken because it was named."""
    choice = chosen(scenario, band, wanted.how, night.replication)
    return kit_of(scenario, night, choice, band, wanted, names)


@cache
def kit(seed: int, size: Size, minutes: float | None = None, *, real_names: bool = False) -> Kit:
    """Return the kit of one of those nights."""
    scenario, night = night_of(seed)
    band = Band.of(scenario, Nights.of([0], [digest(scenario, night)]))
    return made_of(scenario, night, band, Wanted(size, START, minutes=minutes), naming(scenario, real_names=real_names))


wishes = st.tuples(st.integers(1, 12), st.sampled_from(SIZES), st.sampled_from([None, 20.0, 61.0]))
"""Which night, and what is asked of its kit."""


# --- what is told -----------------------------------------------------------------------------------------------------


def moment_of(night: Night, inject: Inject) -> float:
    """Return the moment that an inject says it comes from, looked up in the records."""
    assert inject.event is not None
    if inject.record == "events":
        return night.events[inject.event].t_min
    of, column = inject.record.split(".")
    if of == "outages":
        return float(getattr(night.outages, column)[inject.event][0])
    records = night.evacuation
    assert records is not None
    holder = {"evacuation": records, "shelters": records.shelters, "key_sites": records.key_sites}[of]
    return float(getattr(holder, column)[inject.event])


@repeatable(40)
@given(wishes)
def test_every_inject_of_the_timeline_comes_at_a_moment_of_the_night(wish: tuple[int, Size, float | None]) -> None:
    """To the last bit, before its end, in order; what is told of one place happened in the place that takes part, or above it."""
    made = kit(*wish)
    told = made.of_kind("timeline")
    assert told
    for inject in told:
        assert inject.t_min == moment_of(made.night, inject)
        assert 0 <= inject.t_min <= made.night.end_min
    times = [one.t_min for one in told]
    assert times == sorted(times)
    county = made.scenario.county
    for inject in told:
        if inject.record == "events":
            place = made.night.events[inject.event or 0].place
            assert place == 0 or made.place in {*county.ancestors[:, place]} or county.reporter[made.place] == place


@repeatable(40)
@given(wishes)
def test_limits_are_those_of_the_scenario(wish: tuple[int, Size, float | None]) -> None:
    """Minutes and source of every inject and every line of a form are what the planner wrote; conditional ones come when they are over."""
    made = kit(*wish)
    written = {one["id"]: one for block in ("targets", "call_targets") for one in everything().scenario[block]}
    released = {act.id: act.released_min for act in made.night.acts}
    for inject in made.injects:
        if not inject.requirement:
            assert (inject.limit_min, inject.limit_source) == (None, "")
            continue
        own = written[inject.requirement.partition("@")[0]]
        assert (f"{inject.limit_min:g} min", inject.limit_source) == (own["within"], own["source"])
    for limit in made.limits:
        own = written[limit.requirement.partition("@")[0]]
        assert (f"{limit.within_min:g} min", limit.source, limit.name) == (own["within"], own["source"], own["name"])
        assert (limit.applies_to, limit.status) == (own["applies_to"], own["status"])
    for inject in made.of_kind("conditional"):
        limit = next(one for one in made.limits if one.requirement == inject.requirement)
        begins = {"t0": 0.0, "release": made.night.release_min}.get(limit.since)
        begins = released[limit.act] if begins is None else begins
        assert inject.t_min == begins + limit.within_min
        assert inject.condition is not None
        assert f"第{limit.within_min:g}分钟" in inject.condition.zh
        assert inject.exercise_min == made.schedule.to_exercise(inject.t_min)


@repeatable(40)
@given(wishes)
def test_injects_are_few_numbered_and_go_to_seats_that_are_taken(wish: tuple[int, Size, float | None]) -> None:
    """No more than fit, one number each, the timeline first; every text whole in both languages; every step one of the chain.

    Nothing is told that is not for those who play.
    """
    made = kit(*wish)
    kinds = [one.kind for one in made.injects]
    order = ("timeline", "conditional", "reserve")
    assert kinds == sorted(kinds, key=order.index)
    assert kinds.count("timeline") <= min(MOST[made.size], most_injects(made.size, made.schedule.minutes))
    assert len(made.injects) <= 60
    assert [one.number for one in made.injects] == list(range(1, len(kinds) + 1))
    seats = {role.id: role for role in made.roles}
    assert len(seats) == len(made.roles)
    assert all(THEMES[one.theme].most(made.size) for one in made.of_kind("timeline"))
    for inject in made.injects:
        assert inject.step in STEPS
        assert all(role.played and seats[role.id] == role for role in (*inject.to, inject.responsible))
        assert inject.source is None or seats[inject.source.id] == inject.source
        for text in (inject.text, inject.expected, inject.evaluator):
            assert text.zh
            assert text.en
            assert not re.search(r"[{}]|脱岗|达标|\b(?:inf|nan|None)\b", text.zh + text.en)
    at = [(role.id, one.t_min) for one in made.of_kind("timeline") for role in one.to]
    assert len(set(at)) == len(at)


@repeatable(20)
@given(wishes)
def test_nothing_is_told_twice_to_one_seat(wish: tuple[int, Size, float | None]) -> None:
    """What stands at one place of the records is told a seat once."""
    told = [(one.record, one.event, one.to) for one in kit(*wish).of_kind("timeline")]
    assert len(set(told)) == len(told)


@repeatable(20)
@given(wishes)
def test_a_release_is_told_and_asked_of_where_the_county_plays_alone(wish: tuple[int, Size, float | None]) -> None:
    """Who plays below hears of it by a call, never before; and no time is asked for of a release that nobody was told of."""
    made = kit(*wish)
    told = [one for one in made.of_kind("timeline") if one.theme in ("released", "lifted")]
    assert made.size == "county" or not [one for one in told if one.theme == "released"]
    acts = {made.night.events[one.event or 0].act_id for one in told}
    assert {one.act for one in made.key_times if one.event == "release"} == acts


@repeatable(20)
@given(wishes)
def test_who_does_not_hear_is_told_so_once_and_on_paper(wish: tuple[int, Size, float | None]) -> None:
    """Once for each act, not by the telephone that is not heard; another seat of the desk must act, where there is one.

    Who answers a later try is not told so.
    """
    made = kit(*wish)
    acts = {act.id: act for act in made.night.acts}
    own = [one for one in made.of_kind("timeline") if one.theme == "unreachable"]
    assert len({(made.night.events[one.event or 0].act_id, one.to) for one in own}) == len(own)
    for one in own:
        (seat,) = one.to
        others = [role for role in made.roles if role.played and (role.place, role.level) == (seat.place, seat.level)]
        assert not one.means
        act = acts[made.night.events[one.event or 0].act_id]
        assert act.calls.acknowledged_by[seat.place] != seat.post
        assert one.responsible in others
        assert (one.responsible == seat) == (others == [seat])


@repeatable(20)
@given(wishes)
def test_who_calls_is_who_took_the_message(wish: tuple[int, Size, float | None]) -> None:
    """A call comes from the post of its desk that answered for the same act; from a desk that nobody called, from its first."""
    made = kit(*wish)
    acts = {act.id: act for act in made.night.acts}
    for one in made.of_kind("timeline"):
        if one.theme.startswith("received_") or one.theme == "site_called":
            event = made.night.events[one.event or 0]
            post = acts[event.act_id].calls.acknowledged_by[event.counterpart]
            assert one.source is not None
            assert one.source.place == event.counterpart
            assert not post or one.source.post == post


def test_every_theme_can_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """No rule is dead: over some nights and sizes each theme is among what could be told."""
    seen: set[str] = set()

    def watching(drill: Drill, candidates: Sequence[Candidate], most: int) -> list[Candidate]:
        seen.update(one.theme for one in candidates)
        return selected(drill, candidates, most)

    monkeypatch.setattr(make, "selected", watching)
    for seed in range(1, 13):
        for size in SIZES:
            kit.__wrapped__(seed, size)
    assert set(THEMES) == seen


# --- who sits there, and what they may know ---------------------------------------------------------------------------


def test_no_person_is_named() -> None:
    """Neither by name nor by number: not even where real names of places are asked for; villages are codes unless they are."""
    people = [row["name"] for table in ("persons.csv", "responsible.csv") for row in everything().tables[table]]
    villages = [row["name"] for row in everything().tables["villages.csv"]]
    for size in SIZES:
        for real_names in (False, True):
            made = kit(1, size, real_names=real_names)
            whole = json.dumps(content_of(made), ensure_ascii=False) + repr((made.contacts, made.routes))
            assert not [name for name in people if name in whole]
            assert real_names or not [name for name in villages if name in whole]


def test_a_number_is_masked_unless_it_is_asked_for() -> None:
    """The contact list has the middle of each number starred out, or the whole number in a working copy."""
    night = everything().copy()
    for n, row in enumerate(night.tables["persons.csv"]):
        row["phone"] = f"1390000123{n}"
    scenario, first = played(night)
    band = Band.of(scenario, Nights.of([0], [digest(scenario, first)]))
    for real_names, shown in ((False, "139****"), (True, "1390000123")):
        names = naming(scenario, real_names=real_names)
        made = made_of(scenario, first, band, Wanted("township", START, place=scenario.county.index["T000"]), names)
        phones = {one.phone for one in made.contacts} - {""}
        assert phones
        assert all(phone.startswith(shown) for phone in phones)


def test_players_are_told_nothing_later_than_the_beginning() -> None:
    """The opening names T0 and no other moment of the night; nothing that was decided or happened."""
    for size in SIZES:
        made = kit(1, size)
        for text in made.opening:
            clocks = re.findall(r"\d{1,2}:\d{2}", text)
            assert sorted(clocks) == sorted([f"{made.night.start:%H:%M}", f"{START:%H:%M}"])


def test_routes_are_of_danger_that_is_known() -> None:
    """A zone that nobody has registered is on no list of routes: players would learn of it; its registered neighbours are."""
    night, zones = everything().copy(), {one.zone for one in kit(1, "township").routes}
    assert len(zones) > 1
    hidden = min(zones)
    night.tables["zones.csv"][int(hidden.partition("/")[2])]["registered"] = 0
    scenario, first = played(night, "seed=1")
    band = Band.of(scenario, Nights.of([0], [digest(scenario, first)]))
    wanted = Wanted("township", START, place=kit(1, "township").place)
    made = made_of(scenario, first, band, wanted, naming(scenario))
    assert {one.zone for one in made.routes} == zones - {hidden}


def test_in_a_double_blind_exercise_players_have_nothing_before_it_starts() -> None:
    """What controllers and evaluators need goes out all the same; no paper is given to players twice."""
    for blind in (False, True):
        papers = handouts(double_blind=blind)
        assert len({one.paper for one in papers}) == len(papers)
        early = {one.paper for one in papers if one.when == "before" and one.players}
        assert bool(early) != blind
    assert {one.paper for one in handouts(double_blind=True) if one.when == "before"} == {
        one.paper for one in handouts(double_blind=False) if one.when == "before" and not one.players
    }


def test_the_busiest_place_takes_part_unless_one_is_named() -> None:
    """A village of the size village, a township of the size township; another level is refused in words."""
    scenario, night = night_of(1)
    band = Band.of(scenario, Nights.of([0], [digest(scenario, night)]))
    names, township, village = naming(scenario), scenario.county.index["T001"], scenario.county.index["T001V001"]
    for size, place in (("township", township), ("village", village)):
        assert made_of(scenario, night, band, Wanted(size, START, place=place), names).place == place
    for size, place in (("village", township), ("township", village), ("county", village)):
        with pytest.raises(InputError, match="--size"):
            made_of(scenario, night, band, Wanted(size, START, place=place), names)
    assert scenario.county.levels[scenario.county.places.level[kit(1, "township").place]].id == "township"


# --- the clock --------------------------------------------------------------------------------------------------------


@st.composite
def givens(draw: st.DrawFn) -> tuple[Size, float, list[tuple[float, tuple[str, ...]]]]:
    """Return a size, minutes, and moments with seats: no seat twice at one moment, no more than there is room for."""
    size, minutes = draw(st.sampled_from(SIZES)), draw(st.sampled_from([15.0, 40.0, 120.0, 240.0, 700.0]))
    times = st.one_of(st.integers(0, 600).map(float), st.floats(0, 600, allow_nan=False))
    pairs = draw(st.lists(st.tuples(times, st.sampled_from("abcd")), max_size=most_injects(size, minutes), unique=True))
    return size, minutes, [(t_min, (seat,)) for t_min, seat in sorted(pairs)]


@repeatable(300)
@given(givens())
def test_the_clock_keeps_order_gaps_and_length(drawn: tuple[Size, float, list[tuple[float, tuple[str, ...]]]]) -> None:
    """Never backwards, never slower than the night but for a gap; each seat has the least gap; the first early, the last at nine tenths at most.

    The night is over with the exercise.
    """
    size, minutes, told = drawn
    schedule = schedule_of(START, minutes, size, 601.0, told)
    at = [schedule.to_exercise(t_min) for t_min, _ in told]
    assert at == sorted(at)
    assert schedule.minutes == minutes
    assert schedule.to_exercise(601.0) == minutes
    assert schedule.to_exercise(0.0) == 0
    assert all(0 <= one <= LAST_SHARE * minutes + 1e-9 for one in at)
    if at and told[0][0] > 0:
        assert at[0] == pytest.approx(FIRST_SHARE * minutes)
    of_seat: dict[str, list[float]] = defaultdict(list)
    for minute, (_, (seat,)) in zip(at, told, strict=True):
        of_seat[seat].append(minute)
    gaps = np.concatenate([np.diff(one) for one in of_seat.values()] or [np.zeros(0)])
    assert (gaps >= LEAST_GAP_MIN[size] - 1e-9).all()
    for (one, seats), (before, _), here, there in zip(told[1:], told, at[1:], at, strict=False):
        needed = max(
            (given for given, (_, own) in zip(at, told, strict=True) if own == seats and given < here), default=0.0
        )
        assert (
            here <= max(there + one - before, needed + LEAST_GAP_MIN[size]) + 1e-9
        )  # no slower than the night, but for a gap
    grid = np.linspace(0, 601, 200)
    mapped = [schedule.to_exercise(float(t_min)) for t_min in grid]
    assert (np.diff(mapped) >= 0).all()


@repeatable(30)
@given(wishes)
def test_a_kit_lasts_as_long_as_its_size_or_as_is_asked(wish: tuple[int, Size, float | None]) -> None:
    """Each inject comes when the clock says, no seat sooner than the least gap after the one before; and the clock reads back."""
    made = kit(*wish)
    assert made.schedule.minutes in {MINUTES[made.size], 20.0, 61.0}
    last: dict[str, float] = {}
    for inject in made.of_kind("timeline"):
        assert inject.t_min is not None
        assert inject.exercise_min == made.schedule.to_exercise(inject.t_min)
        assert inject.exercise_min <= LAST_SHARE * made.schedule.minutes + 1e-9
        for role in inject.to:
            assert inject.exercise_min - last.get(role.id, -math.inf) >= LEAST_GAP_MIN[made.size] - 1e-9
            last[role.id] = inject.exercise_min
    for inject in made.of_kind("reserve"):
        assert (inject.t_min, inject.exercise_min) == (None, None)


# --- which run --------------------------------------------------------------------------------------------------------


@cache
def judged_scenario() -> Scenario:
    """Return a scenario with one requirement, within 4 minutes, and one call target, within 60."""
    scenario, _ = played(lucky())
    return scenario


minutes_or_never = st.sampled_from([0.0, 3.9, 4.0, 4.5, 5.0, 5.1, 60.0, 74.0, 76.0, math.inf])
runs = st.integers(1, 25).flatmap(
    lambda n: st.lists(
        st.tuples(
            st.sampled_from([0.0, 1.0, 7.0]), st.sampled_from([9.0, 90.0, math.inf]), minutes_or_never, minutes_or_never
        ),
        min_size=n,
        max_size=n,
    )
)
COLUMNS = ("exposed_at_onset_persons", "warned_p95_min", "target:all:min", "target:desks:min")


def band_of(rows: list[tuple[float, ...]], columns: tuple[str, ...] = COLUMNS) -> Band:
    """Return a band of made-up runs whose numbers begin at 3."""
    names = (*columns, "target:all:met", "target:desks:met")
    met = [(float(row[-2] <= 4), float(row[-1] <= 60)) for row in rows]
    values = np.array([[*row, *kept] for row, kept in zip(rows, met, strict=True)])
    own = tuple(Column(name, "1", np.array([0])) for name in names)
    numbers = tuple(range(3, 3 + len(rows)))
    return Band(Nights(numbers, own, values), numbers[0])


@repeatable(100)
@given(runs)
def test_the_bad_run_stands_where_95_percent_are_no_worse(rows: list[tuple[float, ...]]) -> None:
    """By lives where they differ, else by when 95 % were told: 95 % of the runs are no worse, fewer are better, the first of those alike."""
    choice = chosen(judged_scenario(), band_of(rows), "bad", None)
    lives, told = ([row[n] for row in rows] for n in (0, 1))
    values = lives if len(set(lives)) > 1 else told if len(set(told)) > 1 else []
    assert choice.measure == ("" if not values else COLUMNS[0] if values is lives else COLUMNS[1])
    if not values:
        assert choice.replication == 3
        return
    own = values[choice.replication - 3]
    count = len(values)
    assert sum(one <= own for one in values) >= BAD_SHARE * count
    assert sum(one < own for one in values) < BAD_SHARE * count
    assert values.index(own) == choice.replication - 3
    assert (choice.value if choice.value is not None else math.inf) == own


def test_lives_go_first_only_where_they_are_simulated() -> None:
    """Without evacuation the run is bad by when 95 % were told."""
    rows = [(float(t_min), 0.0, 0.0) for t_min in range(20)]
    choice = chosen(judged_scenario(), band_of(rows, COLUMNS[1:]), "bad", None)
    assert (choice.measure, choice.replication, choice.value) == ("warned_p95_min", 3 + 18, 18.0)
    assert "第19次" in choice.reason.zh


@repeatable(100)
@given(runs)
def test_the_instructive_run_misses_most_requirements_by_little(rows: list[tuple[float, ...]]) -> None:
    """By no more than a quarter of the limit each; ties by number; without any such miss the run nearest to a limit."""
    choice = chosen(judged_scenario(), band_of(rows), "instructive", None)
    limits = (4.0, 60.0)
    narrow = [sum(w < t <= w * (1 + NARROWLY) for t, w in zip(row[2:], limits, strict=True)) for row in rows]
    if max(narrow):
        assert choice.replication - 3 == narrow.index(max(narrow))
        assert f"{max(narrow)}项" in choice.reason.zh
        return
    apart = [min(abs(t - w) for t, w in zip(row[2:], limits, strict=True)) for row in rows]
    if math.isfinite(min(apart)):
        assert choice.replication - 3 == apart.index(min(apart))
    else:
        assert choice.replication == 3
    assert not re.search(r"\b(?:inf|nan)\b", choice.reason.zh + choice.reason.en)


def test_a_run_may_be_named() -> None:
    """Then it is that one, whatever the others were; without a wish it is the typical one."""
    band = band_of([(0.0, 9.0, 1.0, 1.0)] * 4)
    assert chosen(judged_scenario(), band, "bad", 17).replication == 17
    assert chosen(judged_scenario(), band, "typical", None).replication == band.typical


# --- made again -------------------------------------------------------------------------------------------------------


def test_a_kit_is_made_again_from_its_folder(tmp_path: Path) -> None:
    """The same seats, injects, limits and clock; a scenario or a kit that was changed is refused, and a folder without a kit."""
    path = everything().write(tmp_path / "in")
    source = opened(path, ())
    night = simulate(source.scenario, 2)
    band = Band.of(
        source.scenario,
        Nights.of([0, 2], [digest(source.scenario, one) for one in (simulate(source.scenario, 0), night)]),
    )
    wanted = Wanted("township", START, replication=2, minutes=90.0, double_blind=True)
    made = made_of(source.scenario, night, band, wanted, naming(source.scenario))
    folder = tmp_path / "kit"
    folder.mkdir()
    keep(made, folder)
    again = kept_kit(folder)
    assert content_of(again) == content_of(made)
    assert (again.contacts, again.routes, again.band.nights.replications) == (made.contacts, made.routes, (0, 2))
    said = json.loads((folder / "kit.json").read_text(encoding="utf-8"))
    (folder / "kit.json").write_text(json.dumps(said | {"injects": said["injects"][1:]}), encoding="utf-8")
    with pytest.raises(InputError, match="做不出同一份"):
        kept_kit(folder)
    (folder / "kit.json").write_text(json.dumps(said | {"scenario_hash": "0"}), encoding="utf-8")
    with pytest.raises(InputError, match="做不出同一份"):
        kept_kit(folder)
    (folder / "kit.json").unlink()
    with pytest.raises(InputError, match="没有完整的演练材料"):
        kept_kit(folder)


def test_a_result_of_run_gives_the_run_that_it_tells(tmp_path: Path) -> None:
    """Played again it must be what the folder says; a changed scenario, result or folder is refused in words, and so is --set."""
    path = lucky().write(tmp_path / "in")
    assert invoke("run", path, "--replication", "4", "--out", tmp_path / "one").exit_code == 0
    source = opened(tmp_path / "one", ())
    assert source.only == 4
    source.check_folder()
    with pytest.raises(InputError, match="自己的情景"):
        opened(tmp_path / "one", ("seed=3",))
    with pytest.raises(InputError, match="不是 run 或 study"):
        opened(tmp_path / "in", ())
    summary = tmp_path / "one" / "summary.json"
    said = json.loads(summary.read_text(encoding="utf-8"))
    summary.write_text(json.dumps(said | {"persons": 99}), encoding="utf-8")
    with pytest.raises(InputError, match="不一样"):
        opened(tmp_path / "one", ()).check_folder()
    resolved = tmp_path / "one" / "scenario.resolved.yaml"
    resolved.write_text(resolved.read_text(encoding="utf-8").replace("seed: 7", "seed: 8"), encoding="utf-8")
    with pytest.raises(InputError, match="改动过"):
        opened(tmp_path / "one", ())


def unwatched(portions: Iterable[Nights], nights: int, what: Text, *, of: str = "") -> Iterator[Nights]:
    """Pass on what is played."""
    del nights, what, of
    yield from portions


def test_the_runs_of_a_study_are_used_as_they_are(tmp_path: Path) -> None:
    """All that it holds, no other; a run that is not the same again is refused; with fewer than twenty the twenty are played."""
    path = lucky().write(tmp_path / "in")
    for count in (24, 5):
        out = tmp_path / str(count)
        assert invoke("study", path, "-n", count, "--workers", "1", "--out", out).exit_code == 0
    for count, runs_of_band in ((24, 24), (5, 20)):
        source = opened(tmp_path / str(count), ())
        source.check_folder()
        assert source.band(Local(1), unwatched).count == runs_of_band
    file = min((tmp_path / "24" / "nights").glob("*.npz"))
    nights = Nights.load(file)
    Nights(nights.replications, nights.columns, nights.kept + 1.0).save(file)
    with pytest.raises(InputError, match="不一样"):
        opened(tmp_path / "24", ()).check_folder()


# --- the file of reserve injects --------------------------------------------------------------------------------------


def test_every_size_has_surprises_ready() -> None:
    """As many as an exercise of it takes, and as make it whole; ids differ; steps are those of the chain; blocks have source and status."""
    written = reserve.reserve_injects(reserve.reserve_file())
    assert len({one.id for one in written}) == len(written)
    assert {one.step for one in written} <= set(STEPS)
    for size in SIZES:
        assert sum(size in one.sizes for one in written) >= max(reserve.MOST[size], reserve.LEAST_IN_ALL - LEAST[size])
    text = reserve.reserve_file().read_text(encoding="utf-8")
    assert re.search(r"^source: .+^status: ", text, re.MULTILINE | re.DOTALL)


def test_a_fault_in_the_file_is_told_with_its_line(tmp_path: Path) -> None:
    """An unknown seat and a missing text, both at once, where they stand."""
    file = tmp_path / "injects.yaml"
    text = reserve.reserve_file().read_text(encoding="utf-8")
    file.write_text(text.replace("to: main", "to: nobody", 1).replace("    step: talking\n", "", 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        reserve.reserve_injects(file)
    assert len(caught.value.faults) == 2
    assert all(fault.line for fault in caught.value.faults)


# --- the command ------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_command_makes_a_kit_of_a_scenario(tmp_path: Path) -> None:
    """It prints which run and why, and how many injects; kit.json is in the folder; the same wish gives the same kit."""
    done = invoke("exercise", DRILL, "--size", "village", "--start", "2026-06-10 14:00", "--out", tmp_path / "kit")
    assert done.exit_code == 0, done.output
    assert "20次推演中最典型的一次（编号0）" in done.output
    again = invoke(
        "exercise", DRILL, "--size", "village", "--start", "2026-06-10 14:00", "--json", "--out", tmp_path / "again"
    )
    summary = json.loads(again.stdout)
    one, two = ((tmp_path / name / "kit.json").read_bytes() for name in ("kit", "again"))
    assert one == two
    said = json.loads(one)
    assert len(said["injects"]) == sum(summary["injects"].values())
    assert (said["minutes"], summary["minutes"], summary["seats"]) == (40.0, 40.0, 4)
    assert content_of(kept_kit(tmp_path / "kit")) == said | {
        "schedule": {key: tuple(value) for key, value in said["schedule"].items()}
    }


def test_the_command_refuses_what_cannot_be(tmp_path: Path) -> None:
    """A folder that is no result, a place that is none, a size that the place has not: exit code 2 and nothing written."""
    out = tmp_path / "kit"
    for arguments in (
        (tmp_path,),
        (DRILL, "--place", "无此村"),
        (DRILL, "--size", "enterprise"),
        (DRILL, "--size", "township", "--place", "演练村"),
    ):
        done = invoke("exercise", *arguments, "--out", out)
        assert done.exit_code == 2, done.output
        assert not out.exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("refused", "code", "said"),
    [(KeyboardInterrupt(), 130, "已中断"), (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), 2, "磁盘空间")],
    ids=["interrupted", "full disk"],
)
def test_what_stops_it_leaves_nothing(
    refused: BaseException, code: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C or a full disk, before the papers or among them: exit code and words as of ``run``, no kit and no draft, an earlier result untouched."""

    def stop(*_: object, **__: object) -> None:
        raise refused

    path = small(1, 1, 1).write(tmp_path / "in")
    assert invoke("run", path, "--replication", 0, "--out", tmp_path / "old").exit_code == 0
    before = {own: own.read_bytes() for own in (tmp_path / "old").rglob("*") if own.is_file()}
    papers, kit_file = "sim.report.exercise.write.write_sign_in", "sim.exercise.kit_file.keep"
    for name, out in ((kit_file, "new"), (papers, "old")):
        with monkeypatch.context() as patched:
            patched.setattr(name, stop)
            done = invoke("exercise", DRILL, "--out", tmp_path / out)
        assert (done.exit_code, "Traceback" in done.output) == (code, False), done.output
        assert said in done.stderr
    assert sorted(own.name for own in tmp_path.iterdir()) == ["in", "old"]
    assert {own: own.read_bytes() for own in (tmp_path / "old").rglob("*") if own.is_file()} == before


def test_where_no_kit_can_be_written_it_is_said(tmp_path: Path) -> None:
    """A place that takes no folder, one below a file, one with other things in it: exit code 2, in words, before any run is made."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for out in ("/proc/nowhere", tmp_path / "file" / "below", tmp_path / ("长" * 300), tmp_path):
        done = invoke("exercise", DRILL, "--out", out)
        assert (done.exit_code, "Traceback" in done.output) == (2, False), done.output
        assert "--out" in done.stderr
        assert "推演" not in done.stderr.partition("--out")[0]
    assert [own.name for own in tmp_path.iterdir()] == ["file"]
