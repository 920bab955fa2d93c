"""Every setting of a Haymarket instance, typed, from `HAYMARKET_*` or the command line."""

import os
import re
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta, Struct

PREFIX = "HAYMARKET_"
Port = Annotated[int, Meta(ge=0, le=65535)]
Positive = Annotated[int, Meta(ge=1)]
Address = Annotated[str, Meta(pattern=r"^https?://[^/?#\s]+$")]


class Settings(Struct, frozen=True, kw_only=True):
    """The settings of one process. Names are those of the environment without the prefix."""

    data: Path = Path("haymarket-data")
    """Folder of the database (SQLite), the files and the search index."""
    database: str | None = None
    """`postgresql://…`, or absent for SQLite in the data folder."""
    files: str | None = None
    """`s3://bucket/prefix`, or absent for a folder in the data folder."""
    host: str = "127.0.0.1"
    """Address to listen on; `0.0.0.0` for every address of the machine."""
    port: Port = 8080
    """Port to listen on; 0 for one that is free."""
    workers: Positive = 1
    """Number of processes that answer."""
    public_url: Address | None = None
    """Scheme and host that people reach; by default the host and port above."""
    upload_limit: Positive = 250_000_000
    """Largest artifact in bytes."""
    image_limit: Positive = 10_000_000
    """Largest image in bytes."""
    unpacked_limit: Positive = 2_000_000_000
    """Largest sum of the unpacked sizes in an archive, in bytes."""
    secret: str | None = None
    """What tokens and signatures are derived from; by default the file `secret` of the folder."""
    body_limit: Positive = 2_000_000
    """Largest JSON body in bytes."""
    heartbeat_limit: Positive = 10_000_000
    """Largest batch of heartbeats in bytes, also when it is unpacked."""
    heartbeat_batches: Positive = 8
    """Batches of heartbeats that a worker counts or lets wait; more are told to come again."""
    allow_private_addresses: bool = False
    """Whether the server may fetch from loopback, private and link-local addresses."""
    fetch_timeout: Positive = 30
    """Seconds that one fetch from outside may take."""
    tokens_per_app: Positive = 10
    """Most access tokens that an app has at the same time."""
    token_guesses: Positive = 20
    """Unknown access tokens that one address may send within a minute."""
    feedback_limit: Positive = 60
    """Feedbacks that one address may send within a minute."""
    feedback_retention_days: Positive = 365
    """Days after which a feedback loses its message, e-mail address, name and SEN."""
    mail: str | None = None
    """`smtp://user:password@host:587`, `smtps://…` or `folder:PATH`; without it no mail is sent."""
    mail_from: str = "Haymarket <haymarket@localhost>"
    """The sender of mails."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """The least grave of what is logged."""
    log_format: Literal["text", "json"] = "text"
    """`text` for people, `json` for machines: one object a line."""
    access_log: bool = True
    """Whether every request leaves a line in the log."""
    admin_email: str = "admin@localhost"
    """The administrator that a start adds where there is none."""
    drain_timeout: Positive = 30
    """Seconds that running requests have left after SIGTERM."""

    @property
    def base_url(self) -> str:
        """What absolute links (downloads, image files) start with."""
        if self.public_url:
            return self.public_url
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def database_url(self) -> str:
        """The address of the database as SQLAlchemy writes it."""
        if self.database is None:
            return f"sqlite:///{self.database_file}"
        return self.database.replace("postgresql://", "postgresql+psycopg://", 1)

    @property
    def database_file(self) -> Path:
        """The file of the database when no other one is named."""
        return self.data / "haymarket.sqlite3"


class BadSetting(Exception):
    """A setting that can not be used; the message is one line that names it."""


def read_settings(environment: Mapping[str, str] | None = None, **overrides: Any) -> Settings:
    """Settings from `HAYMARKET_*`, then `overrides` that are not None. Raises BadSetting.

    A variable that is empty counts as absent.
    """
    source = os.environ if environment is None else environment
    values: dict[str, Any] = {}
    for name, value in source.items():
        if name.startswith(PREFIX) and value:
            values[name.removeprefix(PREFIX).lower()] = value
    for name in sorted(set(values) - set(Settings.__struct_fields__)):
        raise BadSetting(_unknown(name))
    values.update({name: value for name, value in overrides.items() if value is not None})
    for name in values:
        _check_one(name, values[name])
    return _convert(values)


def without_password(address: str) -> str:
    """An address as it may be shown: `postgresql://user:***@host/name`."""
    hidden = re.sub(r"(?<=://)([^/@:]*):.*@", r"\1:***@", address)
    return re.sub(r"(?<=password=)[^&]*", "***", hidden)


def _unknown(name: str) -> str:
    close = get_close_matches(name, Settings.__struct_fields__, 1)
    meant = f"; {PREFIX}{close[0].upper()} is" if close else ""
    return f"{PREFIX}{name.upper()} is not a setting of Haymarket{meant}"


MAIL_FOLDER = "folder:"
STARTS: Mapping[str, tuple[str, ...]] = {
    "database": ("postgresql://",),
    "files": ("s3://",),
    "mail": ("smtp://", "smtps://", MAIL_FOLDER),
}
EXPECTED = {
    "public_url": "is a scheme and a host, such as https://apps.example.com",
    "port": "is a number from 0 to 65535",
    Positive: "is a whole number from 1",
    bool: "is true or false",
}
"""How a setting is written, by its name or its type."""


def _check_one(name: str, value: Any) -> None:
    shown = f"{PREFIX}{name.upper()}={without_password(str(value))}"
    if name in STARTS and not str(value).startswith(STARTS[name]):
        raise BadSetting(f"{shown}: starts with {' or '.join(STARTS[name])}")
    if name in ("database", "mail") and not _has_port(value):
        raise BadSetting(f"{shown}: its port is no number from 0 to 65535")
    try:
        _convert({name: value})
    except msgspec.ValidationError as error:
        kind = get_type_hints(Settings, include_extras=True)[name]
        reason = EXPECTED.get(name) or EXPECTED.get(kind) or str(error)
        if get_origin(kind) is Literal:
            reason = f"is one of {', '.join(get_args(kind))}"
        raise BadSetting(f"{shown}: {reason}") from None


def _has_port(address: str) -> bool:
    """Whether what stands for a port in an address is one, or nothing."""
    try:
        return (urlsplit(address).port or 0) >= 0
    except ValueError:
        return False


def _convert(values: dict[str, Any]) -> Settings:
    return msgspec.convert(values, Settings, strict=False, dec_hook=lambda kind, text: kind(text))
