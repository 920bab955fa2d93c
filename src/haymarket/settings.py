"""Every setting of a Haymarket instance, typed, from `HAYMARKET_*` or the command line."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

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
    port: Port = 8080
    workers: Positive = 1
    public_url: Address | None = None
    """Scheme and host that people reach; by default the host and port above."""
    upload_limit: Positive = 250_000_000
    """Largest artifact in bytes."""
    image_limit: Positive = 10_000_000
    """Largest image in bytes."""
    unpacked_limit: Positive = 2_000_000_000
    """Largest sum of the unpacked sizes in an archive, in bytes."""
    body_limit: Positive = 2_000_000
    """Largest JSON body in bytes."""
    allow_private_addresses: bool = False
    """Whether the server may fetch from loopback, private and link-local addresses."""
    fetch_timeout: Positive = 30
    """Seconds that one fetch from outside may take."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["text", "json"] = "text"
    access_log: bool = True
    admin_email: str = "admin@localhost"
    """The administrator that a first start adds when there are no users."""
    drain_timeout: Positive = 30
    """Seconds that running requests have left after SIGTERM."""

    @property
    def base_url(self) -> str:
        """What absolute links (downloads, image files) start with."""
        return self.public_url or f"http://{self.host}:{self.port}"

    @property
    def database_url(self) -> str:
        """The address of the database as SQLAlchemy writes it."""
        if self.database is None:
            return f"sqlite:///{self.data / 'haymarket.sqlite3'}"
        return self.database.replace("postgresql://", "postgresql+psycopg://", 1)


class BadSetting(Exception):
    """A setting that can not be used; the message is one line that names it."""


def read_settings(environment: Mapping[str, str] | None = None, **overrides: Any) -> Settings:
    """Settings from `HAYMARKET_*`, then `overrides` that are not None. Raises BadSetting."""
    source = os.environ if environment is None else environment
    values: dict[str, Any] = {}
    for name, value in source.items():
        if name.startswith(PREFIX):
            values[name.removeprefix(PREFIX).lower()] = value
    unknown = sorted(set(values) - set(Settings.__struct_fields__))
    if unknown:
        raise BadSetting(f"{PREFIX}{unknown[0].upper()} is not a setting of Haymarket")
    values.update({name: value for name, value in overrides.items() if value is not None})
    for name in values:
        _check_one(name, values[name])
    settings = _convert(values)
    _check_together(settings)
    return settings


def _check_one(name: str, value: Any) -> None:
    try:
        _convert({name: value})
    except msgspec.ValidationError as error:
        reason = str(error).split(" - at ")[0]
        raise BadSetting(f"{PREFIX}{name.upper()}={value}: {reason}") from None


def _convert(values: dict[str, Any]) -> Settings:
    return msgspec.convert(values, Settings, strict=False, dec_hook=lambda kind, text: kind(text))


def _check_together(settings: Settings) -> None:
    if settings.database and not settings.database.startswith("postgresql://"):
        raise BadSetting(f"{PREFIX}DATABASE={settings.database}: starts with postgresql://")
    if settings.files and not settings.files.startswith("s3://"):
        raise BadSetting(f"{PREFIX}FILES={settings.files}: starts with s3://")
