"""``roster``: duty rosters read, audited, drilled, planned and printed."""

from __future__ import annotations

import click

from sim.cli.options import lang_option
from sim.cli.roster.audit import roster_audit
from sim.cli.roster.drill import roster_drill, roster_ladder
from sim.cli.roster.papers import roster_callsheet, roster_ical
from sim.cli.roster.plan import roster_plan
from sim.cli.roster.reading import roster_import
from sim.cli.roster.template import roster_template
from sim.cli.shell import text


@click.group(
    help=text(
        "值班表：空表、读入、审查、抽查、排班，打印叫应单和日历。",
        "Duty rosters: fill in, read, audit, drill and plan them; print call sheets and calendars.",
    )
)
@lang_option
def roster(lang: str | None) -> None:
    """Hold what is done with rosters together."""
    del lang


for _one in (
    roster_template,
    roster_import,
    roster_audit,
    roster_ladder,
    roster_drill,
    roster_plan,
    roster_callsheet,
    roster_ical,
):
    roster.add_command(_one)
