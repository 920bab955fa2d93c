"""Apps that are installed together."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Every table, in the order in which they refer to one another."""
    op.create_table(
        "companions",
        sa.Column("app_id", ID, nullable=False),
        sa.Column("other_id", ID, nullable=False),
        sa.Column("together", sa.BigInteger(), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("app_id", "other_id", name=op.f("pk_companions")),
        sqlite_with_rowid=False,
    )
