"""`python -m haymarket` is the command `haymarket`."""

from haymarket.cli import main

if __name__ == "__main__":  # the processes of several workers import this module too
    main()
