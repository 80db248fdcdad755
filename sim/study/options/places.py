"""Which places get the units of an option: those that need them most, as the scenario stands and as the screening runs of it saw."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from sim.county import County
from sim.measures.coverage import NANOMINUTE
from sim.measures.evacuation import inside_each
from sim.measures.naming import Naming
from sim.scenario import Scenario
from sim.scenario.option_places import open_places
from sim.scenario.options import OptionPlan, WherePlan
from sim.study.nights import Nights
from sim.study.options.found import Option, Place
from sim.study.requirements import Requirement, requirements

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def placed(scenario: Scenario, screening: Nights, names: Naming, years: int = 1) -> tuple[Option, ...]:
    """Return the options of a scenario, each with the places chosen for it; ``screening``: runs of the scenario as it is, no others.

    ``years``: for so many years a cost counts that comes every year.
    """
    plans: Mapping[str, OptionPlan] = scenario.plan.options
    codes, options = scenario.county.places.code, []
    for name, plan in plans.items():
        places = _chosen(plan, plan.where, scenario, screening, names) if plan.where is not None else ()
        settings = plan.settings([codes[place.index] for place in places])
        options.append(Option(name, plan, settings, places, years))
    return tuple(options)


def _chosen(
    option: OptionPlan, where: WherePlan, scenario: Scenario, screening: Nights, names: Naming
) -> tuple[Place, ...]:
    """Return the places with the largest amounts of what is asked for, of those that take it; of those alike the first by code."""
    county = scenario.county
    places = open_places(option, scenario.plan.county.additions, county)
    amounts = _amounts(where, scenario, screening, places)
    order = sorted(range(len(places)), key=lambda row: (-amounts[row], county.places.code[places[row]]))
    return tuple(Place(int(places[row]), names.code[places[row]], float(amounts[row])) for row in order[: option.units])


def _amounts(where: WherePlan, scenario: Scenario, screening: Nights, places: Ints) -> Floats:
    """Return of each place what it is chosen for; see ``Place``."""
    if where.by == "threatened":
        return threatened(scenario.county)[places].astype(float)
    if where.by == "dark":
        dark: Floats = _each(screening, "dark_min", places).mean(axis=0)
        return dark
    own, plan = _requirement(where.target or "", scenario, screening)
    late: Floats = (_each(screening, f"target:{own}:min", places) > plan.within_min + NANOMINUTE).mean(axis=0)
    return late


def threatened(county: County) -> Ints:
    """Return the residents in registered danger areas inside each place, shape (places,)."""
    homes = county.households
    registered = np.append(county.zones["registered"].to_numpy(dtype=bool), False)[homes.zone]  # no zone is −1
    return inside_each(county, homes.place[registered], homes.persons[registered])


def _requirement(name: str, scenario: Scenario, screening: Nights) -> tuple[str, Requirement]:
    """Return a requirement by its id, the first where it is about several acts."""
    return next(
        (own, plan) for own, plan in requirements(scenario, screening).items() if name in (own, own.partition("@")[0])
    )


def _each(nights: Nights, measure: str, places: Ints) -> Floats:
    """Return what a measure was in each run and place, 0 where it has none, shape (runs, places)."""
    known, values = nights.of_measure(measure)
    row = np.full(places.max() + 1, -1)
    row[known[known <= places.max()]] = np.flatnonzero(known <= places.max())
    here = row[places]
    return np.where(here >= 0, np.nan_to_num(values[:, here], posinf=np.inf), 0.0)
