"""At which desk the rows of a block are: their places, else that of the block; what is not known is asked."""

from __future__ import annotations

from sim.errors import Text
from sim.roster.importing.cells import masked
from sim.roster.importing.desks import Found
from sim.roster.importing.layout import Block
from sim.roster.importing.part import Part
from sim.roster.importing.result import Spot, Where
from sim.roster.importing.setting import Setting
from sim.roster.importing.words import NOBODY, SAME


class DeskReader(Part):
    """Reads the desks of a block, row after row."""

    def __init__(self, setting: Setting, where: Where, block: Block) -> None:
        super().__init__(setting, where, block)
        self._places_above: dict[int, int] = {}
        self._unknown_above: tuple[Found, str] | None = None

    def desk(self, row: int, above: str | None) -> str | None:
        """Return the desk of a row: of its place columns, else of the block; ``None`` if it is not known.

        ``above`` is that of the row before.
        """
        block = self._block
        places = block.of_kind("place")
        if not places:
            if block.desk is None:
                self._ask_block(row, block.desk_doubt or Found("none"))
            return block.desk
        county = self._setting.county
        index = -1 if block.desk is None else county.index[block.desk]
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
                made = Text("同上一行的单位", "the place of the row above")
                return self._as_above(row, above, self._where.spot(row, column.column), text, made)
            stated = self._setting.says.places.get(text)
            found = Found("place", county.index[stated]) if stated else self._setting.finder.exact(text, index)
            if found.kind != "place":
                self._unknown_above = found, text
                self._ask_desk(row, found, text, "places")
                return None
            index, said = found.place, True
            self._places_above[column.column] = index
        if said:
            self._unknown_above = None
        elif above is not None or self._unknown_above is not None:
            made = Text("单位空白，同上一行", "no place here: that of the row above")
            return self._as_above(row, above, self._where.row(row), "", made)
        elif block.desk is None:
            self._ask_block(row, Found("none"))
            return None
        return self._setting.finder.code(index)

    def _as_above(self, row: int, above: str | None, spot: Spot, held: str, made: Text) -> str | None:
        """Return the desk of the row above for a row that has none of its own; what is not known there is not known here."""
        if self._unknown_above is not None:
            self._ask_desk(row, *self._unknown_above, "places")
            return None
        self._remarks.note(spot, held, made, used=True)
        return above

    def _ask_block(self, row: int, found: Found) -> None:
        self._ask_desk(row, found, self._sheet.name or self._where.book, f"sheets.{self._block.key}.desk")

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
