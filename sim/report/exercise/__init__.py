"""Exercises for people: papers of a kit, the console, the debrief, and what a log of calls taught."""
