"""A roster to fill in, with the sentences of its first sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sim.errors import Language
from sim.report.words.language import Words
from sim.roster.exporting import Filling, Guide, Template, template_book
from sim.scenario import Scenario


def roster_template(
    scenario: Scenario, template: Template, filling: Filling | None, days: Sequence[date], language: Language
) -> bytes:
    """Return the workbook; ``filling`` is ``None`` for a blank one, and with names it bears the stamp of internal papers."""
    words, plan = Words(language), scenario.plan.roster
    said = (
        words("template.one_row", handover=f"{plan.handover:%H:%M}"),
        words("template.standing"),
        words("template.people"),
        words("template.phones"),
        words("template.week"),
        words("template.swap"),
        words("template.no_ids"),
        words("template.read"),
    )
    title = words("template.title", county=scenario.county.name, month=f"{days[0]:%Y-%m}")
    stamp = words("stamp.internal") if filling is not None else ""
    guide = Guide(words("template.tab"), title, said, stamp)
    return template_book(scenario.county, plan, template, guide, filling or Filling())
