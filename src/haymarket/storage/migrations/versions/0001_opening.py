"""The tables of the opening."""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Every table, in the order in which they refer to one another."""
    _applications()
    _categories()
    _instance()
    _journal()
    _licence_types()
    _users()
    _vendors()
    _api_tokens()
    _application_versions()
    _apps()
    _assets()
    _contacts()
    _asset_uses()
    _transitions()
    _versions()
    instance = sa.table("instance", sa.column("id"))
    op.execute(sa.insert(instance).values(id=str(uuid4())))


def _applications() -> None:
    op.create_table(
        "applications",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("introduction", sa.Text(), nullable=False),
        sa.Column("key_aliases", sa.JSON(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("compatibility_mode", sa.Text(), nullable=False),
        sa.Column("hosting", sa.JSON(), nullable=False),
        sa.Column("connect", sa.JSON(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("learn_more", sa.Text(), nullable=False),
        sa.Column("download_page", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_applications")),
    )


def _categories() -> None:
    op.create_table(
        "categories",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("application", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_categories")),
    )
    op.create_index(op.f("ix_categories_name"), "categories", ["name"], unique=False)


def _instance() -> None:
    op.create_table(
        "instance",
        sa.Column("id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instance")),
    )


def _journal() -> None:
    op.create_table(
        "journal",
        sa.Column("seq", ID, autoincrement=True, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", ID, nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_journal")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_journal_subject"), "journal", ["subject"], unique=False)


def _licence_types() -> None:
    op.create_table(
        "licence_types",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_licence_types")),
    )


def _users() -> None:
    op.create_table(
        "users",
        sa.Column("id", ID, nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("is_admin", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
    )


def _vendors() -> None:
    op.create_table(
        "vendors",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded_name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("address", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("other_contact_details", sa.Text(), nullable=True),
        sa.Column("links", sa.JSON(), nullable=False),
        sa.Column("support_details", sa.JSON(), nullable=False),
        sa.Column("logo", sa.Text(), nullable=True),
        sa.Column("verified_status", sa.Text(), nullable=False),
        sa.Column("top_vendor_status", sa.Text(), nullable=True),
        sa.Column("is_atlassian", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vendors")),
    )
    op.create_index(op.f("ix_vendors_folded_name"), "vendors", ["folded_name"], unique=False)


def _api_tokens() -> None:
    op.create_table(
        "api_tokens",
        sa.Column("id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.Column("last_used_at", sa.BigInteger(), nullable=True),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_api_tokens_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_tokens")),
        sa.UniqueConstraint("hash", name=op.f("uq_api_tokens_hash")),
    )
    op.create_index(op.f("ix_api_tokens_user_id"), "api_tokens", ["user_id"], unique=False)


def _application_versions() -> None:
    op.create_table(
        "application_versions",
        sa.Column("application", sa.Text(), nullable=False),
        sa.Column("build", ID, autoincrement=False, nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("released", sa.Date(), nullable=False),
        sa.Column("data_center_compatible", sa.Boolean(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("end_of_life", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application"], ["applications.key"], name=op.f("fk_application_versions_application")
        ),
        sa.PrimaryKeyConstraint("application", "build", name=op.f("pk_application_versions")),
        sa.UniqueConstraint(
            "application", "version", name=op.f("uq_application_versions_application")
        ),
    )


def _apps() -> None:
    op.create_table(
        "apps",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("vendor_id", ID, nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("modified_at", sa.BigInteger(), nullable=False),
        sa.Column("approved_at", sa.BigInteger(), nullable=True),
        sa.Column("listed_at", sa.BigInteger(), nullable=True),
        sa.Column("archived_at", sa.BigInteger(), nullable=True),
        sa.Column("after_approval", sa.Text(), nullable=False),
        sa.Column("tag_line", sa.Text(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("category_ids", sa.JSON(), nullable=False),
        sa.Column("links", sa.JSON(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=True),
        sa.Column("legacy", sa.JSON(), nullable=True),
        sa.Column("google_analytics_id", sa.Text(), nullable=True),
        sa.Column("jsd_embedded_data_key", sa.Text(), nullable=True),
        sa.Column("community_enabled", sa.Boolean(), nullable=False),
        sa.Column("stores_personal_data", sa.Boolean(), nullable=False),
        sa.Column("logo", sa.Text(), nullable=True),
        sa.Column("banner", sa.Text(), nullable=True),
        sa.Column("title_logo", sa.Text(), nullable=True),
        sa.Column("downloads", sa.BigInteger(), nullable=False),
        sa.Column("installs", sa.BigInteger(), nullable=True),
        sa.Column("users", sa.BigInteger(), nullable=True),
        sa.Column("stars", sa.Double(), nullable=False),
        sa.Column("reviews", sa.BigInteger(), nullable=False),
        sa.Column("bundled", sa.Boolean(), nullable=False),
        sa.Column("bundled_cloud", sa.Boolean(), nullable=False),
        sa.Column("hidden", sa.Text(), nullable=False),
        sa.Column("featured", sa.Boolean(), nullable=False),
        sa.Column("codegeist", sa.Boolean(), nullable=False),
        sa.Column("marketing_labels", sa.JSON(), nullable=False),
        sa.Column("data_center_review_issue", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["vendor_id"], ["vendors.id"], name=op.f("fk_apps_vendor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_apps")),
        sa.UniqueConstraint("key", name=op.f("uq_apps_key")),
    )
    op.create_index(op.f("ix_apps_status"), "apps", ["status"], unique=False)
    op.create_index(op.f("ix_apps_vendor_id"), "apps", ["vendor_id"], unique=False)


def _assets() -> None:
    op.create_table(
        "assets",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("image_type", sa.Text(), nullable=True),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("width", sa.BigInteger(), nullable=True),
        sa.Column("height", sa.BigInteger(), nullable=True),
        sa.Column("uploader", ID, nullable=True),
        sa.Column("remote", sa.Text(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["uploader"], ["users.id"], name=op.f("fk_assets_uploader")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_assets")),
    )
    op.create_index(op.f("ix_assets_sha256"), "assets", ["sha256"], unique=False)


def _contacts() -> None:
    op.create_table(
        "contacts",
        sa.Column("id", ID, nullable=False),
        sa.Column("vendor_id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("permissions", sa.JSON(), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_contacts_user_id")),
        sa.ForeignKeyConstraint(["vendor_id"], ["vendors.id"], name=op.f("fk_contacts_vendor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
        sa.UniqueConstraint("vendor_id", "user_id", name=op.f("uq_contacts_vendor_id")),
    )
    op.create_index(op.f("ix_contacts_user_id"), "contacts", ["user_id"], unique=False)


def _asset_uses() -> None:
    op.create_table(
        "asset_uses",
        sa.Column("asset", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["asset"], ["assets.name"], name=op.f("fk_asset_uses_asset")),
        sa.PrimaryKeyConstraint("asset", "owner", name=op.f("pk_asset_uses")),
    )
    op.create_index(op.f("ix_asset_uses_owner"), "asset_uses", ["owner"], unique=False)


def _transitions() -> None:
    op.create_table(
        "transitions",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", ID, nullable=True),
        sa.Column("app_id", ID, nullable=False),
        sa.Column("build", sa.BigInteger(), nullable=True),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["app_id"], ["apps.id"], name=op.f("fk_transitions_app_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transitions")),
    )
    op.create_index("ix_transitions_app_id_build", "transitions", ["app_id", "build"], unique=False)


def _versions() -> None:
    op.create_table(
        "versions",
        sa.Column("app_id", ID, nullable=False),
        sa.Column("build", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("payment_model", sa.Text(), nullable=False),
        sa.Column("released_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("modified_at", sa.BigInteger(), nullable=False),
        sa.Column("compatibilities", sa.JSON(), nullable=False),
        sa.Column("released_by", sa.Text(), nullable=True),
        sa.Column("beta", sa.Boolean(), nullable=False),
        sa.Column("supported", sa.Boolean(), nullable=False),
        sa.Column("artifact", sa.Text(), nullable=True),
        sa.Column("artifact_remote", sa.Text(), nullable=True),
        sa.Column("connect", sa.Boolean(), nullable=False),
        sa.Column("static", sa.Boolean(), nullable=False),
        sa.Column("boundary", sa.Text(), nullable=True),
        sa.Column("data_center_status", sa.Text(), nullable=True),
        sa.Column("links", sa.JSON(), nullable=False),
        sa.Column("reviewed", sa.Boolean(), nullable=False),
        sa.Column("presentation", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["app_id"], ["apps.id"], name=op.f("fk_versions_app_id")),
        sa.PrimaryKeyConstraint("app_id", "build", name=op.f("pk_versions")),
    )
