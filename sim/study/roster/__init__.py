"""Duty rosters tried by the engine: drills of every hour, ladders on paper, days exchanged where desks then answer sooner, call sheets."""
