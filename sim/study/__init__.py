"""Many nights, and what is kept of them. So far: one night and its result folder."""

from sim.study.store import ResultFolder

__all__ = ["ResultFolder"]
