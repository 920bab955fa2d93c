"""Whether prices were ever submitted for an app, kept in its row."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """One column, true for the apps that have a price list."""
    op.add_column(
        "apps", sa.Column("has_prices", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    apps = sa.table("apps", sa.column("id"), sa.column("has_prices"))
    lists = sa.table("price_lists", sa.column("app_id"))
    priced = apps.c.id.in_(sa.select(lists.c.app_id))
    op.execute(sa.update(apps).where(priced).values(has_prices=sa.true()))
