"""What the console carries: injects, seats, key times and the clocks of a kit, and every text that its script shows."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from sim.exercise.actual_columns import CLOCK_ROWS, SHEETS
from sim.exercise.kit import Inject, KeyTime, Kit, Role, Schedule
from sim.report.words.language import Words
from sim.report.words.phrases_console import OF_CONSOLE_SCRIPT


def content(kit: Kit, title: str, words: Words) -> dict[str, object]:
    """Return what the script of the console needs, ready for JSON; times are seconds."""
    schedule, names = kit.schedule, {limit.requirement: limit.name for limit in kit.limits}
    return {
        "kit": identity(kit),
        "title": title,
        "night_of_day_s": _of_day_s(kit.night.start),
        "night_s": [_seconds(minute) for minute in schedule.night_min],
        "exercise_s": [_seconds(minute) for minute in schedule.exercise_min],
        "seats": [{"id": role.id, "title": role.title.get(words.language)} for role in kit.roles],
        "injects": [_inject(inject, schedule, names, words) for inject in kit.injects],
        "moments": [_moment(moment, words) for moment in kit.key_times],
        "sheets": {
            sheet.key: {
                "name": sheet.name.get(words.language),
                "columns": [[column.key, column.heading.get(words.language)] for column in sheet.columns],
            }
            for sheet in SHEETS
        },
        "clock_rows": {key: text.get(words.language) for key, text in CLOCK_ROWS.items()},
        "texts": {key: text.get(words.language) for key, text in OF_CONSOLE_SCRIPT.items()},
    }


def identity(kit: Kit) -> str:
    """Return what tells a record of this kit from one of another, in whatever language either was written."""
    told = [(inject.id, inject.exercise_min, inject.text) for inject in kit.injects]
    text = json.dumps([told, [moment.id for moment in kit.key_times]], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _inject(inject: Inject, schedule: Schedule, names: dict[str, str], words: Words) -> dict[str, object]:
    language = words.language
    return {
        "id": inject.id,
        "kind": inject.kind,
        "kind_name": words(f"console.kind.{inject.kind}"),
        "at_s": None if inject.exercise_min is None else _seconds(inject.exercise_min),
        "planned": "" if inject.exercise_min is None else f"{schedule.clock(inject.exercise_min):%H:%M:%S}",
        "source": _title(inject.source, words),
        "to": [_title(role, words) for role in inject.to],
        "means": words.or_else(f"channel.{inject.means}", inject.means),
        "text": inject.text.get(language),
        "expected": inject.expected.get(language),
        "evaluator": inject.evaluator.get(language),
        "responsible": _title(inject.responsible, words),
        "seats": sorted({role.id for role in (inject.source, *inject.to, inject.responsible) if role is not None}),
        "limit": _limit(
            inject.limit_min, names.get(inject.requirement, inject.requirement), inject.limit_source, words
        ),
        "step": words.or_else(f"step.{inject.step}", inject.step),
        "condition": inject.condition.get(language) if inject.condition else "",
    }


def _moment(moment: KeyTime, words: Words) -> dict[str, object]:
    return {
        "id": moment.id,
        "what": moment.name.get(words.language),
        "role": _title(moment.responsible, words),
        "limit": "" if moment.within_min is None else words.length(moment.within_min),
        "limit_min": moment.within_min,
    }


def _limit(within_min: float | None, name: str, source: str, words: Words) -> str:
    """Return a limit with what it is called and where it comes from; nothing where there is none."""
    if within_min is None:
        return ""
    return words("console.limit_of", limit=words.length(within_min), name=name, source=source)


def _title(role: Role | None, words: Words) -> str:
    return "" if role is None else role.title.get(words.language)


def _seconds(minutes: float) -> int:
    return round(minutes * 60)


def _of_day_s(moment: datetime) -> int:
    return (moment.hour * 60 + moment.minute) * 60 + moment.second
