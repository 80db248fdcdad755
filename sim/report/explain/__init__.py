"""A scenario in words, before anything is run."""
