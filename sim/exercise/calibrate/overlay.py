"""What was learnt as a file that a scenario extends: the same paths, each with its source, and ranges for the sensitivity analysis.

A block keeps its status unless all its numbers come from the log: then it is 文件, as the log is a document of the county. What a block holds
besides keeps its old source, which is told after the new one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sim.errors import BadValue
from sim.exercise.calibrate.fit import Calibration, Learnt
from sim.exercise.calibrate.fit import written_at as _at
from sim.exercise.calibrate.subjects import Subject, titled
from sim.scenario import yaml_text
from sim.units import split

_STATUS, _LOG = "文件", "叫应日志《{name}》"
_HEAD = """\
# 由 jiaoying calibrate 写出：叫应日志对情景“{scenario}”的校准。在情景的 extends 最后加上这个文件，里面的数就代替原来的。
# 概率、用时为后验值；uncertain 中的范围为 95% 的后验区间，供 jiaoying sensitivity、study --draws 使用。日志中的姓名没有保留。
"""
_PARAMETERS = {"median": "中位数", "p90": "九成不超过", "low": "最短", "mode": "最可能", "high": "最长"}


def overlay_text(calibration: Calibration) -> str:
    """Return the file."""
    return _HEAD.format(scenario=calibration.scenario.plan.name) + yaml_text(overlay(calibration))


def overlay(calibration: Calibration) -> dict[str, Any]:
    """Return the file as plain data."""
    data: dict[str, Any] = {}
    blocks: dict[str, list[Learnt]] = defaultdict(list)
    for one in calibration.learnt:
        _put(data, one.path, one.value)
        blocks[_block_of(one.path)].append(one)
    for block, learnt in blocks.items():
        for key, value in _provenance(calibration, block, learnt).items():
            _put(data, f"{block}.{key}", value)
    ranges = {one.path: _range(calibration, one) for one in calibration.learnt if _fits(one)}
    return data | ({"uncertain": ranges} if ranges else {})


def said_of_log(calibration: Calibration, about: Subject) -> str:
    """Return what the log is of which something was learnt: its name, its dates, how much of it there is."""
    log = calibration.log
    days = ""
    if log.first is not None and log.last is not None:
        days = f"{log.first:%Y-%m-%d}" + (f"至{log.last:%Y-%m-%d}" if log.last != log.first else "")
    mine = [one for one in calibration.learnt if one.about.kind == about.kind and one.about.of == about.of]
    if about.kind in ("reachable", "answer"):
        called = [one for one in log.called if one.post == about.of]
        tries = [tried for one in called for tried in one.tries]
        counted = f"{len(called)}人次、试拨{len(tries)}次、接听{sum(one.answered for one in tries)}次"
        weight = f"原值计{calibration.weight:g}次试拨"
    else:
        counted, weight = f"{mine[0].count}个用时", "原值计4次"
    return f"{_LOG.format(name=log.name)}{f'（{days}）' if days else ''}，{counted}；{weight}"


def learnt_before(calibration: Calibration) -> list[Learnt]:
    """Return the numbers whose source names a log of this name already: the same calls may count twice."""
    name = _LOG.format(name=calibration.log.name)
    blocks = ((one, _at(calibration.scenario, _block_of(one.path))) for one in calibration.learnt)
    return [one for one, raw in blocks if isinstance(raw, Mapping) and name in str(raw.get("source"))]


def _provenance(calibration: Calibration, block: str, learnt: list[Learnt]) -> dict[str, str]:
    """Return source and, where nothing else is in it, status of a block."""
    raw = _at(calibration.scenario, block)
    said = "；".join(dict.fromkeys(said_of_log(calibration, one.about) for one in learnt))
    stays = {one.path for one in calibration.unchanged}
    whole = learnt[0].about.kind in ("reachable", "answer") and not any(path.startswith(f"{block}.") for path in stays)
    if whole:
        return {"source": said, "applies_to": f"{calibration.scenario.county.name}（日志所及）", "status": _STATUS}
    named = "、".join(dict.fromkeys(titled(calibration.scenario, one.about).zh for one in learnt))
    old = raw.get("source") if isinstance(raw, Mapping) else None
    return {"source": f"{named}据{said}。其余{f'：{old}' if old else '为情景原值'}"}


def _range(calibration: Calibration, one: Learnt) -> dict[str, Any]:
    """Return what is not known of a number, over what the scenario says of it; a law of the range would no longer fit and goes."""
    before = calibration.scenario.plan.uncertain.get(one.path)
    name = titled(calibration.scenario, one.about).zh
    title = f"{name}（{_PARAMETERS[one.parameter]}）" if one.parameter else name
    shape = {"shape": None} if before is not None and before.shape is not None else {}
    return {
        "title": before.title if before is not None and before.title else title,
        "range": [one.low, one.high],
        **shape,
        "source": f"{said_of_log(calibration, one.about)}；95%后验区间",
        "applies_to": f"{calibration.scenario.county.name}（日志所及）",
        "status": _STATUS,
    }


def _fits(one: Learnt) -> bool:
    """Tell whether the interval is one that a scenario takes: it holds the number, and is more than that."""
    try:
        (low, a), (value, b), (high, c) = split(one.low), split(one.value), split(one.high)
    except BadValue:
        return False
    return a == b == c and low <= value <= high and low < high


def _block_of(path: str) -> str:
    """Return the block that tells the source of a number: the post, the desk, the means."""
    names = path.split(".")
    if names[:2] == ["roster", "posts"] or names[:2] == ["roster", "desks"]:
        return ".".join(names[:3])
    return ".".join(names[:3] if names[2] == "duty" else names[:2])


def _put(data: dict[str, Any], path: str, value: Any) -> None:  # noqa: ANN401 - plain YAML data
    *above, last = path.split(".")
    for name in above:
        data = data.setdefault(name, {})
    data[last] = value
