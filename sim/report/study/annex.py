"""How the study was made and what its numbers are and are not."""

from __future__ import annotations

from sim.report.content.notices import credits_due, synthetic_note
from sim.report.study.about import About


def methods(about: About) -> tuple[str, ...]:
    """Return the points of the annex."""
    words, study, plan = about.words, about.study, about.scenario.plan
    due = words.listed(credits_due(about.scenario, words))
    left_out = {
        "head.evacuation": plan.evacuation,
        "head.reports": plan.report_up,
        "head.outages": plan.outages,
    }
    missing = words.listed(words(key) for key, own in left_out.items() if own is None)
    points = (
        words("study.annex.runs", n=study.count, last=study.nights.replications[-1], seed=plan.seed),
        words("study.annex.interval"),
        words(f"study.annex.{study.asked.kind}"),
        words("study.annex.luck", what=words("study.annex.joint").join(_luck(about))),
        words("study.annex.fixed_parts"),
        words("study.annex.quantiles"),
        words("study.annex.never", length=words.length(plan.end_min)),
        words("study.annex.together"),
        words("study.annex.caution"),
        words("study.annex.unknown", n=len(plan.uncertain)) if plan.uncertain and not study.draws else "",
        words("study.annex.missing", what=missing) if missing else "",
        synthetic_note(about.scenario, about.names, words),
        words("note.rounding"),
        words("note.terms"),
        words("note.credits", credits=due) if due else "",
    )
    return tuple(point for point in points if point)


def _luck(about: About) -> list[str]:
    """Return what differs from run to run."""
    words, plan = about.words, about.scenario.plan
    said = [words("study.annex.luck_calls"), words("study.annex.luck_homes")]
    if plan.outages is not None:
        said.append(words("study.annex.luck_outages"))
    if plan.hazard.onset is not None:
        said.append(words("study.annex.luck_onset"))
    return said


def again(about: About) -> str:
    """Return the command that makes the study once more, from inside its folder."""
    asked = about.study.asked
    command = "jiaoying study scenario.resolved.yaml"
    if asked.precision is not None:
        command += f" --precision {100 * asked.precision:g}"
    command += f" -n {asked.nights}"
    if asked.limits_share is not None:
        command += f" --suggest-limits {about.words.exact_percent(asked.limits_share)}"
    if asked.decisive:
        command += " --decisive"
    if asked.draws:
        command += f" --draws {asked.draws}"
    if about.names.asked:
        command += " --real-names"
    return command if about.words.language == "zh" else f"{command} --lang {about.words.language}"
