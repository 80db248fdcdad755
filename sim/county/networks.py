"""Networks of the county: power lines, base stations and how they are fed, roads, and the emergency sets that places hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pandas as pd
from numpy.typing import NDArray

if TYPE_CHECKING:
    Roads = nx.Graph[Any]
else:
    Roads = nx.Graph

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Networks:
    """What power, signal and vehicles run on; every table is ordered by code and has ``entity``, a 64-bit id for luck.

    ``feeders``: columns code, substation, place (code), entity. ``sites``: code, kind (base, hub, super), place (code of the lowest known
    place it stands in), feeder (code, "" if unknown: never without mains), uplink (code of the site above, "" for the county's core),
    backhaul (fibre, microwave, satellite), second (another way to the core: fibre, microwave, satellite, or ""), x_m, y_m, entity.
    ``roads``: code, from, to (place codes), length_m, kind (main, township, village, path), entity. ``sets``: place (code), device
    (radio_370, mesh, sat_phone, beidou), count, trained (whether somebody there can use it), entity.
    ``supply``: row of the feeder that each place is on (−1: unknown), shape (places,). ``serving``: rows of the sites whose signal
    reaches each place, nearest first, −1 behind the last, shape (places, most).
    """

    feeders: pd.DataFrame
    sites: pd.DataFrame
    roads: pd.DataFrame
    sets: pd.DataFrame
    supply: Ints
    serving: Ints

    def road_graph(self) -> Roads:
        """Return the roads as a graph: nodes are place codes, edges carry ``code``, ``row``, ``length_m`` and ``kind``."""
        graph: Roads = nx.Graph()
        columns = (self.roads[name] for name in ("from", "to", "code", "length_m", "kind"))
        for row, (here, there, code, length_m, kind) in enumerate(zip(*columns, strict=True)):
            graph.add_edge(here, there, code=code, row=row, length_m=length_m, kind=kind)
        return graph

    @classmethod
    def none(cls, places: int) -> Networks:
        """Return the networks of a county of which nothing is known."""
        text, ids = pd.Series(dtype=str), pd.Series(dtype=np.uint64)
        return cls(
            feeders=pd.DataFrame({"code": text, "substation": text, "place": text, "entity": ids}),
            sites=pd.DataFrame(
                dict.fromkeys(("code", "kind", "place", "feeder", "uplink", "backhaul", "second"), text)
                | {"x_m": pd.Series(dtype=float), "y_m": pd.Series(dtype=float), "entity": ids}
            ),
            roads=pd.DataFrame(
                {
                    "code": text,
                    "from": text,
                    "to": text,
                    "length_m": pd.Series(dtype=float),
                    "kind": text,
                    "entity": ids,
                }
            ),
            sets=pd.DataFrame(
                {
                    "place": text,
                    "device": text,
                    "count": pd.Series(dtype=np.int64),
                    "trained": pd.Series(dtype=bool),
                    "entity": ids,
                }
            ),
            supply=np.full(places, -1, dtype=np.int64),
            serving=np.full((places, 1), -1, dtype=np.int64),
        )
