"""What the console carries: injects, seats, key times and the clocks of a kit, and every text that its script shows."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from sim.exercise.actual_columns import CLOCK_ROWS, SHEETS
from sim.exercise.actuals import NEVER, UNKNOWN
from sim.exercise.kit import Inject, KeyTime, Kit
from sim.report.exercise.about import About
from sim.report.words.phrases_console import OF_CONSOLE_SCRIPT


def content(about: About) -> dict[str, object]:
    """Return what the script of the console needs, ready for JSON; times are seconds."""
    kit, schedule = about.kit, about.kit.schedule
    return {
        "kit": identity(kit),
        "title": about.title,
        "night_of_day_s": _of_day_s(kit.night.start),
        "night_s": [_seconds(minute) for minute in schedule.night_min],
        "exercise_s": [_seconds(minute) for minute in schedule.exercise_min],
        "seats": [{"id": role.id, "title": about.role(role)} for role in kit.roles],
        "injects": [_inject(inject, about) for inject in kit.injects],
        "moments": [_moment(moment, about) for moment in kit.key_times],
        "sheets": {
            sheet.key: {
                "name": about.said(sheet.name),
                "columns": [[column.key, about.said(column.heading)] for column in sheet.columns],
            }
            for sheet in SHEETS
        },
        "clock_rows": {key: about.said(text) for key, text in CLOCK_ROWS.items()},
        "words": {"never": about.said(NEVER), "unknown": about.said(UNKNOWN)},
        "texts": {key: about.said(text) for key, text in OF_CONSOLE_SCRIPT.items()},
    }


def identity(kit: Kit) -> str:
    """Return what tells a record of this kit from one of another, in whatever language either was written."""
    told = [(inject.id, inject.exercise_min, inject.text) for inject in kit.injects]
    text = json.dumps([told, [moment.id for moment in kit.key_times]], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _inject(inject: Inject, about: About) -> dict[str, object]:
    minute = inject.exercise_min
    return {
        "id": inject.id,
        "kind": inject.kind,
        "kind_name": about.kind(inject),
        "at_s": None if minute is None else _seconds(minute),
        "planned": "" if minute is None else about.clock(minute),
        "source": about.role(inject.source),
        "to": [about.role(role) for role in inject.to],
        "means": about.means(inject),
        "text": about.said(inject.text),
        "expected": about.said(inject.expected),
        "evaluator": about.said(inject.evaluator),
        "responsible": about.role(inject.responsible),
        "seats": sorted({role.id for role in (inject.source, *inject.to, inject.responsible) if role is not None}),
        "limit": about.limit(inject),
        "step": about.words.or_else(f"step.{inject.step}", inject.step),
        "condition": "" if inject.condition is None else about.said(inject.condition),
    }


def _moment(moment: KeyTime, about: About) -> dict[str, object]:
    return {
        "id": moment.id,
        "what": about.said(moment.name),
        "role": "" if moment.responsible is None else about.role(moment.responsible),
        "limit": "" if moment.within_min is None else about.words.length(moment.within_min),
        "limit_min": moment.within_min,
    }


def _seconds(minutes: float) -> int:
    return round(minutes * 60)


def _of_day_s(moment: datetime) -> int:
    return (moment.hour * 60 + moment.minute) * 60 + moment.second
