"""What a report says of one night, ready to be set: on the page, in the document, in the workbook."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from sim.measures import Naming
from sim.records import Night
from sim.report.content.acts import headline, overview, results
from sim.report.content.assumptions import Assumption, assumptions
from sim.report.content.band import band_account, counted, in_one_paragraph
from sim.report.content.evacuation import moved_account
from sim.report.content.grid import Account, Grid
from sim.report.content.means import FirstTold, first_told, messages
from sim.report.content.minutes import Stretch, about_minutes, reasons, stretches
from sim.report.content.notices import (
    credits_due,
    missing_note,
    note_on_headline,
    stamps,
    synthetic_note,
    version,
)
from sim.report.content.numbers import KeyNumber, key_numbers
from sim.report.content.outages import account
from sim.report.content.places import place_tables
from sim.report.content.reported import reports_account
from sim.report.content.scope import Scope, find
from sim.report.content.sites import key_sites
from sim.report.content.summary import in_short
from sim.report.content.verdicts import Verdict, verdicts
from sim.report.content.weak import weak_links
from sim.report.figures.sheet import Sheet
from sim.report.words.language import Words
from sim.scenario import Scenario
from sim.study.band import Band

_PLAIN = r"[\w·-]+"  # no shell gives these letters a meaning of their own


@dataclass(frozen=True)
class Content:
    """Everything that a report says, in its language; sentences, numbers and tables are ready to be set.

    ``sheet`` is what figures are drawn from, ``way`` where the minutes went. ``facts`` are the circumstances of the night as (name, value).
    ``kind`` is what sort of report it is, ``caution`` what one run is worth, ``band`` how much several differ (``None``: there is one alone).
    ``evacuation``, ``reports`` and ``outages`` are ``None`` where there is nothing to tell.
    """

    sheet: Sheet
    way: Sequence[Stretch]
    title: str
    kind: str
    where: str
    caution: str
    band: Account | None
    stamps: tuple[str, ...]
    in_short: tuple[str, ...]
    note_on_headline: str
    facts: list[tuple[str, str]]
    acts: Grid
    verdicts: list[Verdict]
    numbers: list[KeyNumber]
    minutes_note: str
    first_told: list[FirstTold]
    headline: str
    results: Grid
    reasons: Grid
    weak: Grid
    sites: Grid
    messages: Grid
    evacuation: Account | None
    reports: Account | None
    outages: Account | None
    places: list[Grid]
    assumptions: list[Assumption]
    missing: str
    synthetic_note: str
    credits: str
    again_note: str
    again: str
    identity: str

    @property
    def words(self) -> Words:
        """The words of its language."""
        return self.sheet.words

    @property
    def scope(self) -> Scope:
        """The place that it is about."""
        return self.sheet.scope

    @property
    def heading(self) -> str:
        """The title of the report; it names the place if that is not the whole county."""
        return self.title if self.scope.whole else self.words("page.title_of", title=self.title, place=self.where)

    @property
    def of_runs(self) -> str:
        """The heading of what is said of all runs; empty where there is one alone."""
        return self.words("head.band", n=self.sheet.band.count) if self.sheet.band is not None else ""

    @property
    def omitted(self) -> bool:
        """Whether some source is quoted only in part."""
        return any(assumption.omitted for assumption in self.assumptions)


def gather(
    scenario: Scenario,
    night: Night,
    tables: Mapping[str, pd.DataFrame],
    names: Naming,
    words: Words,
    place: str | None = None,
    band: Band | None = None,
) -> Content:
    """Return what a report says of one night.

    Parameters
    ----------
    place
        a township or village (label, code, or name as far as it may be shown) that it is about; the county by default
    band
        the runs of which the night is the typical one, if there are several

    Raises
    ------
    InputError
        if there is no such place
    """
    scope = find(scenario, names, place)
    way = stretches(tables["attribution"], names, scope, words)
    judged = verdicts(scenario, night, words)
    where = words.label(names.label[scope.place], scenario.county.levels)
    short = in_short(scenario, night, scope, where, judged, words)
    account_of_band = None
    if band is not None:
        judged = counted(scenario, band, judged, words)
        account_of_band = band_account(scenario, night, band, scope, where, judged, words)
        short = (in_one_paragraph(scenario, night, band, scope, judged, words), *short)
    runs = {} if band is None else {"n": band.count, "k": band.typical}
    return Content(
        sheet=Sheet(scenario, night, names, scope, words, band),
        way=way,
        title=scenario.plan.title or scenario.plan.name,
        kind=words("band.title" if runs else "page.title", **runs),
        where=where,
        caution=words("band.rough" if runs else "note.one_night", **runs),
        band=account_of_band,
        stamps=tuple(stamps(scenario, names, words)),
        in_short=short,
        note_on_headline=note_on_headline(scenario, words),
        facts=_facts_of_night(scenario, night, band, words),
        acts=overview(scenario, night, words),
        verdicts=judged,
        numbers=key_numbers(scenario, night, scope, words),
        minutes_note=about_minutes(night, way, scope, words),
        first_told=first_told(scenario, night, scope, words),
        headline=headline(scenario, words),
        results=results(scenario, night, scope, words),
        weak=weak_links(scenario, night, scope, words),
        reasons=reasons(scenario, night, tables["never"], names, scope, words),
        sites=key_sites(scenario, night, tables["key_sites"], scope, words),
        messages=messages(scenario, night, words),
        evacuation=moved_account(scenario, night, names, scope, words),
        reports=reports_account(scenario, night, scope, words),
        outages=account(scenario, night, names, scope, words),
        places=place_tables(scenario, night, dict(tables), names, scope, words),
        assumptions=assumptions(scenario, words),
        missing=missing_note(night, words),
        synthetic_note=synthetic_note(scenario, names, words),
        credits=words("list_joint").join(credits_due(scenario, words)),
        again_note=words("band.again" if runs else "note.again", **runs),
        again=_again(night, names, words, place),
        identity=" · ".join([scenario.plan.name, f"SHA-256 {scenario.hash[:16]}", words("version", version=version())]),
    )


def _again(night: Night, names: Naming, words: Words, place: str | None) -> str:
    """Return the command that writes this report once more, from inside its folder."""
    command = f"jiaoying run scenario.resolved.yaml --replication {night.replication}"
    if place is not None:
        wanted = place.strip()
        command += f" --place {wanted if re.fullmatch(_PLAIN, wanted) else shlex.quote(wanted)}"
    if names.asked:
        command += " --real-names"
    return command if words.language == "zh" else f"{command} --lang {words.language}"


def _facts_of_night(scenario: Scenario, night: Night, band: Band | None, words: Words) -> list[tuple[str, str]]:
    hazard = scenario.plan.hazard
    which = words("which_night", seed=night.seed, n=night.replication)
    if band is not None:
        which = words("band.which", seed=night.seed, k=night.replication, n=band.count, last=band.count - 1)
    return [
        (words("head.start"), words.date(night.start)),
        (words("head.end"), words.clock(night.start, night.end_min)),
        (
            words("head.hazard"),
            words("hazard_and_rain", hazard=words(f"hazard.{hazard.kind}"), rain=words(f"rain.{hazard.rain}")),
        ),
        (words("head.platform"), words(f"platform.{scenario.plan.platform.kind}")),
        (words("head.which"), which),
    ]
