"""Who of the people of a cell holds which post, and when: checked, doubts noted and asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from sim.errors import Text
from sim.roster.importing.columns import PERSON
from sim.roster.importing.dates import MINUTES_OF_DAY, Hours, Unstated, clock, hours_of
from sim.roster.importing.days import STANDING, DayReader, When
from sim.roster.importing.layout import Block
from sim.roster.importing.names import Named, posts_of
from sim.roster.importing.part import Part
from sim.roster.importing.people import Entry
from sim.roster.importing.posts import title_of
from sim.roster.importing.result import Spot, Where
from sim.roster.importing.setting import Setting

_OF_VILLAGES = frozenset({"village_secretary", "village_director", "grid_worker", "group_leader", "monitor"})
"""Posts that no township has: beside a township's name the village is missing."""


class DutyReader(Part):
    """Makes entries of the people of a block's cells.

    ``has_deputy`` tells that the block has a place of its own for deputies: a second duty officer is then no deputy.
    """

    def __init__(self, setting: Setting, where: Where, block: Block, days: DayReader, *, has_deputy: bool) -> None:
        super().__init__(setting, where, block)
        self._days = days
        self._has_deputy = has_deputy
        self._standing = not block.of_kind("date", "day")
        # desk, post, duty day, and the minute at which somebody's hours end
        self._ends: set[tuple[str, str, date | None, int]] = set()

    def told_posts(self, row: int) -> tuple[str, ...]:
        """Return the posts that a row tells in its column of titles, else those that the mapping states for the block."""
        titles = (column for column in self._block.of_kind("title") if column.role.post == PERSON)
        told = (posts_of(self._sheet.text(row, column.column)) for column in titles)
        return next((posts for posts in told if posts), self._block.posts)

    def told_hours(self, row: int) -> str:
        """Return the hours that a row tells in its column of titles, "" for none."""
        titles = (column for column in self._block.of_kind("title") if column.role.post == PERSON)
        return hours_of(*(self._sheet.text(row, column.column) for column in titles))

    def untold(self, row: int, people: Sequence[Named]) -> tuple[str, ...]:
        """Return the post of people of whom neither row nor mapping says one: alone in a cell a duty officer, said aloud."""
        without = [person for person in people if not person.post]
        if len(without) != 1:
            return ()
        made = Text("有的姓名没有写岗位，按值班员", "names without a post: taken as duty officers")
        self._remarks.note(self._where.row(row), "", made, used=True)
        return ("duty_officer",)

    def entries(
        self,
        place: tuple[int, int],
        people: Sequence[Named],
        desk: str,
        posts: Sequence[str],
        when: When,
        hours: Hours | Unstated | None,
        *,
        again: bool = False,
    ) -> list[Entry]:
        """Return the entries of the people of a cell; ``place`` is its row and column.

        ``hours`` are those of the cell, ``None`` for whole duty days; a name may say its own. ``again`` tells that people of the same post
        stand before.
        """
        spot = self._where.spot(*place)
        found: list[Entry] = []
        for person, post in self._with_posts(spot, self._where.held(*place), people, posts, again=again):
            if not self._sound_post(spot, desk, person, post, when):
                continue
            if person.away:
                made = Text(f"{person.name}{person.away}，不采用", f"{person.name} is away: not taken")
                self._remarks.note(spot, f"{person.name}（{person.away}）", made)
                continue
            phone = person.phones[0].text if person.phones else None
            own = self._days.named_hours(person.hours, spot, spot) if person.hours else hours
            if isinstance(own, Unstated):
                made = Text(
                    f"“{own.word}”看不出从几点到几点，{person.name}未排班",
                    f"from when to when '{own.word}' is, is not clear: {person.name} was not put on duty",
                )
                self._remarks.note(spot, self._where.held(*place), made)
                continue
            standing = self._standing and not self._setting.plan.posts[post].rotates
            if own is not None and not standing:
                own = self._on_duty_day(spot, person.name, (desk, post, when.first), own)
                if own is None:
                    continue
            if standing and own not in (None, self._setting.whole_day):
                made = Text(
                    f"{person.name}是常设岗位，时段未用", f"{person.name} holds a standing post: hours not used"
                )
                self._remarks.note(spot, self._where.held(*place), made, used=True)
            found += [
                Entry(desk, post, person.name, phone, begin, end, spot)
                for begin, end in self.shifts(STANDING if standing else when, own)
            ]
        return found

    def _on_duty_day(self, spot: Spot, name: str, of: tuple[str, str, date | None], hours: Hours) -> Hours | None:
        """Return hours as they lie in the duty day that they are written for (``of``: desk, post, day).

        Hours before the handover are those of the next morning if the mapping says so or people of the same post go on until then; else
        they are asked, and there are none.
        """
        setting = self._setting
        if hours.mostly_before(setting.handover_min):
            stated, shown = setting.says.before_handover, f"{clock(hours.begin_min)}—{clock(hours.end_min)}"
            joined = (*of, hours.begin_min + MINUTES_OF_DAY) in self._ends
            if stated is None and not joined:
                made = Text(
                    f"{shown} 在交接班以前，不知道是当日还是次日，{name}未排班",
                    f"{shown} is before the handover, of this day or the next: {name} was not put on duty",
                )
                self._remarks.note(spot, name, made)
                handover = clock(setting.handover_min)
                ask = Text(
                    f"交接班（{handover}）以前的时段是当日的还是次日的？（在版式文件写 before_handover，写明以前不排班）",
                    f"are hours before the handover ({handover}) of their day or of the next? (state before_handover in the mapping; until "
                    "then nobody is put on duty for them)",
                )
                self._remarks.ask(ask, spot, "before_handover")
                return None
            if stated == "next_day" or (stated is None and joined):
                hours = hours.next_day
                made = Text(
                    f"{name}：{shown} 在交接班以前，按次日",
                    f"{name}: {shown} is before the handover: taken as the next day",
                )
                self._remarks.note(spot, name, made, used=True)
        self._ends.add((*of, hours.end_min))
        return hours

    def shifts(self, when: When, hours: Hours | None) -> Iterator[tuple[datetime | None, datetime | None]]:
        """Yield begin and end of the shifts of a row: one for whole duty days, one a day for hours of the day."""
        if when.first is None or when.last is None:
            yield None, None
            return
        first, last = (datetime(day.year, day.month, day.day) for day in (when.first, when.last))  # noqa: DTZ001 - Beijing time throughout
        if hours is None or hours == self._setting.whole_day:
            handover = timedelta(minutes=self._setting.handover_min)
            yield first + handover, last + timedelta(days=1) + handover
            return
        for n in range((last - first).days + 1):
            day = first + timedelta(days=n)
            yield day + timedelta(minutes=hours.begin_min), day + timedelta(minutes=hours.end_min)

    def _with_posts(
        self, spot: Spot, held: str, people: Sequence[Named], posts: Sequence[str], *, again: bool
    ) -> Iterator[tuple[Named, str]]:
        """Yield the people of a cell with their posts, as the cell itself or ``posts`` say them."""
        if len(posts) > 1 and len(people) > 1 and len(people) != len(posts):
            self._remarks.note(
                spot, held, Text("人数与表头的岗位数不符，未用", "people and posts do not match: not used")
            )
            ask = Text(
                "有的格人数与岗位数对不上：谁是什么岗位？",
                "in some cells people and posts do not match: who holds which?",
            )
            self._remarks.ask(ask, spot, f"sheets.{self._block.key}.columns")
            return
        for n, person in enumerate(people):
            if person.post and posts and person.post not in posts:
                made = Text(
                    f"单元格写明岗位，{person.name}按{title_of(person.post, self._setting.plan)}",
                    f"the cell says so: {person.name} is {person.post}",
                )
                self._remarks.note(spot, held, made, used=True)
            if person.post:
                yield person, person.post
            elif len(posts) > 1 and len(people) == 1:
                self._remarks.note(spot, held, Text("一人兼任几个岗位", "one person in several posts"), used=True)
                yield from ((person, post) for post in posts)
            elif len(posts) > 1:
                yield person, posts[n]
            else:
                yield (
                    person,
                    self._second(
                        spot, held, person, posts[0] if posts else "", first=not again and _first(people[:n], person)
                    ),
                )

    def _second(self, spot: Spot, held: str, person: Named, post: str, *, first: bool) -> str:
        """Return the post of a person who may be the second at it: the second duty officer is the deputy, if there is no column of them."""
        known = self._setting.plan.posts
        if first or post not in known or not known[post].rotates:
            return post
        if post == "duty_officer" and not self._has_deputy and "deputy_officer" in known:
            made = Text(
                f"值班员写了两人，后一人（{person.name}）按副班",
                f"two duty officers: the second ({person.name}) is taken as the deputy",
            )
            self._remarks.note(spot, held, made, used=True)
            return "deputy_officer"
        self._remarks.note(spot, held, Text("同一岗位两人，都采用", "two people at one post, both taken"), used=True)
        return post

    def _sound_post(self, spot: Spot, desk: str, person: Named, post: str, when: When) -> bool:
        """Tell whether a person can hold a post here; if not, it is noted, and asked where an answer would help."""
        county, posts, key = self._setting.county, self._setting.plan.posts, f"sheets.{self._block.key}.columns"
        village = county.level_index("village")
        if not post:
            self._remarks.note(spot, person.name, Text("不知道是什么岗位，未用", "the post is not known: not used"))
            ask = Text("有的人没有写岗位（带班领导、值班员、支书 …）", "some people have no post beside their name")
            self._remarks.ask(ask, spot, f"sheets.{self._block.key}.post")
        elif post not in posts:
            made = Text(
                f"方案中没有岗位“{title_of(post, self._setting.plan)}”，未用", f"the plan has no post {post}: not used"
            )
            self._remarks.note(spot, person.name, made)
        elif post in _OF_VILLAGES and village is not None and county.places.level[county.index[desk]] < village:
            name = self._setting.finder.name(county.index[desk])
            made = Text(f"村级岗位，只知道是{name}的，未用", f"a village post, known only to be in {name}: not used")
            self._remarks.note(spot, person.name, made)
            ask = Text("有的村干部没有写是哪个村", "of some village cadres it is not said which village they are of")
            self._remarks.ask(ask, spot, key)
        elif when is STANDING and posts[post].rotates:
            self._remarks.note(
                spot, person.name, Text("没有日期，轮值岗位未用", "no date for a post that rotates: not used")
            )
            ask = Text(
                f"“{self._block.key}”没有日期列：是哪一天（哪几天）的值班表？",
                f"'{self._block.key}' has no dates: of which days is it?",
            )
            self._remarks.ask(ask, spot, key)
        else:
            return True
        return False


def _first(before: Sequence[Named], person: Named) -> bool:
    """Tell whether a person of a cell has nobody before them at the same hours: 张三（白）、李四（夜） are two firsts."""
    return not before or (bool(person.hours) and all(other.hours not in {"", person.hours} for other in before))
