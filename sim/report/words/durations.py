"""A law of duration in words that need no statistics: 「中位数3分钟，九成不超过18分钟」."""

from __future__ import annotations

import math

from sim import distributions as laws
from sim.report.words.language import Words


def in_words(law: laws.Distribution, words: Words) -> str:
    """Return what ``law`` says of a duration (minutes)."""
    match law:
        case laws.Fixed(minutes):
            said = words("law.fixed", n=words.length(minutes)) if minutes else words("law.none")
        case laws.Uniform(low, high):
            said = words("law.uniform", range=words.between(low, high))
        case laws.Triangular(low, mode, high):
            said = words("law.triangular", range=words.between(low, high), mode=words.length(mode))
        case laws.Exponential(mean):
            said = words("law.exponential", mean=words.length(mean), p90=_quantile(law, 0.9, words))
        case laws.Lognormal(median, p90):
            said = words("law.lognormal", median=words.length(median), p90=words.length(p90))
        case laws.Lindell(a, b):
            said = words(
                "law.lindell", a=f"{a:g}", b=f"{b:g}", rest=_typical(law, words), longest=words.length(law.LONGEST_MIN)
            )
        case laws.RayleighContagion(B=scale, C=rate):
            ever = words("law.ever", share=words.percent(-math.expm1(-1))) if law.defective else ""
            said = (
                words("law.rayleigh_contagion", b=words.length(scale), c=f"{rate:g}", rest=_typical(law, words)) + ever
            )
        case laws.Empirical(minutes, shares):
            points = words("list_joint").join(
                words("law.point", n=words.length(m), share=words.exact_percent(s))
                for m, s in zip(minutes, shares, strict=True)
            )
            ever = words("law.ever", share=words.exact_percent(shares[-1])) if law.defective else ""
            said = words("law.empirical", points=points) + ever
        case _:
            said = _typical(law, words)
    return said


def _typical(law: laws.Distribution, words: Words) -> str:
    return words("law.typical", median=_quantile(law, 0.5, words), p90=_quantile(law, 0.9, words))


def _quantile(law: laws.Distribution, share: float, words: Words) -> str:
    minutes = float(law.draw(share))
    if not math.isfinite(minutes):
        return words("law.never")
    return words("about", n=words.length(round(minutes, 1) if minutes >= 1 else round(minutes * 60) / 60))
