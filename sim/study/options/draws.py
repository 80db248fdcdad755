"""The finalists once more with what is not known drawn anew: would another be chosen, and what would it be worth to know more?"""

from __future__ import annotations

RUNS_EACH = 5
"""So many runs have each draw, of their own: no two draws share their luck, all finalists of one draw do."""
