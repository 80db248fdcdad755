"""What a roster asks of each person: two places at once, rest, long spells, many days, and how the load is shared."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from sim.blocks import NIGHT_FROM, NIGHT_TO
from sim.errors import Text
from sim.roster.audit.book import Book, Duty
from sim.roster.audit.findings import Finding, Severity
from sim.roster.audit.stretches import Stretch, joined
from sim.roster.calendar import ONE_DAY, dates

_NIGHT_FROM, _NIGHT_TO = time(NIGHT_FROM), time(NIGHT_TO)
_REGULAR = 0.5  # who has fewer than half the usual days only stands in, and is no measure of how the load is shared


def people(book: Book) -> Iterator[Finding]:
    """Yield what is asked too much of a person, person by person, then how each desk shares its load."""
    for who, duties in book.by_person.items():
        yield from _at_once(book, who, duties)
        shifts = [duty for duty in duties if duty.timed]
        yield from _spells(book, who, shifts)
        yield from _many(book, who, shifts)
    yield from _shared(book)


# Two places at once ---------------------------------------------------------------------------------------------------


class _Held(NamedTuple):
    """A stretch at which a person holds several posts: how grave that is, and by which rows."""

    stretch: Stretch
    severity: Severity
    duties: tuple[Duty, ...]


def _at_once(book: Book, who: str, duties: Sequence[Duty]) -> Iterator[Finding]:
    """Yield each stretch at which one person holds several posts; standing posts of one desk are a lesser matter."""
    if len({(duty.desk, duty.post) for duty in duties}) < 2:
        return
    for held in _stretches_at_once(book, duties):
        seats = sorted({(duty.desk, duty.post) for duty in held.duties})
        titles = [(book.place(desk), book.post(post)) for desk, post in seats]
        zh = "、".join(f"{place}{title.zh}" for place, title in titles)
        en = ", ".join(f"{place} {title.en}" for place, title in titles)
        whole = Text("整个排班期", "for the whole period")
        when = whole if held.stretch == book.span else held.stretch.spoken
        yield Finding(
            "double_duty",
            held.severity,
            Text(
                f"{when.zh}，{book.person(who)}同时担任：{zh}",
                f"{when.en}, {book.person(who)} holds at once: {en}",
            ),
            Text(
                "其中一岗换人；同名不同人的，分开编号",
                "let somebody else take one of the posts; if these are two people of one name, give them two ids",
            ),
            desk=seats[0][0],
            post=seats[0][1],
            persons=(who,),
            begins=held.stretch.begins,
            ends=held.stretch.ends,
            hours=held.stretch.hours,
            rows=tuple(sorted(duty.row for duty in held.duties)),
        )


def _stretches_at_once(book: Book, duties: Sequence[Duty]) -> Iterator[_Held]:
    """Yield the stretches of the period at which several posts are held, those that touch and are equally grave made one."""
    span = book.span
    moments = {moment for duty in duties for moment in duty.stretch if span.begins < moment < span.ends}
    bounds = sorted(moments | set(span))
    last: _Held | None = None
    for begins, ends in pairwise(bounds):
        stretch = Stretch(begins, ends)
        here = tuple(duty for duty in duties if stretch.within(duty.stretch))
        seats = {(duty.desk, duty.post) for duty in here}
        if len(seats) < 2:
            continue
        lesser = len({desk for desk, _ in seats}) == 1 and not any(duty.timed for duty in here)
        severity: Severity = "note" if lesser else "must"
        if last and last.severity == severity and last.stretch.ends == begins:
            last = _Held(Stretch(last.stretch.begins, ends), severity, tuple(dict.fromkeys(last.duties + here)))
            continue
        if last:
            yield last
        last = _Held(stretch, severity, here)
    if last:
        yield last


# Rest -----------------------------------------------------------------------------------------------------------------


def _spells(book: Book, who: str, shifts: Sequence[Duty]) -> Iterator[Finding]:
    """Yield each spell of duty that is too long, and each rest between two spells that is too short."""
    rules, name = book.rules, book.person(who)
    spells = joined(duty.stretch for duty in shifts)
    inside = [[duty for duty in shifts if duty.stretch.within(spell)] for spell in spells]
    for spell, duties in zip(spells, inside, strict=True):
        leads = all(duty.post in rules.leaders for duty in duties)
        limit = rules.leader_spell_h if leads else rules.spell_h
        if spell.hours > limit:
            yield book.about(
                "too_long",
                "should",
                duties,
                Text(
                    f"{name}：{spell.spoken.zh}连续值班{spell.hours:g}小时，上限{limit:g}小时",
                    f"{name}: on duty from {spell.spoken.en}, {spell.hours:g} h without a break; at most {limit:g} h",
                ),
                Text("中间换人", "let somebody else take a part"),
                (who,),
                spell,
            )
    for k in range(1, len(spells)):
        rest = Stretch(spells[k - 1].ends, spells[k].begins)
        at_work = any(rest.within(office) for office in book.office_hours)
        if rest.hours < rules.rest_h and not at_work:
            duties = [duty for duty in inside[k - 1] if duty.stretch.ends == rest.begins]
            duties += [duty for duty in inside[k] if duty.stretch.begins == rest.ends]
            yield book.about(
                "short_rest",
                "should",
                duties,
                Text(
                    f"{name}：{rest.spoken.zh}两班之间只休息{rest.hours:g}小时，至少{rules.rest_h:g}小时",
                    f"{name}: {rest.spoken.en}, only {rest.hours:g} h of rest between two shifts; at least {rules.rest_h:g} h",
                ),
                Text("与他人调换其中一班", "swap one of the two shifts"),
                (who,),
                rest,
            )


# Load -----------------------------------------------------------------------------------------------------------------


def _many(book: Book, who: str, shifts: Sequence[Duty]) -> Iterator[Finding]:
    """Yield a finding if a person is on duty on more days of the period than the rules allow."""
    days = sorted({day for duty in shifts for day in book.days(duty)})
    most = book.rules.most_days
    if len(days) > most:
        name = book.person(who)
        detail = Text(
            f"{name}：共值班{len(days)}天，上限{most}天", f"{name}: on duty on {len(days)} days; at most {most}"
        )
        duties = [duty for duty in shifts if book.days(duty)]
        finding = book.about(
            "many_shifts", "should", duties, detail, Text("增加轮值人员", "let more people take turns"), (who,)
        )
        yield replace(finding, hours=24.0 * (len(days) - most))


def _shared(book: Book) -> Iterator[Finding]:
    """Yield where those who hold the same posts of a desk differ too much in rest days or nights; who stands by the week may by a week."""
    rest_days = frozenset(book.rest_days)
    for desk, held in book.by_desk.items():
        timed = [duty for duties in held.values() for duty in duties if duty.timed and book.days(duty)]
        can: dict[str, set[str]] = defaultdict(set)
        for duty in timed:
            can[duty.person].add(duty.post)
        pools: dict[frozenset[str], list[Duty]] = defaultdict(list)
        for duty in timed:
            pools[frozenset(can[duty.person])].append(duty)
        for duties in pools.values():
            posts = {duty.post for duty in duties}
            load = _Load.of(book, duties, rest_days)
            for what, days in (
                (Text("周末、节假日", "weekend and holiday days"), load.rest),
                (Text("夜班", "nights"), load.nights),
            ):
                spell = math.ceil(max(duty.stretch.hours for duty in duties) / 24)
                finding = _uneven(book, duties, what, days, max(book.rules.spread_days, spell if spell > 1 else 0))
                if finding is not None:
                    yield replace(finding, desk=desk, post=next(iter(posts)) if len(posts) == 1 else "")


class _Load(NamedTuple):
    """The rest days and nights of each person who regularly takes turns."""

    rest: dict[str, set[date]]
    nights: dict[str, set[date]]

    @classmethod
    def of(cls, book: Book, duties: Sequence[Duty], rest_days: frozenset[date]) -> _Load:
        days: dict[str, set[date]] = defaultdict(set)
        nights: dict[str, set[date]] = defaultdict(set)
        for duty in duties:
            days[duty.person].update(book.days(duty))
            nights[duty.person].update(_nights(duty.stretch))
        usual = median(len(its) for its in days.values()) if days else 0
        regular = [who for who, its in days.items() if len(its) >= _REGULAR * usual]
        return cls({who: days[who] & rest_days for who in regular}, {who: nights[who] for who in regular})


def _nights(stretch: Stretch) -> Iterator[date]:
    """Yield the dates on which a night begins that a stretch fills by half or more."""
    for day in dates(stretch.begins.date() - ONE_DAY, stretch.ends.date()):
        night = Stretch(datetime.combine(day, _NIGHT_FROM), datetime.combine(day + ONE_DAY, _NIGHT_TO))
        shared = Stretch(max(stretch.begins, night.begins), min(stretch.ends, night.ends))
        if shared.hours >= night.hours / 2:
            yield day


def _uneven(
    book: Book, duties: Sequence[Duty], what: Text, days: Mapping[str, set[date]], spread_days: int
) -> Finding | None:
    """Return a finding if those who share a load differ by more than so many days; it names who has most."""
    if len(days) < 2:
        return None
    most, least = max(map(len, days.values())), min(map(len, days.values()))
    if most - least <= spread_days:
        return None
    loaded = tuple(sorted(who for who, its in days.items() if len(its) == most))
    rows = [
        duty.row
        for duty in duties
        if duty.person in loaded and {*book.days(duty), *_nights(duty.stretch)} & days[duty.person]
    ]
    return Finding(
        "unfair_load",
        "should",
        Text(
            f"{len(days)}人轮值，{what.zh}最多的{most}天、最少的{least}天",
            f"{len(days)} people take turns: the most {what.en} are {most}, the fewest {least}",
        ),
        Text(
            f"调换几班，使相差不超过{spread_days}天",
            f"swap shifts until they differ by at most {spread_days}",
        ),
        persons=loaded,
        hours=24.0 * (most - least),
        rows=tuple(sorted(rows)),
    )
