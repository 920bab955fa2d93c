"""What every table is made of: one metadata, and the column types that both engines share."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Column, Dialect, Integer, MetaData, Table, Text
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Id = BigInteger().with_variant(Integer, "sqlite")
"""An identity: 64 bits on both engines (SQLite numbers only INTEGER keys by itself)."""


EPOCH, MILLISECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(milliseconds=1)


class Moment(TypeDecorator[datetime]):
    """An instant, kept as milliseconds since 1970 so that both engines sort and compare alike."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else (value - EPOCH) // MILLISECOND

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return None if value is None else EPOCH + value * MILLISECOND


instance = Table(
    "instance",
    metadata,
    Column("id", Text, primary_key=True),
    Column("fingerprint", Text),
)
"""One row: the random name of this database, by which an index knows whose it is, and the
fingerprint of the secret that it is used with."""
