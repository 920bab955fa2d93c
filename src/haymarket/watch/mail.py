"""Where mails go: to an SMTP server, or as files into a folder."""

import smtplib
import ssl
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from haymarket.settings import MAIL_FOLDER, Settings
from haymarket.watch.delivery import Outcome

SECONDS = 15
"""How long a server may take for each step."""
LONGEST = 10.0
"""Seconds after which no other mail is begun: whoever ends the process waits for those that are."""
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class Mail(Protocol):
    """A way for mails."""

    def send(self, letters: Sequence[tuple[int, EmailMessage]]) -> list[Outcome]:
        """Send mails, each with the number of its delivery; one outcome for each, in order.

        The last ones have none when time ran out before their turn.
        """


def open_mail(settings: Settings) -> Mail | None:
    """The way that the settings name; None when there is none."""
    if settings.mail is None:
        return None
    if settings.mail.startswith(MAIL_FOLDER):
        return Folder(Path(settings.mail.removeprefix(MAIL_FOLDER)))
    return Server(urlsplit(settings.mail))


@dataclass(frozen=True)
class Folder:
    """Keeps each mail as a file, `NUMBER.eml`."""

    path: Path

    def send(self, letters: Sequence[tuple[int, EmailMessage]]) -> list[Outcome]:
        """Write the files; whoever looks never sees half of one."""
        return [self._write(number, letter) for number, letter in letters]

    def _write(self, number: int, letter: EmailMessage) -> Outcome:
        file = self.path / f"{number}.eml"
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            beside = file.with_suffix(".tmp")
            beside.write_bytes(letter.as_bytes())
            beside.replace(file)
        except OSError as error:
            return Outcome(error=f"The mail can not be written: {error.strerror}")
        return Outcome()


@dataclass(frozen=True)
class Server:
    """Speaks SMTP: `smtps` with TLS from the start, `smtp` with it when the server offers it."""

    address: SplitResult
    longest: float = LONGEST

    def send(self, letters: Sequence[tuple[int, EmailMessage]]) -> list[Outcome]:
        """Send mails over one connection. What does not get there fails with the rest."""
        outcomes: list[Outcome] = []
        end = time.monotonic() + self.longest
        try:
            with self._connection() as server:
                for _, letter in letters:
                    outcomes.append(_sent(server, letter))
                    if time.monotonic() > end:
                        break
        except (OSError, smtplib.SMTPException) as error:
            missing = len(letters) - len(outcomes)
            outcomes += [Outcome(error=f"The mail server failed: {_told(error)}")] * missing
        return outcomes

    @contextmanager
    def _connection(self) -> Iterator[smtplib.SMTP]:
        host, is_secure = self.address.hostname or "", self.address.scheme == "smtps"
        context = ssl.create_default_context()
        if is_secure:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host, self.address.port or 465, timeout=SECONDS, context=context
            )
        else:
            server = smtplib.SMTP(host, self.address.port or 587, timeout=SECONDS)
        with server:
            server.ehlo()
            if not is_secure and server.has_extn("starttls"):
                server.starttls(context=context)
                server.ehlo()
                is_secure = True
            if self.address.username:
                self._sign_in(server, is_secure or host in LOOPBACK)
            yield server

    def _sign_in(self, server: smtplib.SMTP, may_tell: object) -> None:
        if not may_tell:
            raise smtplib.SMTPException("it offers no TLS, so the password is not sent")
        user, password = self.address.username or "", self.address.password or ""
        server.login(unquote(user), unquote(password))


def _sent(server: smtplib.SMTP, letter: EmailMessage) -> Outcome:
    began = time.monotonic()
    error, is_final = None, False
    try:
        server.send_message(letter)
    except smtplib.SMTPRecipientsRefused as refused:
        [(code, told)] = refused.recipients.values()
        error, is_final = f"The address was refused: {code} {_plain(told)}", code >= 500
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as failed:
        error = _told(failed)
    except (smtplib.SMTPNotSupportedError, ValueError) as failed:
        error, is_final = str(failed), True
    if error:
        server.rset()
    return Outcome(None, round((time.monotonic() - began) * 1000), error, is_final)


def _told(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_plain(error.smtp_error)}"
    return str(error)


def _plain(told: bytes | str) -> str:
    return told.decode("utf-8", "replace") if isinstance(told, bytes) else told
