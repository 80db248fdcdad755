"""The duty telephones of desks, in columns of their own and in remarks."""

from __future__ import annotations

import re

from sim.errors import Text
from sim.roster.importing.crew import MALFORMED
from sim.roster.importing.layout import Block
from sim.roster.importing.part import Part
from sim.roster.importing.phones import Phone, parse_phones
from sim.roster.importing.result import Where
from sim.roster.importing.setting import Setting
from sim.roster.importing.words import NOBODY, SAME

_DUTY_PHONE = re.compile(r"(?:值班|值守)(?:室)?(?:电话|座机|号码)[:：为是]*([\d\s()+转-]{7,})")


class LandlineReader(Part):
    """Reads duty telephones into ``landlines``, by desk; the first one of a desk holds."""

    def __init__(self, setting: Setting, where: Where, block: Block, landlines: dict[str, str]) -> None:
        super().__init__(setting, where, block)
        self._landlines = landlines

    def in_remark(self, text: str, row: int, column: int) -> bool:
        """Take the duty telephone of the block's desk that a remark tells; return whether there is one."""
        match = _DUTY_PHONE.search(text)
        phones = parse_phones(match[1], self._setting.area)[0] if match else ()
        if not phones or not self._block.desk:
            return False
        self._take(self._block.desk, phones[0], row, column)
        return True

    def in_cell(self, desk: str, row: int, column: int) -> None:
        """Take the duty telephone of a desk that a cell holds."""
        text = self._sheet.text(row, column)
        if not text or text in SAME or text in NOBODY:
            return
        spot = self._where.spot(row, column)
        phones, rest = parse_phones(text, self._setting.area)
        if phones:
            self._take(desk, phones[0], row, column)
        if rest or not phones:
            made = Text("不是号码的部分未用", "what is no number was not used")
            self._remarks.note(spot, rest or text, made)
        for other in phones[1:]:
            self._remarks.note(spot, other.text, Text("另一个值班电话，未用", "another duty number, not used"))

    def _take(self, desk: str, phone: Phone, row: int, column: int) -> None:
        phone = self._setting.corrected(phone)
        known = self._landlines.setdefault(desk, phone.text)
        spot = self._where.spot(row, column)
        if phone.kind == "malformed":
            self._remarks.note(spot, phone.text, MALFORMED, used=True)
        if known != phone.text:
            made = Text("与前面的值班电话不同，用前面的", "not the duty number given before, which was kept")
            self._remarks.note(spot, phone.text, made)
