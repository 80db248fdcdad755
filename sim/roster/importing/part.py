"""What the readers of a block share: the setting, the sheet and the block, and where notes and questions go."""

from __future__ import annotations

from sim.roster.importing.layout import Block
from sim.roster.importing.result import Where
from sim.roster.importing.setting import Setting


class Part:
    """Reads one thing of a block (its days, its desks, its people …); notes and questions go to the setting's remarks."""

    def __init__(self, setting: Setting, where: Where, block: Block) -> None:
        self._setting = setting
        self._where = where
        self._block = block
        self._sheet = where.sheet
        self._remarks = setting.remarks
