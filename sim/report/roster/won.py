"""What a planned month wins, in sentences: exchanges, minutes and shares with their intervals, sets that nobody can use."""

from __future__ import annotations

from collections import Counter

from sim.report.words.language import Words
from sim.study.intervals import Mean
from sim.study.roster.improve import Compared, Improved

_WHY = {"alike": "plan.alike", "none_wins": "plan.none_wins", "unconfirmed": "plan.unconfirmed"}


def won(improved: Improved, words: Words) -> list[str]:
    """Return the sentences; one at least, for that nothing can be won is worth knowing."""
    said = []
    idle = Counter(name for plan in improved.plans for name, _ in plan.idle)
    if idle:
        listed = words("list_joint").join(
            words("plan.idle_set", set=words(f"channel.{name}"), n=n) for name, n in idle.items()
        )
        said.append(words("plan.idle", sets=listed))
    if improved.exchanges:
        said.append(words("plan.exchanges", n=len(improved.exchanges)))
    split = sum(plan.demand.split for plan in improved.plans)
    if split:
        said.append(words("plan.split", n=split))
    weekly = sum(bool(plan.demand.weekly) for plan in improved.plans)
    if weekly:
        said.append(words("plan.weekly", n=weekly))
    same = sum(plan.demand.same_name for plan in improved.plans)
    if same:
        said.append(words("plan.same_name", n=same))
    unproven = sum(not plan.proven for plan in improved.plans)
    if unproven:
        said.append(words("plan.unproven", n=unproven))
    if improved.why:
        said.append(words(_WHY[improved.why]))
    return said if improved.compared is None else [*said, *_compared(improved.compared, words)]


def _compared(compared: Compared, words: Words) -> list[str]:
    """Return how much sooner desks answer, with the interval, and whether that is certain."""
    minutes, share = compared.won_min, compared.won_in_time
    return [
        words(
            "plan.won",
            before=words("plan.given" if compared.given else "plan.unexchanged"),
            moments=compared.moments,
            nights=compared.nights,
            before_min=f"{compared.before_min:.1f}",
            after_min=f"{compared.after_min:.1f}",
        ),
        words(
            "plan.certain" if minutes.low > 0 else "plan.worse" if minutes.high < 0 else "plan.uncertain",
            mean=f"{abs(minutes.mean):.2f}",
            low=f"{minutes.low:.2f}",
            high=f"{minutes.high:.2f}",
        ),
        words(
            "plan.in_time",
            limit=words.length(compared.limit_min),
            before=words.percent(compared.before_in_time),
            after=words.percent(compared.after_in_time),
            low=_points(share, low=True),
            high=_points(share, low=False),
        ),
    ]


def _points(share: Mean, *, low: bool) -> str:
    """Return one end of an interval in percentage points."""
    return f"{100 * (share.low if low else share.high):.1f}"
