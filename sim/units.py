"""Quantities as people write them ("25 min", "300 /s", "85 %") and the one unit each is kept in.

=========== ======================== ==========================================
dimension   kept in                  written as
=========== ======================== ==========================================
duration    minutes                  ``30 s``, ``25 min``, ``2 h``, ``1 d``, 秒 分钟 小时 天
share       0 to 1                   ``85 %`` or a plain ``0.85``
rate        per minute               ``300 /s``, ``40 /h``, ``5 条/秒``
length      metres                   ``120 m``, ``1.5 km``, 米 公里
speed       metres per minute        ``4 km/h``, ``1.2 m/s``
level       decibels                 ``119 dB``
=========== ======================== ==========================================
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import timedelta, timezone
from fractions import Fraction
from types import MappingProxyType

from sim.errors import BadValue, Text, shown

BEIJING = timezone(timedelta(hours=8), "UTC+8")
"""The one time zone of all clock times."""


@dataclass(frozen=True)
class Dimension:
    """A kind of quantity: its name, an example, and the factor of each unit to the unit it is kept in."""

    name: Text
    example: str
    factors: MappingProxyType[str, Fraction]
    plain_number: bool = False
    highest: float = math.inf


def _dimension(
    zh: str,
    en: str,
    example: str,
    factors: dict[str, Fraction],
    *,
    plain_number: bool = False,
    highest: float = math.inf,
) -> Dimension:
    return Dimension(Text(zh, en), example, MappingProxyType(factors), plain_number, highest)


_ONE = Fraction(1)
_S, _H, _D = Fraction(1, 60), Fraction(60), Fraction(1440)
_MINUTES = {"s": _S, "秒": _S, "min": _ONE, "分": _ONE, "分钟": _ONE, "h": _H, "小时": _H, "d": _D, "天": _D}

DURATION = _dimension("时长", "duration", "25 min", _MINUTES, highest=1e7)  # 19 years: sums stay finite
SHARE = _dimension(
    "比例", "share", "85 %", {"%": Fraction(1, 100), "％": Fraction(1, 100)}, plain_number=True, highest=1.0
)
RATE = _dimension(
    "速率",
    "rate",
    "300 /s",
    {f"{what}/{unit}": 1 / factor for what in ("", "条", "个") for unit, factor in _MINUTES.items() if unit != "d"},
)
LENGTH = _dimension("长度", "length", "120 m", {"m": _ONE, "米": _ONE, "km": Fraction(1000), "公里": Fraction(1000)})
SPEED = _dimension(
    "速度", "speed", "4 km/h", {"km/h": Fraction(1000, 60), "公里/小时": Fraction(1000, 60), "m/s": _H, "米/秒": _H}
)
LEVEL = _dimension("声级", "sound level", "119 dB", {"dB": _ONE, "分贝": _ONE})

_QUANTITY = re.compile(r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(\S.*?)?\s*")


def split(value: object) -> tuple[float, str]:
    """Return number and unit of a quantity, whatever it is of; the unit is empty where none is written.

    Raises
    ------
    BadValue
        if it is no quantity
    """
    match = _match(value)
    if match is None:
        raise BadValue(
            Text(f"应为一个数，读到“{shown(value)}”", f"expected one number, found '{shown(value)}'"),
            Text("写一个数，有单位的带单位", "write a number, with its unit if it has one"),
        )
    return float(match[1]), _unit(match)


def _match(value: object) -> re.Match[str] | None:
    if isinstance(value, str):
        return _QUANTITY.fullmatch(value)
    plain = isinstance(value, int | float) and not isinstance(value, bool)
    return _QUANTITY.fullmatch(repr(value)) if plain else None


def _unit(match: re.Match[str]) -> str:
    return re.sub(r"\s*/\s*", "/", match[2] or "")


def parse(value: object, dimension: Dimension) -> float:
    """Return ``value`` in the unit that ``dimension`` is kept in.

    Raises
    ------
    BadValue
        The unit is missing or belongs to another dimension, or the value is negative, not a number, infinite or
        above what the dimension allows.
    """
    match = _match(value)
    known = "、".join(dimension.factors)
    remedy = Text(
        f"写成数字加单位（{known}），例如：{dimension.example}",
        f"write a number with its unit ({known}), such as: {dimension.example}",
    )
    if match is None:
        raise BadValue(
            Text(
                f"应为{dimension.name.zh}，读到“{shown(value)}”",
                f"expected a {dimension.name.en}, found '{shown(value)}'",
            ),
            remedy,
        )
    number, unit = float(match[1]), _unit(match)
    if unit:
        if unit not in dimension.factors:
            raise BadValue(
                Text(
                    f"单位“{shown(unit)}”不能用于{dimension.name.zh}",
                    f"unit '{shown(unit)}' does not fit a {dimension.name.en}",
                ),
                Text(
                    f"可用单位：{known}；例如：{dimension.example}",
                    f"units that fit: {known}; such as: {dimension.example}",
                ),
            )
        factor = dimension.factors[unit]
        number = number * factor.numerator / factor.denominator  # exact for whole numbers: 57 % is 0.57, 23 s is 23/60
    elif not dimension.plain_number:
        raise BadValue(Text("缺少单位", "the unit is missing"), remedy)
    if not math.isfinite(number):
        raise BadValue(Text("数值过大", "the number is too large"), remedy)
    if number < 0:
        raise BadValue(
            Text(f"{dimension.name.zh}不能为负", f"a {dimension.name.en} cannot be negative"),
            Text("改为零或正数", "use zero or a positive number"),
        )
    if number > dimension.highest:
        raise BadValue(
            Text(
                f"{dimension.name.zh}不能大于 {dimension.highest:.15g}",
                f"a {dimension.name.en} cannot exceed {dimension.highest:.15g}",
            ),
            Text("写 0 到 1 之间的数，或 0 % 到 100 %", "write a number from 0 to 1, or 0 % to 100 %")
            if dimension.plain_number
            else Text(f"检查单位，例如：{dimension.example}", f"check the unit, such as: {dimension.example}"),
        )
    return abs(number)  # −0 is 0
