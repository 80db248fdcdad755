"""What a planner's file is made of: blocks with quantities, as pydantic types.

The rooms above define their blocks (``CountyPlan``, ``RosterPlan``, ``Channels`` …) from these. A block is frozen, refuses
unknown keys, and may say where its numbers come from (``source``), where they hold (``applies_to``) and how far they can be
trusted (``status``). Fields carry
their unit in the Python name and none in the file, where the value carries it: ``ring_min`` is written ``ring: 30 s``.
"""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from sim import distributions as laws
from sim import units
from sim.errors import BadValue, Text

Status = Literal["文件", "外地做法，本县未规定", "规划假设", "待核实", "合成数据", "演示"]


_LARGEST = 1e7
"""No county has more residents and no platform sends faster; a larger number is a slip that would fill the memory."""


class Block(BaseModel):
    """Base of every block of a scenario file."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        populate_by_name=True,
        arbitrary_types_allowed=True,
        coerce_numbers_to_str=True,
        allow_inf_nan=False,
    )

    source: str | None = Field(None, description="依据：文件名、文号、条款，或“规划假设”的理由")
    applies_to: str | None = Field(None, description="适用地：数字出自或适用于何处")
    status: Status | None = Field(None, description="依据的状态")

    @field_validator("*")
    @classmethod
    def _modest(cls, value: Any, info: ValidationInfo) -> Any:  # noqa: ANN401 - whatever the field holds
        if isinstance(value, int | float) and value > _LARGEST and info.field_name != "seed":
            raise BadValue(
                Text("数值过大", "the number is too large"),
                Text(f"写 {_LARGEST:.0f} 以内的数", f"write a number up to {_LARGEST:.0f}"),
            )
        return value


def _quantity(dimension: units.Dimension) -> tuple[BeforeValidator, WithJsonSchema]:
    schema: dict[str, Any] = {
        "type": ["string", "number"] if dimension.plain_number else "string",
        "description": f"{dimension.name.zh}，例如 {dimension.example}",
        "examples": [dimension.example],
    }
    return BeforeValidator(lambda value: units.parse(value, dimension)), WithJsonSchema(schema)


Minutes = Annotated[float, *_quantity(units.DURATION)]
Share = Annotated[float, *_quantity(units.SHARE)]
PerMinute = Annotated[float, *_quantity(units.RATE)]
Metres = Annotated[float, *_quantity(units.LENGTH)]
MetresPerMinute = Annotated[float, *_quantity(units.SPEED)]
Decibels = Annotated[float, *_quantity(units.LEVEL)]


def _positive(value: float) -> float:
    if value <= 0:
        raise BadValue(Text("必须大于零", "must be above zero"), Text("改为正数", "use a number above zero"))
    return value


Positive = AfterValidator(_positive)


def _moment(value: object) -> datetime:
    try:
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}[ T]\d{1,2}:\d{2}(:\d{2})?", value.strip()):
            date, clock = re.split(r"[ T]", value.strip())
            return datetime(*map(int, date.split("-")), *map(int, clock.split(":")))  # type: ignore[arg-type]  # noqa: DTZ001 - Beijing time throughout
    except ValueError:
        pass
    raise BadValue(
        Text("应为日期和时刻（北京时间，不写时区）", "expected a date and time (Beijing time, no zone)"),
        Text("写成 2025-07-11 01:20", "write it as 2025-07-11 01:20"),
    )


def _clock(value: object) -> time:
    if isinstance(value, str) and (match := re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", value.strip())):
        return time(int(match[1]), int(match[2]))
    raise BadValue(Text("应为时刻", "expected a time of day"), Text("写成 08:30", "write it as 08:30"))


_TEXT_SCHEMA = {"type": "string"}
Moment = Annotated[
    datetime, BeforeValidator(_moment), WithJsonSchema(_TEXT_SCHEMA | {"examples": ["2025-07-11 01:20"]})
]
"""A date and time, Beijing time; written ``2025-07-11 01:20``."""

ClockTime = Annotated[time, BeforeValidator(_clock), WithJsonSchema(_TEXT_SCHEMA | {"examples": ["08:30"]})]
"""A time of day; written ``08:30``."""


PlainNumber = Annotated[float, Field(strict=True)]
"""A number as such: neither text nor a truth value."""


class _Law(Block):
    """Parameters of one law; ``build`` gives the distribution."""

    def build(self) -> laws.Distribution:
        values = {name: getattr(self, name) for name in type(self).model_fields if name not in Block.model_fields}
        law: laws.Distribution = getattr(laws, type(self).__name__.removeprefix("_"))(**values)
        return law


class _Uniform(_Law):
    low: Minutes
    high: Minutes


class _Triangular(_Law):
    low: Minutes
    mode: Minutes
    high: Minutes


class _Exponential(_Law):
    mean: Minutes


class _Lognormal(_Law):
    median: Minutes
    p90: Minutes


class _Weibull(_Law):
    scale: Minutes
    shape: PlainNumber


class _Lindell(_Law):
    a: PlainNumber
    b: PlainNumber


class _RayleighContagion(_Law):
    B: Minutes
    C: PlainNumber = Field(description="每分钟的传播系数")


class _Empirical(_Law):
    minutes: tuple[Minutes, ...]
    shares: tuple[Share, ...]


class _AnyLaw(Block):
    """Exactly one law, named by its key."""

    fixed: Minutes | None = None
    uniform: _Uniform | None = None
    triangular: _Triangular | None = None
    exponential: _Exponential | None = None
    lognormal: _Lognormal | None = None
    weibull: _Weibull | None = None
    lindell: _Lindell | None = None
    rayleigh_contagion: _RayleighContagion | None = None
    empirical: _Empirical | None = None

    @model_validator(mode="after")
    def _one_law(self) -> _AnyLaw:
        given = self._given()
        if len(given) != 1:
            raise BadValue(
                Text("应恰好写一种分布", "exactly one law is expected"),
                Text("例如 lognormal: {median: 3 min, p90: 8 min}", "such as lognormal: {median: 3 min, p90: 8 min}"),
            )
        self.build()
        return self

    def _given(self) -> list[float | _Law]:
        names = [name for name in type(self).model_fields if name not in Block.model_fields]
        return [value for name in names if (value := getattr(self, name)) is not None]

    def build(self) -> laws.Distribution:
        (given,) = self._given()
        return given.build() if isinstance(given, _Law) else laws.Fixed(given)


def _as_law(value: float | _AnyLaw) -> laws.Distribution:
    return value.build() if isinstance(value, _AnyLaw) else laws.Fixed(value)


def _proper(law: laws.Distribution) -> laws.Distribution:
    if law.defective:
        raise BadValue(
            Text(
                "这一步必须会结束，不能用有人永远不完成的分布",
                "this step must end: a law that leaves some undone cannot be used",
            ),
            Text("shares 的最后一项写 100 %，或 C 取正数", "let the last of shares be 100 %, or C be positive"),
        )
    return law


LAW_NAMES = frozenset({*_AnyLaw.model_fields, "normal"} - {*Block.model_fields})
"""The keys that name a law; ``normal`` is none of a duration, but of what is not known."""

Count = Annotated[int, Field(strict=True, ge=0)]
"""A whole number from zero."""

Number = Annotated[float, Field(strict=True, ge=0)]
"""A plain number from zero, for what has no unit."""

Factor = Annotated[float, Field(strict=True, ge=1)]
"""A plain number from one, by which something takes longer. (Of two bounds of one kind pydantic keeps the inner: ``Number`` cannot be narrowed.)"""

Hours24 = Annotated[tuple[Share, ...], Field(min_length=24, max_length=24, description="24 个比例，0 时到 23 时")]


NIGHT_FROM, NIGHT_TO = 23, 6
"""The hours that count as night in ``{day, night}``."""


class _DayNight(Block):
    """One share by day and one by night (23:00 to 06:00)."""

    day: Share
    night: Share


def _by_hour(value: float | tuple[float, ...] | _DayNight) -> tuple[float, ...]:
    if isinstance(value, _DayNight):
        return tuple(value.night if hour >= NIGHT_FROM or hour < NIGHT_TO else value.day for hour in range(24))
    return value if isinstance(value, tuple) else (value,) * 24


def _hours_tag(value: object) -> str:
    if isinstance(value, dict | _DayNight):
        return "day_night"
    return "hours" if isinstance(value, list | tuple) else "value"


if TYPE_CHECKING:  # what they are once read; pydantic sees what may be written
    Delay = laws.Distribution
    Duration = laws.Distribution
    ByHour = tuple[float, ...]
else:
    Delay = Annotated[
        Annotated[Minutes, Tag("value")] | Annotated[_AnyLaw, Tag("law")],
        Discriminator(lambda value: "law" if isinstance(value, dict | _AnyLaw) else "value"),
        AfterValidator(_as_law),
    ]
    """A law in minutes that may leave some undone for ever; plain "5 min" is the fixed one."""

    Duration = Annotated[Delay, AfterValidator(_proper)]
    """A law in minutes that always ends."""

    ByHour = Annotated[
        Annotated[Share, Tag("value")] | Annotated[_DayNight, Tag("day_night")] | Annotated[Hours24, Tag("hours")],
        Discriminator(_hours_tag),
        AfterValidator(_by_hour),
    ]
    """A share for each hour of the day; written as one share, as ``{day, night}`` or as 24 of them."""

UNION_TAGS = frozenset({"value", "law", "day_night", "hours", "[key]"})
"""Names that pydantic puts into the place of a fault and that stand in no file."""
