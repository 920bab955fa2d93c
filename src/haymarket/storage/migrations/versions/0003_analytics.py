"""What is counted of installs and downloads."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Every table, in the order in which they refer to one another."""
    _reports()
    _weekly()
    _tallies()
    _weeks_done()
    _seen_downloads()


def _reports() -> None:
    op.create_table(
        "reports",
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("instance", sa.LargeBinary(), nullable=False),
        sa.Column("app_id", ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("users", sa.BigInteger(), nullable=False),
        sa.Column("hosting", sa.Text(), nullable=False),
        sa.Column("application", sa.Text(), nullable=False),
        sa.Column("application_version", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("week", "instance", "app_id", name=op.f("pk_reports")),
        sqlite_with_rowid=False,
    )


def _weekly() -> None:
    op.create_table(
        "weekly",
        sa.Column("app_id", ID, nullable=False),
        sa.Column("dimension", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("app_id", "dimension", "name", "week", name=op.f("pk_weekly")),
        sqlite_with_rowid=False,
    )


def _tallies() -> None:
    op.create_table(
        "tallies",
        sa.Column("app_id", ID, nullable=False),
        sa.Column("changes", sa.BigInteger(), nullable=False),
        sa.Column("told_changes", sa.BigInteger(), nullable=False),
        sa.Column("told_week", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["app_id"], ["apps.id"], name=op.f("fk_tallies_app_id")),
        sa.PrimaryKeyConstraint("app_id", name=op.f("pk_tallies")),
    )


def _weeks_done() -> None:
    op.create_table(
        "weeks_done",
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("what", name=op.f("pk_weeks_done")),
    )


def _seen_downloads() -> None:
    op.create_table(
        "seen_downloads",
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("day", "hash", name=op.f("pk_seen_downloads")),
        sqlite_with_rowid=False,
    )
