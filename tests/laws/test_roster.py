"""The known answers of the chain again, with everybody who is called read from a roster; and what a roster itself must obey.

Cases V7, V7b, V8, V9 and V10 of the collection of validation cases, with the people of every desk in the tables of persons and shifts,
those of V7 read from a workbook of one county. Expected numbers come from the closed forms. Samples are compared within four standard
errors; seeds are fixed.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim.roster.importing import import_roster, tables_of
from tests.proof import assert_mean, assert_share, compared
from tests.strategies import Small, played, small
from tests.workbooks import write_xlsx

Floats = NDArray[np.float64]

PEOPLE = {"village_secretary": 0.6, "village_director": 0.8, "grid_worker": 0.95}
"""V7: three people, by how likely each answers a try."""
V7_S = {10: 0.6, 100: 0.24, 190: 0.096, 220: 0.0512, 310: 0.01024, 400: 0.002048}
V7B_S = {10: 0.6, 70: 0.24, 130: 0.096, 160: 0.0512, 220: 0.01024, 280: 0.002048}
"""V7b: the same chances with a gap of 30 s instead of 60."""


# Tools ----------------------------------------------------------------------------------------------------------------


def chain(villages: int, steps: Iterable[dict[str, object]] = (), gap_s: int = 60, **posts: float) -> Small:
    """Return a night in which one township calls all its villages at once, by default down the ladder of V7."""
    night = small(1, villages, 1)
    night.scenario["start"] = "2025-07-11 02:00"
    night.tables["households.csv"] = night.tables["households.csv"][:1]
    night.scenario["channels"]["phone"] |= {"pickup": "10 s", "talk": "0 s"}
    roster, posts = night.scenario["roster"], posts or PEOPLE
    roster["desks"]["township"]["callers"] = villages
    roster["posts"] |= {
        name: {"title": name, "reachable": 1.0, "answer": chance, "rotates": False} for name, chance in posts.items()
    }
    calls = [{"post": name, "tries": 3, "ring": "30 s", "gap": f"{gap_s} s"} for name in posts]
    roster["ladders"]["village"] = {"steps": [*steps, *calls] if gap_s else list(steps)}
    return night


def rostered(night: Small, posts: Iterable[str], level: str = "villages") -> Small:
    """Put at every desk of a level one person on each post, for good."""
    desks = [row["code"] for row in night.tables[f"{level}.csv"]]
    rows = [(desk, post, f"{desk}-{post}") for desk in desks for post in posts]
    night.tables["persons.csv"] = [{"person": who, "name": who, "phone": "13900000000"} for _, _, who in rows]
    night.tables["shifts.csv"] = [
        {"desk": desk, "post": post, "person": who, "from": "", "to": ""} for desk, post, who in rows
    ]
    night.scenario["roster"] |= {"persons": "county/persons.csv", "shifts": "county/shifts.csv"}
    return night


def seconds(night: Small, level: int = 2) -> Floats:
    """Return, per place of a level, the seconds from the turn of the desk above until somebody answered."""
    scenario, result = played(night)
    levels, times = scenario.county.places.level, result.places.acknowledged_min
    (begin,) = times[levels == level - 1]
    return np.asarray((times[levels == level] - begin) * 60)


def assert_at(times: Floats, exact: dict[int, float]) -> None:
    """Answers come at these seconds with these chances, and of those that can be seen at no other."""
    for second, chance in exact.items():
        if chance * times.size >= 10:
            assert_share(np.abs(times - second) < 1e-6, chance)
    assert_share(times > max(exact) + 1e-6, 1 - sum(exact.values()))


# Known answers through the roster -------------------------------------------------------------------------------------


def test_v7_down_the_roster_of_a_workbook(tmp_path: Path) -> None:
    """V7 with 2 000 villages of one workbook, three people each with names and numbers: every second has its probability."""
    night = chain(2_000)
    villages = [row["name"] for row in night.tables["villages.csv"]]
    heading = ["村（社区）", *(cell for post in ("书记", "主任", "网格员") for cell in (post, "电话"))]
    rows = [
        [name, *(cell for p in range(3) for cell in (_name(3 * n + p), f"1390{3 * n + p:07d}"))]
        for n, name in enumerate(villages)
    ]
    book = write_xlsx(tmp_path / "值班表.xlsx", {"镇0": [heading, *rows]})
    scenario = night.load(tmp_path / "before")
    imported = import_roster([book], scenario.county, scenario.plan.roster)
    assert len(imported.shifts) == 3 * len(villages)
    for name, table in tables_of(imported).items():
        night.tables[f"{name}.csv"] = table.to_dict("records")
    night.scenario["roster"] |= {"persons": "county/persons.csv", "shifts": "county/shifts.csv"}
    assert_at(seconds(night), V7_S)


def _name(number: int) -> str:
    """Return a Chinese name of three characters, another for each number."""
    given = "安宝昌德恩福国海吉家杰凯乐明宁平强荣山涛"
    family = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"
    return family[number % 20] + given[number // 20 % 20] + given[number // 400 % 20]


def test_v7b_a_shorter_gap_paired_by_the_same_people() -> None:
    """V7b: E[T | answered] falls from 63.7201 to 46.4585 s; paired the variance of the difference is some 15 times smaller.

    The factor is exact: both times are functions of the try that is answered.
    """
    times = [seconds(rostered(chain(6_000, gap_s=gap_s), PEOPLE)) for gap_s in (60, 30)]
    both = np.isfinite(times[0]) & np.isfinite(times[1])
    assert_at(times[1], V7B_S)
    assert_mean((times[0] - times[1])[both], 63.7201 - 46.4585)
    assert (times[0] >= times[1]).all()
    chances = np.array(list(V7_S.values())) / sum(V7_S.values())
    long, short = (np.array(list(pmf)) for pmf in (V7_S, V7B_S))
    exact = (_variance(long, chances) + _variance(short, chances)) / _variance(long - short, chances)
    assert exact == pytest.approx(15, abs=0.5)
    found = (times[0][both].var() + times[1][both].var()) / (times[0] - times[1])[both].var()
    compared(float(found), exact, 0.5)


def _variance(values: Floats, chances: Floats) -> float:
    return float((chances * values**2).sum() - (chances * values).sum() ** 2)


def test_v8_a_message_first_then_the_people_of_the_roster() -> None:
    """V8: read with 0.8 after Exp(2 min), unread at 3 min → V7: P(≤ 3, 5, 10 min) = 0.621496, 0.939439, 0.999806."""
    first = {"post": "village_secretary", "channel": "sms", "wait": "3 min"}
    night = rostered(chain(6_000, [first]), PEOPLE)
    night.scenario["channels"]["sms"]["duty"] = {"read": 0.8, "delay": {"exponential": {"mean": "2 min"}}}
    times = seconds(night)
    for minutes, exact in ((3, 0.621496), (5, 0.939439), (10, 0.999806)):
        assert_share(times <= 60 * minutes, exact)


def test_v9_all_of_fifteen_townships_of_the_roster() -> None:
    """V9: fifteen townships, each Exp mean 4 min: the last after 4·H₁₅ = 13.2729 min, all within 15 min with 0.699786, the first 0.266667."""
    night = chain(1, officer=1.0, gap_s=0, steps=[{"post": "officer", "ring": "30 s"}])
    night.tables["townships.csv"] = [night.tables["townships.csv"][0] | {"code": f"T{t:03d}"} for t in range(6_000)]
    night.scenario["roster"]["desks"]["county"]["callers"] = 6_000
    night.scenario["channels"]["sms"]["duty"] = {"read": 1.0, "delay": {"exponential": {"mean": "4 min"}}}
    step = {"post": "officer", "channel": "sms", "wait": "9 h"}
    night.scenario["roster"]["ladders"]["township"] = {"steps": [step]}
    times = seconds(rostered(night, ["officer"], "townships"), level=1).reshape(-1, 15) / 60
    assert_mean(times.max(axis=1), 13.2729)
    assert_mean(times.min(axis=1), 4 / 15)
    assert_share(times.max(axis=1) <= 15, 0.699786)
    assert_share((times <= 15).sum(axis=1) >= 14, 0.952592)


@pytest.mark.parametrize(("need", "exact"), [("any", 5 / 3), ("all", 5 * (1 + 1 / 2 + 1 / 3))])
def test_v10_one_or_all_of_three_people_of_the_roster(need: str, exact: float) -> None:
    """V10: three replies, Exp mean 5 min: the first after 1.66667 min, all after 9.16667."""
    night = chain(4_000)
    night.scenario["channels"]["sms"]["duty"] = {"read": 1.0, "delay": {"exponential": {"mean": "5 min"}}}
    steps = [{"post": name, "channel": "sms", "wait": "9 h"} for name in PEOPLE]
    night.scenario["roster"]["ladders"]["village"] = {"steps": steps, "order": "at_once", "need": need}
    assert_mean(seconds(rostered(night, PEOPLE)) / 60, exact)


# Empty posts, leave and swaps -----------------------------------------------------------------------------------------

WITHOUT_SECOND_S = {10: 0.6, 100: 0.24, 190: 0.096, 220: 0.0608, 310: 0.00304, 400: 0.000152}
"""V7 without the second: 0.4³ · 0.95 · 0.05ᵏ at the seconds at which the second would have been called."""


@pytest.mark.parametrize("why", ["no row", "on leave", "shift over"])
def test_a_post_that_nobody_holds_is_skipped_at_once(why: str) -> None:
    """Empty for whatever reason, the second step takes no second: the third is called when the second would have been."""
    night = rostered(chain(4_000), PEOPLE)
    shifts = night.tables["shifts.csv"]
    second = [row for row in shifts if row["post"] == "village_director"]
    if why == "no row":
        night.tables["shifts.csv"] = [row for row in shifts if row not in second]
    elif why == "on leave":
        absent(night, [(row["person"], "") for row in second])
    else:
        for row in second:
            row["to"] = "2025-07-11 01:59"
    assert_at(seconds(night), WITHOUT_SECOND_S)


def absent(night: Small, changes: Iterable[tuple[str, str]], day: str = "2025-07-10") -> Small:
    """Let people be away for a duty day, each with whom stands in ("" for nobody)."""
    night.tables["changes.csv"] = [{"person": who, "from": day, "to": day, "instead": by} for who, by in changes]
    night.scenario["roster"]["changes"] = "county/changes.csv"
    return night


def test_who_stands_in_is_called_with_luck_of_their_own() -> None:
    """All seconds are swapped for people who cannot be reached: as if each of three calls were in vain, so nobody answers at 220 s."""
    night = rostered(chain(2_000), PEOPLE)
    night.tables["persons.csv"].append({"person": "X", "name": "X", "phone": "", "reachable": "0"})
    away = [row["person"] for row in night.tables["shifts.csv"] if row["post"] == "village_director"]
    times = seconds(absent(night, [(who, "X") for who in away]))
    assert_at(times, {10: 0.6, 100: 0.24, 190: 0.096, 430: 0.0608, 520: 0.00304})


def test_a_number_known_to_be_dead_never_answers_and_one_known_to_be_right_always() -> None:
    """``reachable`` of a person goes before that of the post: 0 and 1 where the post has 0.5, and 0.5 where the table says nothing."""
    night = rostered(chain(900, a=1.0, steps=[{"post": "a", "ring": "30 s"}], gap_s=0), ["a"])
    night.scenario["roster"]["posts"]["a"]["reachable"] = 0.5
    for n, row in enumerate(night.tables["persons.csv"]):
        row["reachable"] = ("0", "100 %", "")[n % 3]
    answered = np.isfinite(seconds(night)).reshape(-1, 3)
    assert not answered[:, 0].any()
    assert answered[:, 1].all()
    assert_share(answered[:, 2], 0.5)


@settings(max_examples=40, derandomize=True, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 2)), max_size=6),
    st.lists(st.integers(0, 2), min_size=7, max_size=7),
)
def test_a_swap_of_two_people_keeps_every_hour_covered(swaps: list[tuple[int, int]], holders: list[int]) -> None:
    """Whoever hands over whose duty day to whom: at every hour somebody stands, who is the one written or who stands in for them."""
    night = rostered(small(1, 1, 1), [], "villages")
    people = ["A", "B", "C"]
    night.tables["persons.csv"] = [{"person": who} for who in people]
    night.tables["shifts.csv"] = [
        {
            "desk": "T000",
            "post": "officer",
            "person": people[who],
            "from": f"2025-07-{d + 7:02d} 08:30",
            "to": f"2025-07-{d + 8:02d} 08:30",
        }
        for d, who in enumerate(holders)
    ]
    rows: dict[int, tuple[str, str]] = {}
    for day, step in swaps:
        who = holders[day]
        rows[day] = (people[who], people[(who + 1 + step % 2) % 3])
    night.tables["changes.csv"] = [
        {"person": who, "from": f"2025-07-{day + 7:02d}", "to": f"2025-07-{day + 7:02d}", "instead": instead}
        for day, (who, instead) in rows.items()
    ] or [{"person": "A", "from": "2025-01-01", "to": "2025-01-01", "instead": ""}]
    night.scenario["roster"]["changes"] = "county/changes.csv"
    night.scenario |= {"start": "2025-07-10 12:00", "end": "1 h"}
    roster = played(night)[0].roster
    for day, who in enumerate(holders):
        expected = rows[day][1] if day in rows else people[who]
        for hour in (0.0, 12.0, 23.9):
            t_min = ((day + 7 - 10) * 24 + hour - 3.5) * 60
            holder = roster.on_duty("T000", "officer", t_min)
            assert holder is not None
            assert holder.id == expected
