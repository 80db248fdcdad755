"""Where the names on a map stand, so that they do not cover each other: greedy, the most crowded first."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_ANGLES = 16
_RADII = (0.85, 1.3, 1.9, 2.6, 3.4, 4.4, 5.6)  # in heights of a letter
_FAR = 1.6  # a name further out needs a line to its point
_CLOSE = 6.0  # neighbours within so many heights make a place crowded


@dataclass(frozen=True)
class Label:
    """A name and the point it belongs to, pixels, with the size of its dot."""

    text: str
    x: float
    y: float
    radius: float = 0.0


Box = tuple[float, float, float, float]


def place_labels(labels: list[Label], height: float, frame: Box, dots: Floats) -> list[tuple[float, float, bool]]:
    """Return the centre of each label, pixels, and whether it stands so far away that it needs a line.

    Parameters
    ----------
    height
        of a letter, pixels
    frame
        left, bottom, right, top of the picture, pixels
    dots
        other marks that names had better not cover, pixels, shape (dots, 2)
    """
    crowd = [sum(math.hypot(a.x - b.x, a.y - b.y) < _CLOSE * height for b in labels) for a in labels]
    placed: list[tuple[float, float, bool]] = [(label.x, label.y, False) for label in labels]
    taken: list[Box] = [_around(label.x, label.y, 0.5 * height, 0.5 * height) for label in labels]
    for i in sorted(range(len(labels)), key=lambda i: (-crowd[i], labels[i].text)):
        label = labels[i]
        width = _width(label.text) * height
        _, x, y, far = min(
            (_cost(x, y, far, width, height, taken, frame) + 0.25 * _inside(dots, x, y, width, height), x, y, far)
            for x, y, far in _candidates(label, width, height)
        )
        placed[i] = x, y, far > _FAR
        taken.append(_around(x, y, width, 1.15 * height))
    return placed


def _candidates(label: Label, width: float, height: float) -> list[tuple[float, float, float]]:
    """Return centres around the point, an ellipse as wide as the label; the last number is how far out."""
    result = []
    for radius in _RADII:
        for k in range(_ANGLES):
            angle = math.tau * k / _ANGLES
            dx = math.cos(angle) * (width / 2 + label.radius + (radius - 0.4) * height)
            dy = math.sin(angle) * (label.radius + radius * height)
            result.append((label.x + dx, label.y + dy, radius))
    return result


def _cost(x: float, y: float, far: float, width: float, height: float, taken: list[Box], frame: Box) -> float:
    own = _around(x, y, width, 1.15 * height)
    covered = sum(_overlap(own, other) for other in taken)
    outside = max(0.0, frame[0] - own[0], own[2] - frame[2], frame[1] - own[1], own[3] - frame[3])
    return 40 * covered / height**2 + 5 * outside / height + far


def _inside(dots: Floats, x: float, y: float, width: float, height: float) -> int:
    return int(np.sum((np.abs(dots[:, 0] - x) < width / 2) & (np.abs(dots[:, 1] - y) < height / 2)))


def _around(x: float, y: float, width: float, height: float) -> Box:
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _overlap(a: Box, b: Box) -> float:
    return max(0.0, min(a[2], b[2]) - max(a[0], b[0])) * max(0.0, min(a[3], b[3]) - max(a[1], b[1]))


def _width(text: str) -> float:
    """Return the width of a text in heights: a Chinese character one, others about half."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.56 for c in text)
