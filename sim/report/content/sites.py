"""Key sites (重点单位) by kind: how many answered to the headline warning, and when the last one did. None is named."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.records import Night
from sim.report.content.acts import headline
from sim.report.content.grid import Column, Grid
from sim.report.content.scope import Scope
from sim.report.words.language import Words
from sim.scenario import Scenario

_COLUMNS = (
    Column("kind"),
    Column("sites", "n"),
    Column("site_size", "n"),
    Column("answered_sites", "n"),
    Column("unanswered_sites", "n"),
    Column("last_answer", "w"),
)


def key_sites(scenario: Scenario, night: Night, table: pd.DataFrame, scope: Scope, words: Words) -> Grid:
    """Return the key sites of the scope by kind; no row where the headline warning calls none of them."""
    here = table[scope.places(scenario)[scenario.county.key_site_place]] if _are_called(scenario) else table.head(0)
    rows = []
    for kind, sites in here.groupby("kind", sort=False):
        answered = int(sites["acknowledged_min"].notna().sum())
        last = float(sites["acknowledged_min"].max()) if answered else np.inf
        rows.append(
            (
                words.or_else(f"site.{kind}", str(kind)),
                words.number(len(sites)),
                words.number(int(sites["persons"].sum())),
                words.number(answered),
                words.number(len(sites) - answered),
                words.moment(night, last, "cell", never="none"),
            )
        )
    size = words("sites.size_made" if "key_sites" in scenario.county.synthetic else "sites.size")
    notes = (words("sites.note", warning=headline(scenario, words)), size)
    return Grid(words("head.key_sites"), notes, _COLUMNS, tuple(rows)).headed(words)


def _are_called(scenario: Scenario) -> bool:
    """Return whether a headline warning calls the key sites."""
    plan = scenario.plan
    return any(
        target.whom == "key_sites" and target.applies(act)
        for target in plan.call_targets
        for act in plan.acts
        if act.id in plan.headline
    )
