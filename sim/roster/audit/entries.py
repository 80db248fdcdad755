"""Rows of the shift table that cannot stand as they are, and what the calendar does not say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

from sim.errors import Text, shown
from sim.roster.audit.book import Book, Duty
from sim.roster.audit.findings import Finding
from sim.roster.audit.stretches import Stretch
from sim.roster.calendar import dates, day_of


def entries(book: Book) -> Iterator[Finding]:
    """Yield rows that name what nobody knows, end before they begin, repeat each other or lie in another month; unknown years."""
    yield from _unknown(book)
    yield from _backwards(book)
    yield from _repeated(book)
    yield from _outside(book)
    yield from _unknown_years(book)


def of_another_period(book: Book) -> bool:
    """Tell whether the table has shifts with both ends and none of them touches the period: it is one of another month."""
    timed = [duty for duty in book.duties if duty.timed]
    return bool(timed) and not any(duty.stretch.meets(book.span) for duty in timed)


def _unknown(book: Book) -> Iterator[Finding]:
    """Yield each desk, post or person that is not known, with all its rows."""
    known: tuple[tuple[str, Text, Collection[str], Text], ...] = (
        (
            "desk",
            Text("值班室编码", "the desk"),
            book.county.index,
            Text("填写各层级表中的编码", "use a code of the place tables"),
        ),
        ("post", Text("岗位", "the post"), book.plan.posts, Text("改为 posts 中的岗位", "use one of posts")),
        (
            "person",
            Text("人员编号", "the person"),
            book.phones,
            Text("在人员表中补上，或改正编号", "add the person or correct the id"),
        ),
    )
    for column, what, sound, remedy in known:
        rows: dict[str, list[int]] = defaultdict(list)
        for row, value in enumerate(book.shifts[column]):
            if value not in sound:
                rows[value].append(row)
        for value, its in rows.items():
            detail = Text(
                f"{what.zh}{shown(value)}不认识，共{len(its)}行，这些行未参与检查",
                f"{what.en} {shown(value)} is not known; its {len(its)} rows were left out",
            )
            yield Finding("unknown_entry", "must", detail, remedy, hours=book.hours_of(its), rows=tuple(its))


def _backwards(book: Book) -> Iterator[Finding]:
    """Yield each row that ends no later than it begins."""
    columns = (book.shifts[name] for name in ("desk", "post", "person", "from", "to"))
    for row, (desk, post, who, begins, ends) in enumerate(zip(*columns, strict=True)):
        if begins and ends and begins >= ends:
            yield Finding(
                "backwards",
                "must",
                Text(
                    f"{begins:%Y-%m-%d %H:%M}开始，{ends:%Y-%m-%d %H:%M}结束：结束不晚于开始，这一行未参与检查",
                    f"from {begins:%Y-%m-%d %H:%M} to {ends:%Y-%m-%d %H:%M}: it ends before it begins; the row was left out",
                ),
                Text("跨夜的班次写次日日期", "give the next day's date for a night shift"),
                desk=desk,
                post=post,
                persons=(who,),
                rows=(row,),
            )


def _repeated(book: Book) -> Iterator[Finding]:
    """Yield each chain of rows that put one person at one post of one desk more than once at the same time."""
    for who, duties in book.by_person.items():
        seats: dict[tuple[str, str], list[Duty]] = defaultdict(list)
        for duty in duties:
            seats[duty.desk, duty.post].append(duty)
        for its in seats.values():
            for chain in _chains(its):
                detail = Text(
                    f"{book.person(who)}在同一岗位有{len(chain)}行班次时间重叠",
                    f"{len(chain)} rows of {book.person(who)} at the same post overlap",
                )
                yield book.about("repeated_row", "should", chain, detail, Text("只留一行", "keep one row"), (who,))


def _chains(duties: list[Duty]) -> Iterator[list[Duty]]:
    """Yield duties that overlap, directly or by others between them; those that overlap with none are left out."""
    chain: list[Duty] = []
    for duty in sorted(duties, key=lambda duty: (duty.stretch, duty.row)):
        if chain and duty.stretch.begins >= max(one.stretch.ends for one in chain):
            if len(chain) > 1:
                yield chain
            chain = []
        chain.append(duty)
    if len(chain) > 1:
        yield chain


def _outside(book: Book) -> Iterator[Finding]:
    """Yield what lies outside the period: of each desk the rows, or the whole table if nothing lies within."""
    remedy = Text("核对年份和月份", "check year and month")
    outside = [duty for duty in book.duties if not duty.stretch.meets(book.span)]
    if of_another_period(book):
        whole = Stretch(min(d.stretch.begins for d in outside), max(d.stretch.ends for d in outside))
        detail = Text(
            f"所有班次都不在{book.first}至{book.last}：表中是{whole.spoken.zh}，空岗、休息等未检查",
            f"no shift lies in {book.first} to {book.last}; those of the table are from {whole.spoken.en}. Posts and rest were not checked",
        )
        rows = tuple(duty.row for duty in outside)
        yield Finding("outside_period", "must", detail, remedy, hours=book.hours_of(rows), rows=rows)
        return
    desks: dict[str, list[int]] = defaultdict(list)
    for duty in outside:
        desks[duty.desk].append(duty.row)
    for desk, rows_of in desks.items():
        detail = Text(f"{len(rows_of)}行班次不在本期", f"{len(rows_of)} shifts lie outside the period")
        yield Finding("outside_period", "note", detail, remedy, desk=desk, rows=tuple(rows_of))


def _unknown_years(book: Book) -> Iterator[Finding]:
    """Yield each year of the period without a notice of its holidays."""
    years = sorted({day.year for day in dates(book.first, book.last) if not day_of(day).known})
    for year in years:
        yield Finding(
            "unknown_calendar",
            "note",
            Text(
                f"{year}年节假日和调休安排未知：这一年的周末、节假日值班和负担未检查，上班时间也按须排班处理",
                f"holidays and make-up days of {year} are not known: weekends, holidays and their load were not checked, "
                "and office hours were taken to need a roster",
            ),
            Text(
                "国务院办公厅公布放假安排后，更新程序包 chinesecalendar",
                "update the package chinesecalendar once the notice is out",
            ),
        )
