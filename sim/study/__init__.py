"""Many nights, and what is kept of them."""

from sim.study.store import ResultFolder

__all__ = ["ResultFolder"]
