"""What Connect descriptors say, kept with the artifacts and versions."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Two columns."""
    op.add_column("assets", sa.Column("connect", sa.JSON(), nullable=True))
    op.add_column("versions", sa.Column("base_url", sa.Text(), nullable=True))
