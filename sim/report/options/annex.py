"""How options were compared, what the numbers are and are not, and the command that does it again."""

from __future__ import annotations

from sim.report.content.notices import credits_due, synthetic_note, version
from sim.report.options.about import About


def cautions(about: About) -> list[str]:
    """Return how the page is to be read."""
    words, found = about.words, about.found
    doubts = about.doubtful(one.id for one in found.options)
    placed = any(one.places for one in found.options)
    points = (
        words("options.caution.scenario"),
        words("compare.caution.sure"),
        words("options.caution.costs", doubts=doubts) if doubts else "",
        words("options.caution.places") if placed and found.scenario.synthetic else "",
        words("options.caution.order"),
        words("options.caution.persons") if found.objective.unit == "person" else "",
        words("compare.caution.people"),
        synthetic_note(found.scenario, found.names, words),
    )
    return [point for point in points if point]


def methods(about: About) -> list[str]:
    """Return the points of the annex."""
    words, found, asked = about.words, about.found, about.found.asked
    due = words.listed(credits_due(found.scenario, words))
    whole = asked.screen + asked.finals
    points = (
        words("options.annex.objective", name=about.objective, note=about.objective_note),
        words("options.annex.screening", n=asked.screen, last=asked.screen - 1),
        words("options.annex.places") if any(one.plan.where is not None for one in found.options) else "",
        words("options.annex.finals", n=asked.finals, first=asked.screen, last=whole - 1),
        words("options.annex.paired"),
        words("options.annex.intervals"),
        words("options.annex.chain"),
        words("options.annex.costs", counting=about.counting) if about.recurring else "",
        words("options.annex.frontier"),
        words("options.annex.recommended" if found.budget_wan is None else "options.annex.budget"),
        words("options.annex.together"),
        words("options.annex.drawn", draws=found.drawn.draws, n=found.drawn.runs_each)
        if found.drawn is not None
        else "",
        words("options.annex.runs", n=words.number(found.runs), seed=found.scenario.plan.seed),
        words("options.annex.words"),
        words("note.credits", credits=due) if due else "",
        words("note.quoted") if words.language == "en" else "",
    )
    return [point for point in points if point]


def again(about: About) -> str:
    """Return the command that does it once more, from inside its folder."""
    asked = about.found.asked
    command = f"jiaoying options scenario.resolved.yaml --objective {asked.objective} --screen {asked.screen} -n {asked.finals}"
    if asked.budget_wan is not None:
        command += f" --budget {asked.budget_wan:.10g}"
    if asked.years > 1:
        command += f" --years {asked.years}"
    if asked.draws:
        command += f" --draws {asked.draws}"
    return command if about.words.language == "zh" else f"{command} --lang {about.words.language}"


def identity(about: About) -> str:
    """Return which scenario it was, and by which version of the program."""
    scenario = about.found.scenario
    return " · ".join([scenario.plan.name, f"SHA-256 {scenario.hash[:16]}", about.words("version", version=version())])
