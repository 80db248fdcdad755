"""Warnings in the Common Alerting Protocol (CAP 1.2): one read into the start of a scenario, one of a scenario written."""

from sim.scenario.cap.reading import ImportedWarning, read_alert, snippet
from sim.scenario.cap.writing import Status, write_alert

__all__ = ["ImportedWarning", "Status", "read_alert", "snippet", "write_alert"]
