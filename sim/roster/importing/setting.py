"""What all blocks of one import share."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sim.county import County
from sim.roster.importing.dates import MINUTES_OF_DAY, Hours
from sim.roster.importing.desks import DeskFinder
from sim.roster.importing.mapping import Mapping
from sim.roster.importing.phones import Phone, area_code, parse_phones, phone_text
from sim.roster.importing.result import Remarks
from sim.roster.plan import RosterPlan

_EVENING_MIN = 17 * 60 + 30
"""Where day and night shift part if nobody says: as in the rosters seen."""


@dataclass(frozen=True)
class Setting:
    """County, plan, mapping; ``year`` is that of dates for which no sheet says one, ``told_handover_min`` the handover that the sheet tells."""

    county: County
    plan: RosterPlan
    finder: DeskFinder
    says: Mapping
    year: int | None
    remarks: Remarks
    told_handover_min: int | None = None

    @property
    def handover_min(self) -> int:
        """Minute of the day at which duty changes hands: as the sheet tells it, else as the plan does."""
        if self.told_handover_min is not None:
            return self.told_handover_min
        return self.plan.handover.hour * 60 + self.plan.handover.minute

    @property
    def area(self) -> str:
        """The area code of the county."""
        return area_code(self.county.code)

    def corrected(self, phone: Phone) -> Phone:
        """Return a number as the mapping states it; one stated as it is, is right however it looks."""
        stated = self.says.phones.get(phone_text(phone.text))
        if stated is None:
            return phone
        found = parse_phones(stated, self.area)[0]
        same = phone_text(stated) == phone_text(phone.text)
        return replace(phone, kind="stated") if same or not found else found[0]

    @property
    def whole_day(self) -> Hours:
        """From handover to handover."""
        return Hours(self.handover_min, self.handover_min + MINUTES_OF_DAY)

    @property
    def day_shift(self) -> Hours:
        """The day shift, as the mapping states it or from handover to evening."""
        return self.says.day_shift or Hours(self.handover_min, _EVENING_MIN)

    @property
    def night_shift(self) -> Hours:
        """The night shift, as the mapping states it or from evening to handover."""
        return self.says.night_shift or Hours(_EVENING_MIN, self.handover_min + MINUTES_OF_DAY)
