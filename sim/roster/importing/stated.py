"""What a mapping states, in codes of places and ids of posts: planners name both by their words."""

from __future__ import annotations

from dataclasses import replace

from sim.county import County
from sim.errors import Fault, InputError, Text
from sim.roster.importing.cells import letter
from sim.roster.importing.columns import PERSON, Role
from sim.roster.importing.desks import DeskFinder
from sim.roster.importing.mapping import Mapping, SheetSays
from sim.roster.importing.marks import Mark
from sim.roster.importing.posts import listed, post_named
from sim.roster.plan import RosterPlan

_NO_DESK = Text("没有这个值班室", "there is no such desk")
_WRITE_DESK = Text("填写名称，或各层级表中的编码", "use a name or a code of the place tables")


def in_codes(says: Mapping, county: County, plan: RosterPlan) -> Mapping:
    """Return a mapping with the codes and ids of what it names.

    Raises
    ------
    InputError
        with every place and post that is not there, or that may be several
    """
    reader = _Reader(says, county, plan)
    read = replace(
        says,
        places={name: reader.desk(says.place_lines.get(name, 0), name, said) for name, said in says.places.items()},
        marks={name: reader.mark(name, mark) for name, mark in says.marks.items()},
        sheets={key: reader.sheet(sheet) for key, sheet in says.sheets.items()},
    )
    if reader.faults:
        raise InputError(reader.faults)
    return read


class _Reader:
    """Finds what the words of a mapping name; gathers faults."""

    def __init__(self, says: Mapping, county: County, plan: RosterPlan) -> None:
        self._says, self._county, self._plan = says, county, plan
        self._finder = DeskFinder(county)
        self.faults: list[Fault] = []

    def sheet(self, sheet: SheetSays) -> SheetSays:
        """Return what is stated of a table."""
        columns = {
            number: self._role(sheet.lines.get(letter(number), 0), number, role)
            for number, role in sheet.columns.items()
        }
        posts = tuple(self._post(sheet.lines.get("post", 0), "post", post, post) for post in sheet.posts)
        desk = None if sheet.desk is None else self.desk(sheet.lines.get("desk", 0), "desk", sheet.desk)
        return replace(sheet, desk=desk, posts=posts, columns=columns)

    def mark(self, name: str, mark: Mark) -> Mark:
        """Return what is stated of a mark."""
        return (
            replace(mark, post=self._post(self._says.mark_lines.get(name, 0), name, mark.post, mark.post))
            if mark.post
            else mark
        )

    def desk(self, line: int, key: str, said: str) -> str:
        """Return the code of a duty room."""
        if said in self._county.index:
            return said
        found = self._finder.exact(said)
        if found.kind == "place":
            return self._finder.code(found.place)
        problem, remedy = _NO_DESK, _WRITE_DESK
        if found.kind == "ambiguous":
            shown = [f"{self._finder.name(option)}（{self._finder.code(option)}）" for option in found.options]
            problem = Text("有几处叫这个名称", "several places bear this name")
            remedy = Text(
                f"连上级一起写，或写编码：{'、'.join(shown)}",
                f"write it behind the place above, or its code: {', '.join(shown)}",
            )
        self.faults.append(self._says.fault(line, key, said, problem, remedy))
        return said

    def _role(self, line: int, number: int, role: Role) -> Role:
        named = (
            PERSON if post == PERSON else self._post(line, letter(number), post, str(role), planned=False)
            for post in role.posts
        )
        return replace(role, post="+".join(named))

    def _post(self, line: int, key: str, named: str, said: str, *, planned: bool = True) -> str:
        """Return the id of a post, of a ``planned`` one if it must be in the plan; ``said`` is the value that names it."""
        post = post_named(named, self._plan)
        if post is None or (planned and post not in self._plan.posts):
            zh, en = listed(self._plan)
            remedy = Text(f"可用岗位：{zh}", f"posts: {en}")
            self.faults.append(self._says.fault(line, key, said, Text("没有这个岗位", "there is no such post"), remedy))
        return post or named
