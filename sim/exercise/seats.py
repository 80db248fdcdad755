"""Who sits at the table: some posts of the place that takes part, and one post of each of those below it where most is going on.

Everybody else is spoken for by the controllers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.errors import Text
from sim.exercise.kit import Role, Size
from sim.exercise.wording import fill, label_of, post_title, term
from sim.measures import Naming
from sim.records import Night
from sim.scenario import Scenario

Ints = NDArray[np.int64]
KEY_SITE = "key_site"
_LEADER, _MONITOR = "leader_on_duty", "monitor"
"""The posts that lead a duty room, and that watch a danger zone, where the scenario has them."""
_LEADERS = frozenset({_LEADER, "site_leader"})
"""Who decides where they sit; in a village it is whoever is called first."""
_OWN_POSTS = 3
_BELOW: dict[Size, int] = {"village": 3, "enterprise": 0, "township": 5, "county": 6}
"""How many places below the one that takes part have a seat."""
_SITES: dict[Size, int] = {"village": 0, "enterprise": 1, "township": 2, "county": 0}
_FIRST_SITES = ("学校", "养老机构")
"""The key sites that are asked to the table first: those whose people cannot leave by themselves."""
_OF_NOTE = frozenset({"no_answer", "no_service", "given_up", "set_out", "failed", "sighted", "struck"}) | {
    "asked_for_help",
    "arrived",
    "reported",
}
"""What makes a place worth a seat: the acts of the event table that ask somebody there, or above, to do something."""


class Seats:
    """The seats of an exercise, and those who are spoken for, as they come up.

    Parameters
    ----------
    place, key_site
        which place takes part; the row of the key site where it is one
    """

    def __init__(
        self, scenario: Scenario, night: Night, names: Naming, size: Size, place: int, key_site: int | None
    ) -> None:
        self._scenario, self._names = scenario, names
        self.size: Size = size
        self.place, self.key_site = place, key_site
        self._roles: dict[str, Role] = {}
        self._at: dict[int, list[Role]] = defaultdict(list)
        self._site: dict[int, list[Role]] = defaultdict(list)
        county = scenario.county
        if size == "enterprise":
            self._sit_at_site(key_site or 0, _OWN_POSTS)
            return
        self._sit(place, _OWN_POSTS)
        below = np.flatnonzero(county.places.parent == place)
        for one in busiest(scenario, night, below)[: _BELOW[size]]:
            self._sit(one, 2 if size == "village" else 1)
        for row in key_sites_in(scenario, place)[: _SITES[size]]:
            self._sit_at_site(row, 1)

    # --- looking up ---------------------------------------------------------------------------------------------------

    @property
    def roles(self) -> tuple[Role, ...]:
        """Everybody who came up: those who sit at the table first."""
        return tuple(sorted(self._roles.values(), key=lambda role: not role.played))

    @property
    def own(self) -> list[Role]:
        """The seats of the place, or key site, that takes part; the first of them answers its telephone."""
        return self._site[self.key_site] if self.key_site is not None else self._at[self.place]

    @property
    def places(self) -> tuple[int, ...]:
        """The places that have a seat, in the order of the seats."""
        return tuple(self._at)

    @property
    def sites(self) -> tuple[int, ...]:
        """The key sites that have a seat."""
        return tuple(self._site)

    def at(self, place: int, post: str = "") -> Role | None:
        """Return the seat of a post of a place, where it has none the one that answers the telephone; ``None`` where nobody sits for it."""
        seats = self._at.get(place, [])
        return next((role for role in seats if role.post == post), seats[0] if seats else None)

    def at_site(self, row: int) -> Role | None:
        """Return the seat that answers the telephone of a key site; ``None`` where nobody sits for it."""
        return self._site[row][0] if row in self._site else None

    def over(self, place: int) -> Role:
        """Return the seat that news of a place come to: its own, or that of the nearest place above which has one."""
        while place >= 0:
            if (seat := self.at(place)) is not None:
                return seat
            place = int(self._scenario.county.places.parent[place])
        return self.own[0]

    def leader(self, role: Role) -> Role:
        """Return who decides at the desk of a seat: the post that leads it, where it has one, else the one that is called first."""
        desk = self._desk(role)
        return next((one for one in desk if one.post in _LEADERS), desk[0])

    def deputy(self, role: Role) -> Role:
        """Return who takes reports at the desk of a seat: the second of three posts, else the first."""
        desk = self._desk(role)
        return desk[1] if len(desk) > 2 else desk[0]

    def next_to(self, role: Role) -> Role:
        """Return who answers at the desk of a seat when it does not: the next seat, after the last one the first."""
        desk = self._desk(role)
        return desk[(desk.index(role) + 1) % len(desk)]

    def speaker(self, place: int, post: str = "") -> Role:
        """Return who speaks for a post of a place, the first one by default: a seat, or the controllers in its name."""
        wanted = post or self.posts(place)[0]
        return self._known(self._role(place, wanted, played=False))

    def site_speaker(self, row: int, post: str = "") -> Role:
        """Return who speaks for a key site."""
        return self._known(self._site_role(row, post or self._site_posts()[0], played=False))

    def site_title(self, row: int) -> Text:
        """Return what a key site is called: where it lies, and of what kind it is."""
        county = self._scenario.county
        place, kind = int(county.key_site_place[row]), str(county.key_sites["kind"].iloc[row])
        return fill(_SITE, place=label_of(self._scenario, self._names, place), kind=term(f"site.{kind}", kind))

    # --- sitting down -------------------------------------------------------------------------------------------------

    def _sit(self, place: int, most: int) -> None:
        posts = self.posts(place)
        if most >= _OWN_POSTS and len(posts) > most:
            posts = [*posts[: most - 1], posts[-1]]
        for post in posts[:most]:
            self._at[place].append(self._known(self._role(place, post, played=True)))

    def _sit_at_site(self, row: int, most: int) -> None:
        for post in self._site_posts()[:most]:
            self._site[row].append(self._known(self._site_role(row, post, played=True)))

    def posts(self, place: int) -> list[str]:
        """Return the posts of a place in the order in which they are called; whoever leads a duty room stands last."""
        plan, level = (
            self._scenario.plan.roster,
            self._scenario.county.levels[self._scenario.county.places.level[place]],
        )
        ladder = plan.ladders.get(level.id)
        posts = list(dict.fromkeys(step.post for step in ladder.steps)) if ladder is not None else []
        posts = posts or [next(iter(plan.posts))]
        lowest = self._scenario.county.places.level[place] == len(self._scenario.county.levels) - 1
        extra = [_LEADER] if place == 0 else [_MONITOR] if lowest else []
        return [*posts, *(post for post in extra if post in plan.posts and post not in posts)]

    def _site_posts(self) -> list[str]:
        plan = self._scenario.plan.roster
        ladder = plan.ladders.get(KEY_SITE)
        return (
            list(dict.fromkeys(step.post for step in ladder.steps)) if ladder is not None else [next(iter(plan.posts))]
        )

    def _role(self, place: int, post: str, *, played: bool) -> Role:
        title = fill(_TITLE, place=label_of(self._scenario, self._names, place), post=post_title(self._scenario, post))
        level = self._scenario.county.levels[self._scenario.county.places.level[place]].id
        return Role(f"{self._names.code[place]}/{post}", title, level, place, post, played)

    def _site_role(self, row: int, post: str, *, played: bool) -> Role:
        place = int(self._scenario.county.key_site_place[row])
        code = f"{self._names.code[place]}/{KEY_SITE}/{row}/{post}"
        title = fill(_TITLE, place=self.site_title(row), post=post_title(self._scenario, post))
        return Role(code, title, KEY_SITE, place, post, played)

    def _known(self, role: Role) -> Role:
        return self._roles.setdefault(role.id, role)

    def _desk(self, role: Role) -> list[Role]:
        desks = (*self._at.values(), *self._site.values())
        return next((desk for desk in desks if role in desk), [role])


_TITLE = Text("{place}·{post}", "{place} · {post}")
_SITE = Text("{place}·{kind}", "{place} · {kind}")


def busiest(scenario: Scenario, night: Night, places: Sequence[int] | Ints) -> list[int]:
    """Return places of one level in the order of how much there is to be done in them.

    First those in or under which most different things of note happen in the night, then those with most persons who must move, by code.
    """
    among = np.asarray(places, dtype=np.int64)
    if not among.size:
        return []
    county = scenario.county
    above = county.ancestors[county.places.level[among[0]]]
    seen: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for event in night.events:
        if event.act in _OF_NOTE:
            seen[int(above[event.place])].add((event.event, event.act))
    listed = county.places.listed_persons
    return sorted(among.tolist(), key=lambda one: (-len(seen[one]), -int(listed[one]), county.places.code[one]))


def key_sites_in(scenario: Scenario, place: int) -> list[int]:
    """Return the key sites in a place: schools and homes for the elderly first, then the larger ones first; before all, those in danger zones."""
    county, sites = scenario.county, scenario.county.key_sites
    inside = np.flatnonzero(county.below(np.array([place]))[county.key_site_place]).tolist()
    return sorted(
        inside, key=lambda row: _turn(sites["kind"].iloc[row], sites["zone"].iloc[row], sites["persons"].iloc[row], row)
    )


def _turn(kind: str, zone: int, persons: int, row: int) -> tuple[bool, bool, int, int]:
    return zone < 0, kind not in _FIRST_SITES, -int(persons), row
