"""Quantities: what is understood, what is refused, and that a refusal can be acted on in either language."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import BadValue, Text
from sim.units import DURATION, LENGTH, LEVEL, RATE, SHARE, SPEED, Dimension, parse

DIMENSIONS = (DURATION, SHARE, RATE, LENGTH, SPEED, LEVEL)
repeatable = settings(derandomize=True, deadline=None)


def by_name(value: object) -> str | None:
    """Name a dimension in test ids; leave the rest to pytest."""
    return value.name.en if isinstance(value, Dimension) else None


def refusal(value: object, dimension: Dimension) -> BadValue:
    """Return the error with which ``value`` is refused."""
    with pytest.raises(BadValue) as caught:
        parse(value, dimension)
    return caught.value


def assert_helpful(text: Text) -> None:
    """Both languages say something, each in its own words, on one short line."""
    assert any("\u4e00" <= letter <= "\u9fff" for letter in text.zh)
    assert any("a" <= letter <= "z" for letter in text.en)
    for sentence in text:
        assert sentence.isprintable()
        assert len(sentence) < 200


# What is understood ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "dimension", "kept"),
    [
        ("30 s", DURATION, 0.5),
        ("25 min", DURATION, 25),
        ("2 h", DURATION, 120),
        ("1 d", DURATION, 1440),
        ("90 秒", DURATION, 1.5),
        ("25 分", DURATION, 25),
        ("25 分钟", DURATION, 25),
        ("1.5 小时", DURATION, 90),
        ("2 天", DURATION, 2880),
        ("85 %", SHARE, 0.85),
        ("85 ％", SHARE, 0.85),
        ("100 %", SHARE, 1),
        ("300 /s", RATE, 18_000),
        ("12 /min", RATE, 12),
        ("40 /h", RATE, 2 / 3),
        ("5 条/秒", RATE, 300),
        ("6 个/分", RATE, 6),
        ("6 个/分钟", RATE, 6),
        ("120 条/小时", RATE, 2),
        ("120 m", LENGTH, 120),
        ("1.5 km", LENGTH, 1500),
        ("200 米", LENGTH, 200),
        ("2 公里", LENGTH, 2000),
        ("4 km/h", SPEED, 200 / 3),
        ("1.2 m/s", SPEED, 72),
        ("3 公里/小时", SPEED, 50),
        ("1 米/秒", SPEED, 60),
        ("119 dB", LEVEL, 119),
        ("70 分贝", LEVEL, 70),
    ],
    ids=by_name,
)
def test_a_quantity_is_kept_in_the_one_unit_of_its_dimension(written: str, dimension: Dimension, kept: float) -> None:
    """The factor of every unit, worked out by hand."""
    assert parse(written, dimension) == pytest.approx(kept, rel=1e-12)


@pytest.mark.parametrize("dimension", DIMENSIONS, ids=by_name)
def test_the_example_shown_in_a_remedy_is_itself_accepted(dimension: Dimension) -> None:
    """Who copies the example out of an error message is helped."""
    assert parse(dimension.example, dimension) > 0


@pytest.mark.parametrize(
    "written", ["25min", " 25 min ", "25\tmin", "+25 min", "25. min", "25.0 min", "2.5e1 min", "２５ min"]
)
def test_spacing_and_notation_do_not_matter(written: str) -> None:
    """People write the same duration in many ways."""
    assert parse(written, DURATION) == 25


@pytest.mark.parametrize(
    ("one", "other", "dimension"),
    [
        ("60 s", "1 min", DURATION),
        ("60 分钟", "1 小时", DURATION),
        ("24 h", "1 天", DURATION),
        ("1 条/秒", "60 /min", RATE),
        ("1000 m", "1 km", LENGTH),
        ("3.6 km/h", "1 m/s", SPEED),
    ],
    ids=by_name,
)
def test_the_same_quantity_in_two_units_is_the_same(one: str, other: str, dimension: Dimension) -> None:
    """Sixty seconds are a minute."""
    assert parse(one, dimension) == pytest.approx(parse(other, dimension), rel=1e-15)


@repeatable
@given(dimension=st.sampled_from(DIMENSIONS), part=st.floats(0, 1), data=st.data())
def test_a_quantity_survives_being_written_in_any_of_its_units(
    dimension: Dimension, part: float, data: st.DataObject
) -> None:
    """Round trip: kept value → text in some unit → kept value."""
    kept = part * min(dimension.highest, 1e6)
    unit = data.draw(st.sampled_from(sorted(dimension.factors)))
    written = f"{kept / dimension.factors[unit]!r} {unit}"
    assert parse(written, dimension) == pytest.approx(kept, rel=1e-12, abs=1e-300)


# Plain numbers --------------------------------------------------------------------------------------------------------


@repeatable
@given(st.floats(0, 1))
def test_a_share_may_be_a_plain_number_or_the_text_of_one(share: float) -> None:
    """0.85 and "0.85" are the same share, to the last digit."""
    assert parse(share, SHARE) == parse(repr(share), SHARE) == share


@pytest.mark.parametrize("whole", [0, 1])
def test_none_and_all_are_shares(whole: int) -> None:
    """Both ends of the range belong to it."""
    assert parse(whole, SHARE) == whole


def test_a_percentage_equals_the_plain_number_it_stands_for() -> None:
    """57 % and 0.57 are one share, not two neighbouring floats."""
    assert [parse(f"{percent} %", SHARE) for percent in range(101)] == [percent / 100 for percent in range(101)]


@pytest.mark.parametrize("dimension", [d for d in DIMENSIONS if d is not SHARE], ids=by_name)
@pytest.mark.parametrize("value", [25, 2.5, 0, "25", "0"], ids=repr)
def test_a_number_without_its_unit_is_refused(value: object, dimension: Dimension) -> None:
    """25 what? Only a share needs no unit."""
    error = refusal(value, dimension)
    assert error.problem == Text("缺少单位", "the unit is missing")
    assert dimension.example in error.remedy.zh
    assert dimension.example in error.remedy.en


# What is refused ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dimension", "unit"),
    [(d, unit) for d in DIMENSIONS for other in DIMENSIONS for unit in other.factors if unit not in d.factors],
    ids=by_name,
)
def test_a_unit_of_another_dimension_is_refused_and_the_fitting_ones_are_named(dimension: Dimension, unit: str) -> None:
    """A length is not a duration."""
    error = refusal(f"1 {unit}", dimension)
    assert unit in error.problem.zh
    assert unit in error.problem.en
    assert all(known in error.remedy.zh and known in error.remedy.en for known in dimension.factors)


@pytest.mark.parametrize("unit", ["minute", "Min", "M", "DB", "s/", "x10 min", ",5 min", " 000 min", "min min", "%%"])
@pytest.mark.parametrize("dimension", DIMENSIONS, ids=by_name)
def test_a_unit_nobody_knows_is_refused(unit: str, dimension: Dimension) -> None:
    """Nothing is guessed: not the case, not a decimal comma, not a thousands space."""
    assert_helpful(refusal(f"1{unit}", dimension).problem)


@pytest.mark.parametrize("dimension", DIMENSIONS, ids=by_name)
def test_nothing_is_negative(dimension: Dimension) -> None:
    """None of the six dimensions goes below zero."""
    unit = next(iter(dimension.factors))
    error = refusal(f"-1 {unit}", dimension)
    assert "不能为负" in error.problem.zh
    assert "negative" in error.problem.en
    assert parse(f"0 {unit}", dimension) == 0


@pytest.mark.parametrize("value", [1.2, "1.2", "120 %", "120％", 2, 1.0000001, "100.001 %"], ids=repr)
def test_a_share_never_exceeds_the_whole(value: object) -> None:
    """1.2 is refused, and the remedy names both ways to write a share."""
    error = refusal(value, SHARE)
    assert "1" in error.problem.zh
    assert "exceed 1" in error.problem.en
    assert "100 %" in error.remedy.zh
    assert "100 %" in error.remedy.en


@pytest.mark.parametrize("dimension", DIMENSIONS, ids=by_name)
@pytest.mark.parametrize(
    "value",
    [
        *(math.nan, math.inf, -math.inf, True, False, None, b"25 min", ["25 min"], {"min": 25}, 25j),
        *(
            "",
            " ",
            "min",
            "nan",
            "nan min",
            "inf min",
            "-inf s",
            "- 5 min",
            "--5 min",
            "five min",
            ".",
            "25 min\nor so",
        ),
    ],
    ids=repr,
)
def test_what_is_not_a_number_is_refused(value: object, dimension: Dimension) -> None:
    """NaN, infinity, truth values, nothing, containers and loose text are no quantities."""
    error = refusal(value, dimension)
    assert dimension.name.zh in error.problem.zh
    assert dimension.name.en in error.problem.en


@pytest.mark.parametrize("dimension", DIMENSIONS, ids=by_name)
def test_a_number_beyond_all_floats_is_refused(dimension: Dimension) -> None:
    """1e400 would silently become infinity, which means "never"."""
    error = refusal(f"1e400 {next(iter(dimension.factors))}", dimension)
    assert error.problem == Text("数值过大", "the number is too large")


# For every input whatsoever -------------------------------------------------------------------------------------------

_texts = st.text(max_size=300) | st.from_regex(
    r"[+-]?[0-9]{1,3}(\.[0-9]{1,2})?(e[0-9]{1,3})? ?[a-z/%秒分钟小时条]{0,4}", fullmatch=True
)


@repeatable
@given(value=_texts | st.floats() | st.integers() | st.booleans() | st.none(), dimension=st.sampled_from(DIMENSIONS))
def test_every_input_is_a_sound_number_or_a_helpful_refusal(value: object, dimension: Dimension) -> None:
    """Never another exception, never NaN, infinite, negative or above the limit."""
    try:
        number = parse(value, dimension)
    except BadValue:
        error = refusal(value, dimension)
        assert str(error) == error.problem.en
        assert_helpful(error.problem)
        assert_helpful(error.remedy)
    else:
        assert isinstance(number, float)
        assert math.isfinite(number)
        assert 0 <= number <= dimension.highest
