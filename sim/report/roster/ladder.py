"""A ladder on paper, as lines of text."""

from __future__ import annotations

from collections.abc import Mapping

from sim.errors import Language
from sim.measures.naming import naming
from sim.report.roster.papers import label_of
from sim.report.words.language import Words
from sim.roster.audit.numbers import numbers_in, well_formed
from sim.scenario import Scenario
from sim.study.roster.dry_run import DryRun

_WORTH_SAYING = 0.01


def ladder_on_paper(
    scenario: Scenario, run: DryRun, harm: Mapping[str, float], limit_min: float, language: Language
) -> str:
    """Return the tries in order, how likely nobody answers, and the posts without which it would go better."""
    words, posts = Words(language), scenario.plan.roster.posts
    place = scenario.county.index[run.desk]
    desk = label_of(place, scenario, naming(scenario), words)
    lines = [words("ladder.title", when=f"{run.when:%Y-%m-%d %H:%M}", desk=desk)]
    for number, one in enumerate(run.attempts, start=1):
        post = words.post(one.post, posts)
        if one.person is None:
            lines.append("  " + words("ladder.vacant", n=number, post=post))
            continue
        lines.append(
            "  "
            + words(
                "ladder.try",
                n=number,
                begin=f"{one.begin_min:.1f}",
                channel=words(f"channel.{one.channel}"),
                who=post,
                answers=words.percent(one.answers),
                open=_chance(one.open_after, words),
            )
        )
    if all(one.person is None for one in run.attempts):
        return "\n".join([*lines, words("ladder.nobody")])
    lines.append(words("ladder.fails", lasts=f"{run.lasts_min:.1f}", fails=_chance(run.fails, words)))
    if run.desk not in scenario.roster.named:
        lines.append(words("ladder.unlisted"))
    elif doubtful := [words.post(post, posts) for post in _without_number(run)]:
        lines.append(words("ladder.number", posts=words("list_joint").join(doubtful)))
    worth = {post: rise for post, rise in harm.items() if rise >= _WORTH_SAYING}
    if not worth:
        lines.append(words("ladder.harmless", limit=f"{limit_min:g}"))
    for post, rise in worth.items():
        lines.append(
            words("ladder.harm", post=words.post(post, posts), limit=f"{limit_min:g}", rise=f"{100 * rise:.1f}")
        )
    return "\n".join(lines)


def _without_number(run: DryRun) -> list[str]:
    """Return the posts whose holders are telephoned and have no number that could be right."""
    called = {one.post: one.person for one in run.attempts if one.person is not None and one.channel != "courier"}
    return [post for post, person in called.items() if not any(map(well_formed, numbers_in(person.phone)))]


def _chance(share: float, words: Words) -> str:
    """Return a small chance; none that is left reads as zero."""
    return words("ladder.below") if 0 < share < 0.0001 else f"{share:.2%}"
