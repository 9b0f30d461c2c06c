"""`python -m geo` is the same as `conflictmap`."""

from geo.cli import main

main()
