"""What a rule finds, and the words that several rules share."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from sim.errors import Text
from sim.scenario.reading import Key

Finding = tuple[Key, str, Text, Text]
"""Where it stands in the scenario, the value as written, the problem, the remedy."""
UNKNOWN_PLACE = Text("没有这个地方", "there is no such place")
PLACE_CODE = Text("填写各层级表中的编码", "use a code of the place tables")


def one_of(known: Iterable[str], comma: str = "、") -> Text:
    """Return the remedy that lists what may be written; ``comma`` stands between them in English."""
    names = list(known)
    return Text(f"可用：{'、'.join(names)}", f"use one of: {comma.join(names)}")


def nearest(code: str, known: Iterable[str], otherwise: Text) -> Text:
    """Return the remedy for an unknown code: the known one most like it, or ``otherwise`` where none is."""
    for near in get_close_matches(code, known, n=1):
        return Text(f"是否想写“{near}”？", f"did you mean '{near}'?")
    return otherwise
