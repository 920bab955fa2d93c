"""Masses of rows on their way into temporary tables, as each engine takes them best."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.schema import CreateTable

Rows = Sequence[tuple[Any, ...]]

BY_KEY = "SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off"
"""PostgreSQL knows nothing of a temporary table yet, and would read the other one whole to join."""

_made: dict[tuple[str, str], str] = {}
"""The statements that make temporary tables, by engine and name."""


def fill(connection: Connection, table: Table, rows: Rows) -> None:
    """Let a temporary table of this connection hold these rows and no others."""
    if connection.dialect.name == "sqlite":
        _insert(connection, table, rows)
    else:
        _copy(connection, table, rows)


def _insert(connection: Connection, table: Table, rows: Rows) -> None:
    connection.exec_driver_sql(_creation(connection, table))
    connection.exec_driver_sql(_emptying(table))
    if rows:
        places = ", ".join("?" * len(table.c))
        statement = f"INSERT INTO {table.name} VALUES ({places})"  # noqa: S608 (a name of our own)
        connection.exec_driver_sql(statement, list(rows))


def _copy(connection: Connection, table: Table, rows: Rows) -> None:
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor:
        cursor.execute(f"{BY_KEY}; {_creation(connection, table)}; {_emptying(table)}")
        with cursor.copy(f"COPY {table.name} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def _emptying(table: Table) -> str:
    return f"DELETE FROM {table.name}"  # noqa: S608 (a name of our own)


def _creation(connection: Connection, table: Table) -> str:
    key = connection.dialect.name, table.name
    if key not in _made:
        _made[key] = str(CreateTable(table, if_not_exists=True).compile(connection))
    return _made[key]
