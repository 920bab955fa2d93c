"""What can end a command of the client, named for what happened."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that is refused. `path` is a JSON Pointer into the document that was sent."""

    message: str
    path: str | None = None
    code: str | None = None


class Failed(Exception):
    """What was asked for is not done; the message is one line for a person."""


class Misused(Failed):
    """The command can not be carried out as it was given: a file, an option or an address."""


class Unreachable(Failed):
    """No marketplace answers there, or what answers is none, or it can not answer now."""


class Refused(Failed):
    """The marketplace does not do it. `problems` are all that it named, at least one."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(each.message for each in problems))
        self.problems = problems
