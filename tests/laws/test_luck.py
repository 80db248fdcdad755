"""Luck: uniform, independent across everything it is named by, and the same whichever way it is asked for.

Statistical tests run on fixed seeds. ``ALARM`` is the chance that a sound generator would have failed any one of them;
every test shares it among its checks.
"""

from __future__ import annotations

import hashlib
import math
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats

from sim import luck
from sim.luck import Luck, child_id, child_ids, entity_id, entity_ids, uniform, uniform_one

Draws = NDArray[np.float64]
Ids = NDArray[np.uint64]

ALARM = 1e-6
BITS = 52
CELLS = 256
MANY = 500_000
TOP = 2**64 - 1
PURPOSE = "household/asleep"

repeatable = settings(derandomize=True, deadline=None)
words = st.integers(0, TOP) | st.sampled_from([0, 1, 2**32, 2**53, 2**63, TOP])
purposes = st.text(max_size=30)


# Tools ----------------------------------------------------------------------------------------------------------------


def steps(draws: Draws) -> Ids:
    """Return the 52-bit whole numbers behind draws of the form (k + ½)·2⁻⁵²."""
    return np.floor(draws * 2.0**BITS).astype(np.uint64)


def bits(draws: Draws) -> NDArray[np.float32]:
    """Return the bits of each draw as ±1, lowest first; shape (n, 52)."""
    octets = steps(draws).astype("<u8").view(np.uint8).reshape(-1, 8)
    return np.unpackbits(octets, axis=1, bitorder="little")[:, :BITS].astype(np.float32) * 2 - 1


def assert_even(cells: NDArray[np.integer], count: int, checks: int = 1) -> None:
    """Chi-square: each of ``count`` cells is as frequent as any other."""
    assert stats.chisquare(np.bincount(cells, minlength=count)).pvalue > ALARM / checks


def assert_small(scores: NDArray[np.floating]) -> None:
    """No score that should be standard normal is too large, given how many there are."""
    assert np.abs(scores).max() < stats.norm.isf(ALARM / 2 / scores.size)


def assert_uniform(draws: Draws) -> None:
    """Kolmogorov-Smirnov for the shape, chi-square for the high bits and for the low bits."""
    assert stats.kstest(draws, "uniform").pvalue > ALARM / 3
    assert_even((draws * CELLS).astype(int), CELLS, checks=3)
    assert_even((steps(draws) % CELLS).astype(int), CELLS, checks=3)


def assert_independent(one: Draws, other: Draws) -> None:
    """No correlation, and an even chi-square over 16 × 16 squares."""
    correlation = 12 * np.mean((one - 0.5) * (other - 0.5))
    assert abs(correlation) * math.sqrt(one.size) < stats.norm.isf(ALARM / 4)
    assert_even((one * 16).astype(int) * 16 + (other * 16).astype(int), CELLS, checks=2)


def assert_streams_uncorrelated(streams: Draws) -> None:
    """No two rows of draws for the same entities are correlated."""
    centred = (streams - 0.5) * math.sqrt(12)
    products = centred @ centred.T / math.sqrt(streams.shape[1])
    assert_small(products[np.triu_indices(len(streams), k=1)])


def hashed_ids(count: int) -> Ids:
    """Return the ids of ``count`` households of one village."""
    return child_ids(np.full(count, entity_id("330000", "village"), dtype=np.uint64), np.arange(count))


