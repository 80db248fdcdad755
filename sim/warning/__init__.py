"""What happens: one night, from the moment a hazard is identified to the last household told.

The only room with simpy. It leaves records behind and computes no measure.
"""

from sim.warning.night import simulate

__all__ = ["simulate"]
