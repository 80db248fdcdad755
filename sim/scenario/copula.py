"""Numbers that are not known and rise and fall together: from independent shares to shares with rank correlations.

A Gaussian copula: the shares become normal scores, the scores are correlated, and become shares again. A normal pair of correlation r has the
rank correlation (6/π) arcsin(r/2) (Pearson 1907, On further methods of determining correlation, Drapers' Company Research Memoirs, Biometric
Series IV); so r = 2 sin(πρ/6) gives the Spearman correlation ρ, whatever the laws that are laid over the shares.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import special
from scipy.sparse import csgraph

_LEAST_EIGENVALUE = 1e-9
_EXTREME = 2.0**-53  # a share of 0 or 1 has no finite score; the others feel it as one of the most extreme draws

Pair = tuple[int, int]


def scores_of(count: int, ranks: Mapping[Pair, float]) -> NDArray[np.float64]:
    """Return the correlations of the normal scores that give the rank correlations of some pairs; those of all others are zero."""
    scores = np.eye(count)
    for (i, j), rank in ranks.items():
        scores[i, j] = scores[j, i] = 2 * math.sin(math.pi * rank / 6)
    return scores


def possible(scores: NDArray[np.float64]) -> bool:
    """Tell whether numbers can have these correlations at once: whether the matrix is positive definite."""
    return bool(np.linalg.eigvalsh(scores)[0] > _LEAST_EIGENVALUE)


def components(linked: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Return a number per item that is the same where a chain of links leads from one to the other."""
    labels: NDArray[np.int32] = csgraph.connected_components(linked, directed=False)[1]
    return labels


def correlated(shares: Sequence[float], ranks: Mapping[Pair, float]) -> list[float]:
    """Return shares with rank correlations from independent ones of [0, 1].

    The first of those that hang together, whatever is correlated with nothing, and shares of exactly 0 or 1 stay what they are.
    """
    mixing = np.linalg.cholesky(scores_of(len(shares), ranks))
    mixed = special.ndtr(mixing @ special.ndtri(np.clip(shares, _EXTREME, 1 - _EXTREME)))
    own = mixing.diagonal() == 1
    return [
        share if stays or share in (0, 1) else float(other)
        for share, stays, other in zip(shares, own, mixed, strict=True)
    ]
