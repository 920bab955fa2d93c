"""The price lists."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Every table, in the order in which they refer to one another."""
    op.create_table(
        "price_lists",
        sa.Column("id", ID, nullable=False),
        sa.Column("app_id", ID, nullable=False),
        sa.Column("hosting", sa.Text(), nullable=False),
        sa.Column("boundary", sa.Text(), nullable=True),
        sa.Column("submitted_at", sa.BigInteger(), nullable=False),
        sa.Column("submitted_by", ID, nullable=True),
        sa.Column("awaits_approval", sa.Boolean(), nullable=False),
        sa.Column("replaced_at", sa.BigInteger(), nullable=True),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("per_unit_items", sa.JSON(), nullable=False),
        sa.Column("expert_discount_opt_out", sa.Boolean(), nullable=False),
        sa.Column("role", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["app_id"], ["apps.id"], name=op.f("fk_price_lists_app_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price_lists")),
    )
    op.create_index("ix_price_lists_app_id_id", "price_lists", ["app_id", "id"], unique=False)
    op.create_index(
        "ix_price_lists_app_id_replaced_at", "price_lists", ["app_id", "replaced_at"], unique=False
    )
