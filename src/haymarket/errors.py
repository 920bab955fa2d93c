"""What can be refused, named for what happened; `web/errors.py` turns each into a status."""

from dataclasses import dataclass


class Refused(Exception):
    """A request that is not carried out. `message` is meant for a person."""

    code = "REFUSED"

    def __init__(self, message: str, path: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.path = path


class NotFound(Refused):
    """It does not exist, or the caller may not see it: the two look the same (general.md, 3)."""

    code = "NOT_FOUND"


class Unauthorized(Refused):
    """Credentials are needed, or those that were given are not valid."""

    code = "UNAUTHORIZED"


class Forbidden(Refused):
    """The caller is known and may see it, but may not do this."""

    code = "FORBIDDEN"


class Conflict(Refused):
    """The request is right in itself, but not in the present state."""

    code = "CONFLICT"


class Unsupported(Refused):
    """The body is in a format that this operation does not read."""

    code = "UNSUPPORTED_MEDIA_TYPE"


class TooLarge(Refused):
    """The body is over a limit of the settings."""

    code = "TOO_LARGE"


class TooMany(Refused):
    """Asked too often. `wait` says for how many seconds not to ask again."""

    code = "TOO_MANY_REQUESTS"

    def __init__(self, message: str, wait: int) -> None:
        super().__init__(message)
        self.wait = wait


class Unavailable(Refused):
    """It can not be done at the moment. `wait` says after how many seconds to try again."""

    code = "UNAVAILABLE"

    def __init__(self, message: str, wait: int = 1) -> None:
        super().__init__(message)
        self.wait = wait


class NotBuilt(Refused):
    """An operation of the API that this version of Haymarket does not serve yet."""

    code = "NOT_IMPLEMENTED"


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong. `path` is a JSON Pointer into the request document."""

    message: str
    path: str | None = None
    code: str = "VALIDATION_ERROR"


class Invalid(Refused):
    """The request document or a parameter breaks a rule; carries every problem that was found."""

    code = "VALIDATION_ERROR"

    def __init__(
        self, message: str, path: str | None = None, *, problems: tuple[Problem, ...] = ()
    ) -> None:
        super().__init__(message, path)
        self.problems = problems or (Problem(message, path, self.code),)

    def under(self, prefix: str) -> "Invalid":
        """The same problems of a document that lies at `prefix` within another one."""
        moved = tuple(
            Problem(each.message, f"{prefix}{each.path or ''}", each.code) for each in self.problems
        )
        return Invalid(self.message, moved[0].path, problems=moved)


class InvalidParameter(Invalid):
    """A query or path parameter that can not be read; the message names it."""

    code = "INVALID_PARAMETER"
