"""Programs that tests run and that are no part of Python."""

import shutil

import pytest


def needs(*programs: str) -> None:
    """Skip a test where a program is missing, and say how to get it."""
    missing = [program for program in programs if shutil.which(program) is None]
    if missing:
        names = " ".join(missing)
        pytest.skip(f"{names} is missing; install it with: apt-get install {names}")
