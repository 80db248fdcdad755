"""The folder of a study of options."""

from __future__ import annotations

from dataclasses import dataclass

from sim.study.folder import Asked


@dataclass(frozen=True)
class OptionsAsked:
    """What is asked about the options of a scenario.

    ``study``: the scenario with its settings. ``options``: a digest of the options. ``screen``: how many runs the screening has, numbers 0 to
    ``screen`` − 1; ``finals``: how many the finals have, the numbers after those. ``draws``: how often what is not known is drawn.
    """

    study: Asked
    options: str
    objective: str
    budget_wan: float | None
    screen: int
    finals: int
    draws: int