def unmix(x: int) -> int:
    """Undo the SplitMix64 finaliser, which is a bijection of the 64-bit numbers."""
    for shift, factor in ((31, 0x94D049BB133111EB), (27, 0xBF58476D1CE4E5B9), (30, 1)):
        undone = x
        for _ in range(64 // shift):
            undone = x ^ (undone >> shift)
        x = undone * pow(factor, -1, 2**64) & TOP
    return x


def entity_whose_hash_is(word: int, seed: int, replication: int, purpose: str) -> int:
    """Return the one entity that the two rounds of mixing take to ``word``."""
    first, second = luck._keys(seed, replication, purpose)  # no draw reveals its key
    return (unmix(unmix(word) ^ second) - first) & TOP


# Uniformity -----------------------------------------------------------------------------------------------------------


def test_the_uniformity_check_has_the_power_to_see_a_fault() -> None:
    """Of half a million draws: cells off by 3 % (rms), or a shift of 0.75 %, are caught 999 times in 1000."""
    critical = stats.chi2.isf(ALARM / 3, CELLS - 1)
    assert stats.ncx2.sf(critical, CELLS - 1, MANY * 0.03**2) > 0.999
    # Kolmogorov-Smirnov: the statistic is at least shift − noise, and noise exceeds `noise` once in 1000
    noise, needed = (stats.kstwobign.isf(p) / math.sqrt(MANY) for p in (0.001, ALARM / 3))
    assert noise + needed < 0.0075
    even = (np.arange(MANY) + 0.5) / MANY
    with pytest.raises(AssertionError):
        assert_uniform(even**1.05)
    with pytest.raises(AssertionError):
        assert_independent(even, even)


@pytest.mark.parametrize(
    "draw",
    [
        pytest.param(lambda: uniform(0, 0, PURPOSE, np.arange(MANY)), id="sequential ids"),
        pytest.param(lambda: uniform(1, 0, PURPOSE, np.arange(MANY) << np.int64(32)), id="ids in the high half"),
        pytest.param(lambda: uniform(0, 0, PURPOSE, hashed_ids(MANY)), id="hashed ids"),
        pytest.param(
            lambda: uniform(0, 0, PURPOSE, entity_ids(f"house {n}" for n in range(MANY // 5))), id="named ids"
        ),
        pytest.param(lambda: np.array([uniform_one(0, r, PURPOSE, 7) for r in range(MANY // 5)]), id="replications"),
        pytest.param(lambda: np.array([uniform_one(s, 0, PURPOSE, 7) for s in range(MANY // 5)]), id="seeds"),
        pytest.param(lambda: np.array([uniform_one(0, 0, f"call/{n}", 7) for n in range(MANY // 5)]), id="purposes"),
    ],
)
def test_luck_is_uniform(draw: Callable[[], Draws]) -> None:
    """Along every axis that a study walks: entities, replications, seeds, purposes."""
    assert_uniform(draw())


def test_every_bit_is_a_fair_coin_and_no_two_bits_go_together() -> None:
    """All 52 bits and all 1326 pairs of them; a bias of 2 % in any one would be seen."""
    table = bits(uniform(0, 0, PURPOSE, np.arange(200_000)))
    size = math.sqrt(len(table))
    assert_small(table.sum(axis=0, dtype=np.float64) / size)
    assert_small((table.T @ table)[np.triu_indices(BITS, k=1)] / size)


def test_changing_one_bit_of_an_id_changes_each_bit_of_its_luck_half_of_the_time() -> None:
    """Avalanche: 64 bits in, 52 bits out; sequential ids are no more alike than any others."""
    ids = np.arange(4000, dtype=np.uint64)
    before = bits(uniform(0, 0, PURPOSE, ids))
    flips = (np.uint64(1) << np.arange(64, dtype=np.uint64)).tolist()
    scores = [(before * bits(uniform(0, 0, PURPOSE, ids ^ np.uint64(flip)))).sum(axis=0) for flip in flips]
    assert_small(np.array(scores) / math.sqrt(ids.size))


# Strictly between 0 and 1 ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "expected"), [(TOP, 1 - 2.0**-53), (TOP << 12 & TOP, 1 - 2.0**-53), (0, 2.0**-53), (4095, 2.0**-53)]
)
@pytest.mark.parametrize("seed", [0, TOP])
def test_the_most_extreme_hashes_stay_inside_the_open_interval(word: int, expected: float, seed: int) -> None:
    """The largest 52-bit value maps just below one, the smallest just above zero, on both paths."""
    entity = entity_whose_hash_is(word, seed, 3, PURPOSE)
    assert 0 < expected < 1
    assert uniform_one(seed, 3, PURPOSE, entity) == expected
    assert uniform(seed, 3, PURPOSE, [entity]).tolist() == [expected]


@repeatable
@given(seed=words, replication=words, purpose=purposes, entity=words)
def test_luck_is_never_zero_nor_one(seed: int, replication: int, purpose: str, entity: int) -> None:
    """Inverse sampling may take the logarithm of u and of 1 − u."""
    assert 0 < uniform_one(seed, replication, purpose, entity) < 1


# Independence ---------------------------------------------------------------------------------------------------------

SEQUENTIAL = np.arange(MANY, dtype=np.uint64)


@pytest.mark.parametrize(
    ("seed", "replication", "purpose", "shift"),
    [
        pytest.param(0, 0, "household/awake", 0, id="purposes"),
        pytest.param(0, 0, "asleep/household", 0, id="purposes with the same letters"),
        pytest.param(0, 1, PURPOSE, 0, id="replications"),
        pytest.param(0, 2**32, PURPOSE, 0, id="replications far apart"),
        pytest.param(1, 0, PURPOSE, 0, id="seeds"),
        pytest.param(TOP, 0, PURPOSE, 0, id="first and last seed"),
        pytest.param(0, 0, PURPOSE, 1, id="next id"),
        pytest.param(0, 0, PURPOSE, 256, id="id 256 further"),
        pytest.param(0, 0, PURPOSE, 2**32, id="id in the next 32 bits"),
        pytest.param(0, 1, PURPOSE, 1, id="next id on the next night"),
    ],
)
def test_luck_is_independent_of_other_luck(seed: int, replication: int, purpose: str, shift: int) -> None:
    """Sequential entities, against the same ones with one or two of their names changed."""
    one = uniform(0, 0, PURPOSE, SEQUENTIAL)
    assert_independent(one, uniform(seed, replication, purpose, SEQUENTIAL + np.uint64(shift)))


@pytest.mark.parametrize("lag", [1, 2, 3, 12, 60])
def test_neighbouring_households_have_nothing_in_common(lag: int) -> None:
    """Hashed ids of one village, at several distances."""
    draws = uniform(0, 0, PURPOSE, hashed_ids(MANY))
    assert_independent(draws[lag:], draws[:-lag])


@pytest.mark.parametrize("axis", ["replication", "seed"])
def test_one_entity_is_independent_from_night_to_night(axis: str) -> None:
    """Night r against night r + 1, for one entity; the same from seed to seed."""
    draws = np.array(
        [uniform_one(n, 0, "a", 7) if axis == "seed" else uniform_one(0, n, "a", 7) for n in range(50_000)]
    )
    assert_independent(draws[1:], draws[:-1])


@pytest.mark.parametrize(
    "stream",
    [
        pytest.param(lambda n, ids: uniform(0, n, PURPOSE, ids), id="replications"),
        pytest.param(lambda n, ids: uniform(n, 0, PURPOSE, ids), id="seeds"),
        pytest.param(lambda n, ids: uniform(0, 0, f"call/{n}", ids), id="purposes"),
        pytest.param(lambda n, ids: uniform(0, 0, PURPOSE, ids + np.uint64(n)), id="sequential ids"),
        pytest.param(lambda n, ids: uniform(0, 0, PURPOSE, child_ids(ids, np.full(ids.size, n))), id="children"),
    ],
)
def test_no_two_of_300_streams_are_correlated(stream: Callable[[int, Ids], Draws]) -> None:
    """All 44 850 pairs, over 4000 entities; a correlation of 0.2 in any one would be seen."""
    entities = np.arange(4000, dtype=np.uint64) * np.uint64(1000)
    assert_streams_uncorrelated(np.array([stream(n, entities) for n in range(300)]))


def test_no_two_nights_share_their_luck() -> None:
    """100 seeds × 100 replications: no night is another one under a different name."""
    assert len({uniform_one(seed, night, PURPOSE, 7) for seed in range(100) for night in range(100)}) == 10_000


# Scalars and arrays ---------------------------------------------------------------------------------------------------


@repeatable
@given(seed=words, replication=words, purpose=purposes, ids=st.lists(words, min_size=1, max_size=20))
def test_one_at_a_time_or_all_at_once_the_luck_is_the_same(
    seed: int, replication: int, purpose: str, ids: list[int]
) -> None:
    """Scalar and array path agree bit for bit, through the functions and through ``Luck``."""
    expected = [uniform_one(seed, replication, purpose, entity) for entity in ids]
    night = Luck(seed, replication)
    assert uniform(seed, replication, purpose, ids).tolist() == expected
    assert night.uniform(purpose, np.array(ids, dtype=np.uint64)).tolist() == expected
    assert [night.one(purpose, entity) for entity in ids] == expected


@repeatable
@given(families=st.lists(st.tuples(words, words), min_size=1, max_size=20))
def test_children_are_named_the_same_one_at_a_time_or_all_at_once(families: list[tuple[int, int]]) -> None:
    """``child_id`` and ``child_ids`` agree bit for bit over all of uint64."""
    parents, numbers = (np.array(column, dtype=np.uint64) for column in zip(*families, strict=True))
    assert child_ids(parents, numbers).tolist() == [child_id(parent, number) for parent, number in families]


@pytest.mark.parametrize("count", [0, 1, 32767, 32768, 32769, 65536, 65537, 100_000])
def test_the_number_of_entities_asked_for_changes_nothing(count: int) -> None:
    """Arrays are worked in blocks of 32768; the seams do not show."""
    ids = hashed_ids(count)
    draws = uniform(5, 3, PURPOSE, ids)
    assert draws.shape == (count,)
    pieces = [uniform(5, 3, PURPOSE, ids[begin : begin + 1000]) for begin in range(0, count, 1000)]
    assert np.array_equal(draws, np.concatenate([[], *pieces]))
    seams = [row for row in (0, 32766, 32767, 32768, 32769, 65535, 65536, count - 1) if 0 <= row < count]
    assert draws[seams].tolist() == [uniform_one(5, 3, PURPOSE, int(ids[row])) for row in seams]


# Luck belongs to the entity -------------------------------------------------------------------------------------------


@repeatable
@given(ids=st.lists(words, min_size=1, max_size=50), data=st.data())
def test_permuting_entities_permutes_their_luck(ids: list[int], data: st.DataObject) -> None:
    """Nobody's luck depends on who stands before them."""
    order = np.array(data.draw(st.permutations(range(len(ids)))))
    table = np.array(ids, dtype=np.uint64)
    assert np.array_equal(uniform(0, 0, PURPOSE, table[order]), uniform(0, 0, PURPOSE, table)[order])


@repeatable
@given(ids=st.lists(words, max_size=50), others=st.lists(words, max_size=50), row=st.integers(0, 50))
def test_adding_entities_changes_nobody_elses_luck(ids: list[int], others: list[int], row: int) -> None:
    """Newcomers in front, behind or in between leave every other draw as it was."""
    larger = uniform(0, 0, PURPOSE, ids[:row] + others + ids[row:])
    kept = np.delete(larger, np.arange(len(others)) + min(row, len(ids)))
    assert np.array_equal(kept, uniform(0, 0, PURPOSE, ids))


def test_the_way_ids_are_stored_changes_nothing_and_they_are_not_written_to() -> None:
    """Strided, reversed, signed or listed: the same ids, the same luck."""
    ids = np.arange(2000, dtype=np.uint64)
    draws = uniform(0, 0, PURPOSE, ids)
    ids.setflags(write=False)
    assert np.array_equal(uniform(0, 0, PURPOSE, ids[::3]), draws[::3])
    assert np.array_equal(uniform(0, 0, PURPOSE, ids[::-1]), draws[::-1])
    assert np.array_equal(uniform(0, 0, PURPOSE, ids.astype(np.int32)), draws)
    assert np.array_equal(uniform(0, 0, PURPOSE, ids.tolist()), draws)
    assert child_ids(ids, ids).shape == ids.shape


def test_drawing_for_another_purpose_in_between_changes_nothing() -> None:
    """There is no stream to advance: order and number of other draws do not matter."""
    before = [uniform_one(0, 0, PURPOSE, entity) for entity in range(10)]
    for n in range(5000):  # more than the cache of keys holds
        uniform_one(n, n, f"call/{n}", n)
    assert [uniform_one(0, 0, PURPOSE, entity) for entity in reversed(range(10))] == before[::-1]


# Seeds and processes --------------------------------------------------------------------------------------------------


def test_seed_zero_is_a_seed_like_any_other() -> None:
    """It is repeatable, and differs from seed 1 for every entity."""
    zero, one = (uniform(seed, 0, PURPOSE, np.arange(1000)) for seed in (0, 1))
    assert np.array_equal(uniform(0, 0, PURPOSE, np.arange(1000)), zero)
    assert not np.any(zero == one)


def test_another_process_with_another_hash_seed_has_the_same_luck() -> None:
    """Nothing depends on Python's own randomised hashing."""
    program = (
        "import sys; from sim.luck import *; "
        "draws = uniform(0, 2, '户/入睡', [child_id(entity_id('村', n), n) for n in range(50)]); "
        "sys.stdout.write(' '.join(u.hex() for u in draws.tolist()))"
    )
    here = uniform(0, 2, "户/入睡", [child_id(entity_id("村", n), n) for n in range(50)])
    root = str(Path(luck.__file__).parents[1])
    for hash_seed in ("0", "4242"):
        environment = os.environ | {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": root, "PYTHONUTF8": "1"}
        run = subprocess.run(
            [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
        )
        assert [float.fromhex(u) for u in run.stdout.split()] == here.tolist()


# Names ----------------------------------------------------------------------------------------------------------------


def test_an_entity_id_is_the_blake2b_of_its_parts() -> None:
    """Known answer by hashlib: 8 bytes of BLAKE2b over the parts joined by the unit separator, lowest byte first."""
    digest = hashlib.blake2b("330000\x1f和平村\x1f12".encode(), digest_size=8).digest()
    expected = sum(byte << (8 * place) for place, byte in enumerate(digest))
    assert entity_id("330000", "和平村", 12) == expected
    assert entity_ids(["a", "和平村"]).tolist() == [entity_id("a"), entity_id("和平村")]
    assert entity_ids([]).dtype == entity_ids(["a"]).dtype == np.uint64


def test_parts_of_a_name_do_not_run_together() -> None:
    """Village 1, house 23 is not village 12, house 3."""
    assert len({entity_id(1, 23), entity_id(12, 3), entity_id(123), entity_id(23, 1), entity_id()}) == 5


def test_children_of_entity_zero_are_the_published_splitmix64_sequence() -> None:
    """Known answer: Vigna's splitmix64 from state 0, to which ``child_id`` reduces because the finaliser keeps zero."""
    published = [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F]
    assert [child_id(0, number) for number in range(3)] == published


@pytest.mark.parametrize(("parents", "children"), [(1, 1_000_000), (1000, 1000), (1_000_000, 1)])
def test_a_million_children_have_a_million_ids(parents: int, children: int) -> None:
    """A collision among 10⁶ random 64-bit ids has chance 3e-8; also none equals one of the parents."""
    family = np.repeat(np.arange(parents, dtype=np.uint64), children)
    ids = child_ids(family, np.tile(np.arange(children), parents))
    everyone = np.sort(np.concatenate([ids, np.arange(parents, dtype=np.uint64)]))
    assert everyone.size == 1_000_000 + parents
    assert np.all(everyone[1:] != everyone[:-1])
