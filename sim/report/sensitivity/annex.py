"""How the analysis was made, in plain words with what to read, and the inputs with their ranges and sources."""

from __future__ import annotations

from collections.abc import Iterator

from sim.report.content.grid import Column, Grid
from sim.report.content.notices import credits_due, source_text, synthetic_note, version
from sim.report.sensitivity.about import About


def methods(about: About) -> tuple[str, ...]:
    """Return the points of the annex; only what was used is named."""
    return tuple(point for point in _points(about) if point)


def _points(about: About) -> Iterator[str]:
    words, found, design = about.words, about.found, about.found.design
    due = words.listed(credits_due(about.scenario, words))
    own_luck = words("sensitivity.annex.own_luck") if about.spread else ""
    yield words("sensitivity.annex.runs", runs=words.number(found.runs), seed=found.asked.seed, own_luck=own_luck)
    yield words("sensitivity.annex.alone", n=design.curve_runs)
    yield words("sensitivity.annex.interval")
    values = {"trajectories": design.trajectories, "points": design.points, "runs": design.runs}
    for method in design.methods:
        yield words(f"sensitivity.annex.{method}", **values)
    yield words("sensitivity.annex.salib")
    yield words("sensitivity.annex.floor")
    if about.answering:
        yield words(
            "sensitivity.annex.noise", runs=design.runs, each=words("sensitivity.semicolon").join(_noise(about))
        )
    if any(own.unit == "min" for own in about.outputs.values()):
        yield words("sensitivity.annex.restricted", length=words.length(about.scenario.plan.end_min))
    if found.interactions:
        yield words("sensitivity.annex.interaction")
    if about.spread:
        yield words("sensitivity.annex.region")
        yield words("sensitivity.annex.worth")
    yield words("sensitivity.annex.ranges")
    yield words("sensitivity.annex.together")
    yield words("study.annex.caution")
    yield synthetic_note(about.scenario, about.names, words)
    yield words("note.terms")
    yield words("note.quoted") if words.language == "en" else ""
    yield words("note.credits", credits=due) if due else ""


def _noise(about: About) -> Iterator[str]:
    """Yield of the outputs of the figure how far a mean of one point is off by chance."""
    for key in about.panels:
        amount = about.amounts(key).value(about.found.noise[key])
        yield about.words("sensitivity.annex.noise_one", name=about.output(key) + about.per(key), amount=amount)


def inputs(about: About) -> Grid:
    """Return every number that was moved: what it is, its range, what the scenario states, why, and how sure that is."""
    words = about.words
    columns = (
        Column("input", "", words("sensitivity.col.input")),
        Column("range", "w", words("sensitivity.col.range")),
        Column("stated", "w", words("sensitivity.col.stated")),
        Column("source", "", words("source")),
        Column("applies_to", "", words("applies_to")),
        Column("status", "", words("status")),
    )
    rows = []
    for own in about.found.inputs:
        for path, ends, stated in zip(own.paths, own.ranges, own.stated, strict=True):
            plan = about.scenario.plan.uncertain[path]
            rows.append(
                (
                    about.path(path),
                    words("sensitivity.cell.range", low=about.written(ends[0]), high=about.written(ends[1])),
                    about.written(stated),
                    source_text(plan.source, words) if plan.source else words("status.none"),
                    words.applies_to(plan.applies_to or ""),
                    words(f"status.{plan.status}") if plan.status else words("status.none"),
                )
            )
    moved = [about.input(own.key) for own in about.found.inputs if len(own.paths) > 1]
    notes = (words("sensitivity.note.moved", names=words("sensitivity.joint").join(moved)),) if moved else ()
    return Grid(words("sensitivity.head.inputs"), notes, columns, tuple(rows))


def again(about: About) -> str:
    """Return the command that makes the analysis once more, from inside its folder."""
    design = about.found.design
    command = "jiaoying sensitivity scenario.resolved.yaml"
    command += "".join(f" --method {method}" for method in design.methods)
    if "morris" in design.methods:
        command += f" --trajectories {design.trajectories}"
    if set(design.methods) != {"morris"}:
        command += f" --points {design.points}"
    command += f" -n {design.runs}"
    return command if about.words.language == "zh" else f"{command} --lang {about.words.language}"


def identity(about: About) -> str:
    """Return what tells the scenario and the program from others."""
    plan = about.scenario.plan
    return " · ".join([plan.name, f"SHA-256 {about.scenario.hash[:16]}", about.words("version", version=version())])
