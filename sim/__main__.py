"""``python -m sim`` is ``jiaoying``."""

from sim.cli import main

main()
