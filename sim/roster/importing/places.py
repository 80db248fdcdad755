"""At which desk the rows of a block are: their places, else that of the block; what is not known is asked."""

from __future__ import annotations

from sim.errors import Text
from sim.roster.importing.cells import masked
from sim.roster.importing.desks import Found
from sim.roster.importing.layout import Block
from sim.roster.importing.part import Part
from sim.roster.importing.result import Where
from sim.roster.importing.setting import Setting
from sim.roster.importing.words import NOBODY, SAME


class DeskReader(Part):
    """Reads the desks of a block, row after row."""

    def __init__(self, setting: Setting, where: Where, block: Block) -> None:
        super().__init__(setting, where, block)
        self._places_above: dict[int, int] = {}

    def desk(self, row: int, above: str | None) -> str | None:
        """Return the desk of a row: of its place columns, else of the block; ``None`` if it is not known."""
        places = self._block.of_kind("place")
        if not places:
            if self._block.desk is None:
                self._ask_desk(
                    row,
                    self._block.desk_doubt or Found("none"),
                    self._sheet.name or self._where.book,
                    f"sheets.{self._block.key}.desk",
                )
            return self._block.desk
        index, county = -1, self._setting.county
        if self._block.desk is not None:
            index = county.index[self._block.desk]
        said = False
        for column in places:
            text = self._sheet.text(row, column.column)
            if not text and column is not places[-1] and column.column in self._places_above:
                index = self._places_above[column.column]
                made = Text("单位空白，同上一行", "no place here: that of the row above")
                self._remarks.note(self._where.spot(row, column.column), "", made, used=True)
            if not text or text in NOBODY:
                continue
            if text in SAME:
                self._remarks.note(
                    self._where.spot(row, column.column),
                    text,
                    Text("同上一行的单位", "the place of the row above"),
                    used=True,
                )
                return above
            stated = self._setting.says.places.get(text)
            found = Found("place", county.index[stated]) if stated else self._setting.finder.exact(text, index)
            if found.kind != "place":
                self._ask_desk(row, found, text, "places")
                return None
            index, said = found.place, True
            self._places_above[column.column] = index
        if not said and above is not None:
            self._remarks.note(
                self._where.row(row), "", Text("单位空白，同上一行", "no place here: that of the row above"), used=True
            )
            return above
        if not said and self._block.desk is None:
            self._ask_desk(row, Found("none"), self._sheet.name or self._where.book, f"sheets.{self._block.key}.desk")
            return None
        return self._setting.finder.code(index)

    def _ask_desk(self, row: int, found: Found, text: str, key: str) -> None:
        finder, text = self._setting.finder, masked(found.text or text)
        options = "、".join(f"{finder.name(option)}（{finder.code(option)}）" for option in found.options[:4])
        if found.kind == "ambiguous":
            question = Text(f"“{text}”是哪一个：{options}？", f"which one is '{text}': {options}?")
        elif found.kind == "department":
            place = finder.name(found.place)
            question = Text(
                f"“{text}”是{place}的部门，不是{place}的值班室：这些人算哪个值班室的？不写就不用",
                f"'{text}' is a department in {place} and not its duty room: whose are these people? Not used unless you say so",
            )
        elif found.options:
            question = Text(
                f"“{text}”在名录中是{options}，与标题不符：是哪里的？",
                f"'{text}' is {options} in the tables, not where the title says: which?",
            )
        elif found.kind == "unknown":
            question = Text(
                f"“{text}”是本县的哪个乡镇或村？名录里没有",
                f"which township or village is '{text}'? The tables do not have it",
            )
        else:
            question = Text(f"“{text}”是哪个乡镇或村的值班表？", f"whose roster is '{text}'?")
        self._remarks.ask(question, self._where.row(row), key)
        self._remarks.note(
            self._where.row(row),
            text,
            Text("不知道是哪个单位，这一行未用", "whose row this is is not known: it was not used"),
        )
