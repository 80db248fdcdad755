"""From pydantic's errors to faults with file, line, key and remedy, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from sim.blocks import UNION_TAGS
from sim.errors import BadValue, Fault, Text, shown
from sim.scenario.documents import Document
from sim.scenario.reading import Key, Mark, dotted

_BOUNDS = ("gt", "ge", "lt", "le", "min_length", "max_length")
MISSING = Text("缺少这一项", "this key is missing")
_KINDS = {
    "missing": MISSING,
    "literal_error": Text("不在允许的取值中", "is not one of the allowed values"),
    "extra_forbidden": Text("不认识的键", "unknown key"),
    "string_type": Text("应为文字", "should be text"),
    "string_pattern_mismatch": Text("含有不允许的字符", "holds a character that is not allowed"),
    "string_too_long": Text("文字过长", "the text is too long"),
    "int_type": Text("应为整数", "should be a whole number"),
    "float_type": Text("应为数", "should be a number"),
    "bool_type": Text("应为 true 或 false", "should be true or false"),
    "tuple_type": Text("应为列表", "should be a list"),
    "dict_type": Text("应为“键: 值”", "should be 'key: value' lines"),
    "model_type": Text("应为“键: 值”", "should be 'key: value' lines"),
    "too_short": Text("项数太少", "too few entries"),
    "too_long": Text("项数太多", "too many entries"),
    "greater_than": Text("数值太小", "the number is too small"),
    "greater_than_equal": Text("数值太小", "the number is too small"),
    "less_than": Text("数值太大", "the number is too large"),
    "less_than_equal": Text("数值太大", "the number is too large"),
    "finite_number": Text("应为有限的数", "should be a finite number"),
}


def translate(error: ValidationError, document: Document, model: type[BaseModel], at: Key = ()) -> list[Fault]:
    """Return a fault for each error of ``model`` validated against what stands at ``at`` in the document."""
    items = error.errors(include_url=False)
    places = [item["loc"] for item in items]
    told = [
        item
        for item in items  # an entry at fault does not count, so pydantic finds its list too short as well
        if not (
            item["type"] == "too_short"
            and any(p != item["loc"] and p[: len(item["loc"])] == item["loc"] for p in places)
        )
    ]
    return [_fault(dict(item), document, model, at) for item in told]


def _fault(item: dict[str, Any], document: Document, model: type[BaseModel], at: Key) -> Fault:
    place = _written(item["loc"], model)
    key = (*at, *place)
    kind, context = item["type"], item.get("ctx", {})
    bad = context.get("error")
    value = (
        "" if kind == "missing" or isinstance(item["input"], dict | list | BaseModel) else _as_written(item["input"])
    )
    if isinstance(bad, BadValue):
        problem, remedy = bad.problem, bad.remedy
    else:
        problem, remedy = _explain(kind, context, place, model, item["msg"])
    return at_mark(document, key, value, problem, remedy, on_key=kind in ("extra_forbidden", "missing"))


def _written(loc: Key, model: type[BaseModel]) -> Key:
    """Return the place of a fault without the names that stand in no file; one of them may be a key of a block."""
    place: Key = ()
    for name in loc:
        if name not in UNION_TAGS or name in _known_keys(model, place):
            place = (*place, name)
    return place


def _as_written(value: object) -> str:
    """Return a value as YAML writes it."""
    return (
        {None: "null", True: "true", False: "false"}[value]
        if value is None or isinstance(value, bool)
        else shown(value)
    )


def at_mark(document: Document, key: Key, value: str, problem: Text, remedy: Text, *, on_key: bool = False) -> Fault:
    """Return a fault at the place of ``key`` in the document."""
    mark = document.mark(key) or Mark("", 0, 0, 0, 0)
    line, column = (mark.line, mark.column) if on_key else (mark.value_line, mark.value_column)
    return Fault(mark.file, line, column, dotted(key), value, problem, remedy)


def _explain(kind: str, context: dict[str, Any], place: Key, model: type[BaseModel], message: str) -> tuple[Text, Text]:
    """Return what is wrong and what to do about it."""
    problem = _KINDS.get(kind, Text(f"不符合要求（{message}）", message))
    if kind == "extra_forbidden":
        return problem, _other_key(place, model)
    if kind == "missing":
        en = f"add {place[-1]}, or extend a file that has it"
        return problem, Text(f"补上 {place[-1]}（{_described(model, place)}）或继承写有它的文件", en)
    return problem, _other_value(kind, context, message)


def _other_key(place: Key, model: type[BaseModel]) -> Text:
    known = sorted(_known_keys(model, place[:-1]))
    near = get_close_matches(str(place[-1]), known, n=1)
    if near:
        return Text(f"是否想写“{near[0]}”？", f"did you mean '{near[0]}'?")
    return Text(f"删去它；这里可写：{'、'.join(known)}", f"remove it; keys known here: {', '.join(known)}")


def _other_value(kind: str, context: dict[str, Any], message: str) -> Text:
    limit = next((value for name, value in context.items() if name in _BOUNDS), None)
    remedies = {
        "literal_error": lambda: _one_of(str(context["expected"]).replace(" or ", ", ")),
        "string_pattern_mismatch": lambda: _one_of(str(context["pattern"]).strip("^$+")),
        "string_type": lambda: Text("这一项要填文字；可省略的项可以整行删去", "write a text; an optional line may go"),
        "greater_than": lambda: Text(f"应大于 {limit}", message),
        "greater_than_equal": lambda: Text(f"应不小于 {limit}", message),
        "less_than": lambda: Text(f"应小于 {limit}", message),
        "less_than_equal": lambda: Text(f"应不大于 {limit}", message),
        "too_short": lambda: Text(f"应至少 {limit} 项", f"write at least {limit}"),
        "too_long": lambda: Text(f"应至多 {limit} 项", f"write at most {limit}"),
    }
    general = Text("对照 configs/ 和 scenarios/ 中的例子改正", f"correct it: {message}")
    return remedies.get(kind, lambda: general)()


def _one_of(allowed: str) -> Text:
    return Text(f"可用：{allowed}", f"use one of: {allowed}")


def _known_keys(model: type[BaseModel], place: Key) -> set[str]:
    """Return the keys that may stand in the block at ``place``."""
    blocks = list(_blocks_at(model, place))
    return {field.alias or name for block in blocks for name, field in block.model_fields.items()}


def _described(model: type[BaseModel], place: Key) -> str:
    for block in _blocks_at(model, place[:-1]):
        for name, field in block.model_fields.items():
            if (field.alias or name) == place[-1] and field.description:
                return field.description
    return "必填"


def _blocks_at(model: type[BaseModel], place: Key) -> Iterator[type[BaseModel]]:
    here = [model]
    for name in place:
        below: list[type[BaseModel]] = []
        for block in here:
            for field_name, field in block.model_fields.items():
                if (field.alias or field_name) == name:
                    below.extend(_models_in(field.annotation))
        here = below or here  # a list index or a free key stays in the same block
    yield from here


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401 - a type
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)
