"""Feedback, and access tokens of private apps."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Every table, in the order in which they refer to one another."""
    op.add_column("instance", sa.Column("fingerprint", sa.Text(), nullable=True))
    _app_tokens()
    _feedbacks()


def _app_tokens() -> None:
    op.create_table(
        "app_tokens",
        sa.Column("id", ID, nullable=False),
        sa.Column("app_id", ID, nullable=False),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("instance", sa.Text(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", ID, nullable=True),
        sa.Column("claimed_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["app_id"], ["apps.id"], name=op.f("fk_app_tokens_app_id")),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_app_tokens_created_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_app_tokens")),
        sa.UniqueConstraint("hash", name=op.f("uq_app_tokens_hash")),
    )
    op.create_index(op.f("ix_app_tokens_app_id"), "app_tokens", ["app_id"], unique=False)


def _feedbacks() -> None:
    op.create_table(
        "feedbacks",
        sa.Column("id", ID, nullable=False),
        sa.Column("app_id", ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("full_name", sa.Text(), nullable=True),
        sa.Column("sen", sa.Text(), nullable=True),
        sa.Column("signed", sa.Boolean(), nullable=False),
        sa.Column("personal", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["app_id"], ["apps.id"], name=op.f("fk_feedbacks_app_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedbacks")),
    )
    for name, columns in (
        ("ix_feedbacks_app_id_at", ["app_id", "at", "id"]),
        ("ix_feedbacks_app_id_signed_at", ["app_id", "signed", "at", "id"]),
        ("ix_feedbacks_app_id_type_day", ["app_id", "type", "day", "reason"]),
        ("ix_feedbacks_personal_at", ["personal", "at"]),
    ):
        op.create_index(name, "feedbacks", columns, unique=False)
