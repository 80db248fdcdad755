"""``jiaoying``: arguments in, exit code out. Rooms are opened only by the command that needs them.

Exit codes: 0 done, 1 internal failure, 2 the input is at fault, 3 with ``--strict`` when a target is not met, 130 interrupted.
"""

from sim.cli.program import cli, main

__all__ = ["cli", "main"]
