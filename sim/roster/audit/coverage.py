"""Whether somebody holds each post at each hour: empty posts, missing leaders, duty rooms without anybody, weekends and holidays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sim.errors import Text
from sim.roster.audit.book import FEW, Book, Duty, few
from sim.roster.audit.findings import Finding, Kind, Severity
from sim.roster.audit.stretches import Stretch, without
from sim.roster.calendar import dates, day_of

_FILL = Text(
    "补排这一段的人员，或延长相邻班次接上", "put somebody on for this stretch, or let the shifts beside it meet"
)


def coverage(book: Book) -> Iterator[Finding]:
    """Yield what is empty, desk by desk."""
    for desk, held in book.by_desk.items():
        watch = _Watch.of(book, desk, held)
        yield from _empty(book, watch)
        yield from _rest_days(book, watch)
        yield from _same_on_holidays(book, watch)
    yield from _not_listed(book)


@dataclass(frozen=True)
class _Watch:
    """One desk: its level, its duties by post, the hours for which a roster is asked, and those of each called post without a holder."""

    desk: str
    level: str
    held: Mapping[str, Sequence[Duty]]
    asked: Sequence[Stretch]
    empty: Mapping[str, Sequence[Stretch]]

    @classmethod
    def of(cls, book: Book, desk: str, held: Mapping[str, Sequence[Duty]]) -> _Watch:
        """Return what is asked of a desk and what it has."""
        level = book.levels[desk]
        asked = without([book.period(desk)], book.office_hours)
        empty = {post: without(asked, (duty.stretch for duty in held.get(post, ()))) for post in book.called(level)}
        return cls(desk, level, held, asked, empty)

    def without_any(self, posts: Iterable[str]) -> list[Stretch]:
        """Return the hours at which none of some posts has a holder."""
        return without(self.asked, (duty.stretch for post in posts for duty in self.held.get(post, ())))

    def beside(self, posts: Iterable[str], stretch: Stretch) -> tuple[int, ...]:
        """Return the rows of the shifts of some posts that end last before a stretch and begin first after it."""
        duties = [duty for post in posts for duty in self.held.get(post, ())]
        last = max((duty.stretch.ends for duty in duties if duty.stretch.ends <= stretch.begins), default=None)
        first = min((duty.stretch.begins for duty in duties if duty.stretch.begins >= stretch.ends), default=None)
        return tuple(sorted(duty.row for duty in duties if duty.stretch.ends == last or duty.stretch.begins == first))


def _empty(book: Book, watch: _Watch) -> Iterator[Finding]:
    """Yield each stretch at which a desk, its deputies or one of its posts is empty; of stretches inside each other the gravest only."""
    posts, deputies = tuple(watch.empty), book.deputies(watch.level)
    nobody = watch.without_any(posts)
    for stretch in nobody:
        yield _stretch_finding(
            book,
            watch,
            ("desk_unstaffed", "must"),
            stretch,
            posts,
            Text("叫应顺序上的岗位都没有人", "no post of the ladder has a holder"),
        )
    alone = [one for one in watch.without_any(deputies) if not _inside(one, nobody)] if deputies else []
    titles = [book.post(post) for post in deputies]
    listed = Text("、".join(title.zh for title in titles), ", ".join(title.en for title in titles))
    for stretch in alone:
        why = Text(
            f"{listed.zh}都没有人，第一人未接听时无人可递补",
            f"none of {listed.en}: nobody to turn to when the first does not answer",
        )
        yield _stretch_finding(book, watch, ("village_without_deputy", "must"), stretch, deputies, why)
    required = book.required(watch.level)
    for post, empty in watch.empty.items():
        graver = [*nobody, *alone] if post in deputies else nobody
        kind: Kind = "leader_missing" if post in book.rules.leaders else "gap"
        severity: Severity = "must" if post in required else "note" if post in deputies else "should"
        title = book.post(post)
        for stretch in (one for one in empty if not _inside(one, graver)):
            why = Text(f"{title.zh}没有人", f"nobody is {title.en}")
            yield _stretch_finding(book, watch, (kind, severity), stretch, (post,), why)


def _inside(stretch: Stretch, others: Iterable[Stretch]) -> bool:
    """Tell whether a stretch lies within one of others."""
    return any(stretch.within(other) for other in others)


def _stretch_finding(
    book: Book, watch: _Watch, what: tuple[Kind, Severity], stretch: Stretch, posts: tuple[str, ...], why: Text
) -> Finding:
    """Return what is the matter with some posts of a desk for a stretch."""
    kind, severity = what
    whole = stretch == book.period(watch.desk)
    when = Text("整个排班期", "the whole period") if whole else stretch.spoken
    return Finding(
        kind,
        severity,
        Text(f"{when.zh}：{why.zh}", f"{when.en}: {why.en}"),
        _FILL,
        desk=watch.desk,
        post=posts[0] if len(posts) == 1 else "",
        begins=stretch.begins,
        ends=stretch.ends,
        hours=stretch.hours,
        rows=watch.beside(posts, stretch),
    )


def _rest_days(book: Book, watch: _Watch) -> Iterator[Finding]:
    """Yield one finding for each watched post that weekends or holidays find without a holder, though other days have one."""
    for post in book.rules.rest_day_posts:
        if not watch.empty.get(post) or not watch.held.get(post):
            continue
        bare: dict[date, float] = {}
        beside: set[int] = set()
        for day in book.rest_days:
            here = book.day_at(watch.desk, day)
            hours = here.hours - sum(one.hours for one in without([here], watch.empty[post]))
            if hours > 0:
                bare[day] = hours
                beside.update(row for one in watch.empty[post] if one.meets(here) for row in watch.beside((post,), one))
        if bare:
            title, days = book.post(post), _spoken_days(bare)
            yield Finding(
                "holiday_cover",
                "should",
                Text(
                    f"周末、节假日共{len(book.rest_days)}天，其中{len(bare)}天{title.zh}不齐：{days.zh}",
                    f"of {len(book.rest_days)} weekend and holiday days {len(bare)} are not fully covered by {title.en}: {days.en}",
                ),
                Text("补排这几天", "put somebody on for these days"),
                desk=watch.desk,
                post=post,
                begins=book.day_at(watch.desk, min(bare)).begins,
                ends=book.day_at(watch.desk, max(bare)).ends,
                hours=sum(bare.values()),
                rows=tuple(sorted(beside)),
            )


def _same_on_holidays(book: Book, watch: _Watch) -> Iterator[Finding]:
    """Yield one finding for each watched post that the same person holds on all days off of the holidays, though others hold it too."""
    holidays = {day for day in book.rest_days if day_of(day).kind == "holiday"}
    if len(holidays) < book.rules.holiday_days:
        return
    for post in book.rules.rest_day_posts:
        taken: dict[str, set[date]] = defaultdict(set)
        rows: dict[str, list[int]] = defaultdict(list)
        for duty in watch.held.get(post, ()):
            if duty.timed:
                days = holidays.intersection(book.days(duty))
                taken[duty.person] |= days
                if days:
                    rows[duty.person].append(duty.row)
        always = tuple(sorted(who for who, days in taken.items() if days == holidays))
        if always and len(taken) > len(always):
            title, names = book.post(post), book.people(always)
            yield Finding(
                "holiday_cover",
                "should",
                Text(
                    f"{len(holidays)}天节假日的{title.zh}都是{names.zh}，另有{len(taken) - len(always)}人轮值",
                    f"{title.en} on all {len(holidays)} holidays is {names.en}, though {len(taken) - len(always)} more take turns",
                ),
                Text("节假日由几个人分担", "share the holidays among several"),
                desk=watch.desk,
                post=post,
                persons=always,
                begins=book.day_at(watch.desk, min(holidays)).begins,
                ends=book.day_at(watch.desk, max(holidays)).ends,
                hours=24.0 * len(holidays),
                rows=tuple(sorted(row for who in always for row in rows[who])),
            )


def _spoken_days(days: Iterable[date]) -> Text:
    """Return dates in words, those that follow each other as from and to."""
    runs: list[list[date]] = []
    for day in sorted(days):
        if runs and (day - runs[-1][-1]).days == 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    zh = [
        f"{run[0].month}月{run[0].day}日" + (f"至{run[-1].month}月{run[-1].day}日" if run[1:] else "") for run in runs
    ]
    en = [f"{run[0]}" + (f" to {run[-1]}" if run[1:] else "") for run in runs]
    return Text("、".join(zh), ", ".join(en))


def _not_listed(book: Book) -> Iterator[Finding]:
    """Yield one finding for each level of which desks are not in the table: some of them, or, a lesser matter, the whole level."""
    days = len(list(dates(book.first, book.last)))
    for level in (plan.id for plan in book.county.levels if book.called(plan.id)):
        of_level = [code for code, its in book.levels.items() if its == level]
        absent = sorted(code for code in of_level if code not in book.by_desk)
        if not absent:
            continue
        name = book.level_name(level)
        if len(absent) == len(of_level):
            detail = Text(
                f"表中没有“{name.zh}”一级（{len(absent)}处）的值班安排，推演按合成人员",
                f"the table has nothing of the level {name.en} ({len(absent)} places); simulations make its holders up",
            )
        else:
            shown = few([book.place(code) for code in absent])
            detail = Text(
                f"“{name.zh}”一级{len(of_level)}处中有{len(absent)}处不在表中：{shown.zh}{'处' if len(absent) > FEW else ''}",
                f"{len(absent)} of {len(of_level)} places of the level {name.en} are not in the table: {shown.en}",
            )
        yield Finding(
            "desk_not_listed",
            "note" if len(absent) == len(of_level) else "should",
            detail,
            Text("补交这些地方的值班表；确实不排班的不必处理", "add their rosters; leave it if they keep none"),
            desk=absent[0] if len(absent) == 1 else "",
            hours=24.0 * days * len(absent),
        )
