"""A roster to fill in, with the sentences of its first sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sim.errors import Language
from sim.report.words.language import Words
from sim.roster.exporting import LANDLINE, REMARK, Filling, Guide, Template, template_book
from sim.scenario import Scenario

TWO_PEOPLE, A_SWAP, AN_EXTENSION = "张三、李四", "换班：张三→李四", "023-55123456转8001"
"""As they are written in a roster, in whatever language it is explained."""


def roster_template(
    scenario: Scenario, template: Template, filling: Filling | None, days: Sequence[date], language: Language
) -> bytes:
    """Return the workbook; ``filling`` is ``None`` for a blank one, and with names it bears the stamp of internal papers."""
    words, plan = Words(language), scenario.plan.roster
    standing = [form.name for form in template.forms if not form.days]
    said = (
        words("template.one_row", handover=f"{plan.handover:%H:%M}"),
        *([words("template.standing", standing="、".join(standing))] if standing else []),
        words("template.people", two=TWO_PEOPLE),
        words("template.phones", extension=AN_EXTENSION, landline=LANDLINE),
        words("template.week"),
        words("template.swap", remark=REMARK, swap=A_SWAP),
        words("template.no_ids"),
        words("template.read"),
    )
    title = words("template.title", county=scenario.county.name, month=f"{days[0]:%Y-%m}")
    stamp = words("stamp.internal") if filling is not None else ""
    guide = Guide(title, tuple(f"{n}. {one}" for n, one in enumerate(said, start=1)), stamp)
    return template_book(scenario.county, plan, template, guide, filling or Filling())
