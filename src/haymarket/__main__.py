"""`python -m haymarket` is the command `haymarket`."""

from haymarket.cli import main

main()
