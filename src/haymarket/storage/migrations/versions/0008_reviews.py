"""Reviews of apps, and what users think of them."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Every table, in the order in which they refer to one another."""
    _reviews()
    _bases()
    _opinions("review_votes", "up")
    _opinions("review_flags", "open")


def _reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("id", ID, nullable=False),
        sa.Column("app_id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("hosting", sa.Text(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("helpful", sa.BigInteger(), nullable=False),
        sa.Column("votes", sa.BigInteger(), nullable=False),
        sa.Column("score", sa.BigInteger(), nullable=False),
        sa.Column("flags", sa.BigInteger(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("response", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["app_id"], ["apps.id"], name=op.f("fk_reviews_app_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_reviews_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
        sa.UniqueConstraint("app_id", "user_id", name=op.f("uq_reviews_app_id")),
        sqlite_autoincrement=True,
    )
    for name, columns in (
        ("ix_reviews_app_id_hidden_at", ["app_id", "hidden", "at", "id"]),
        ("ix_reviews_app_id_hidden_score", ["app_id", "hidden", "score", "at", "id"]),
        ("ix_reviews_app_id_hidden_hosting", ["app_id", "hidden", "hosting", "stars"]),
        ("ix_reviews_flags", ["flags", "id"]),
        ("ix_reviews_hidden", ["hidden", "id"]),
    ):
        op.create_index(name, "reviews", columns, unique=False)


def _bases() -> None:
    op.create_table(
        "review_bases",
        sa.Column("app_id", ID, autoincrement=False, nullable=False),
        sa.Column("stars", sa.Double(), nullable=False),
        sa.Column("reviews", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["app_id"], ["apps.id"], name=op.f("fk_review_bases_app_id")),
        sa.PrimaryKeyConstraint("app_id", name=op.f("pk_review_bases")),
    )


def _opinions(table: str, said: str) -> None:
    op.create_table(
        table,
        sa.Column("review_id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column(said, sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["review_id"], ["reviews.id"], name=op.f(f"fk_{table}_review_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f(f"fk_{table}_user_id")),
        sa.PrimaryKeyConstraint("review_id", "user_id", name=op.f(f"pk_{table}")),
    )
