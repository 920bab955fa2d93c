"""The rules of callers and tokens."""

from datetime import UTC, datetime, timedelta

import pytest

from haymarket.accounts.model import (
    ANONYMOUS,
    TOKEN_PREFIX,
    ApiToken,
    Caller,
    new_token,
    normal_email,
    token_hash,
)

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def test_a_contact_may_do_what_his_permissions_say_for_his_vendor_only() -> None:
    contact = Caller(1, permissions={12: frozenset({"manage-pricing"})})
    assert contact.vendors == {12}
    assert contact.belongs_to(12)
    assert not contact.belongs_to(7)
    assert contact.may(12, "manage-pricing")
    assert not contact.may(12, "manage-addon-details")
    assert not contact.may(7, "manage-pricing")


def test_an_administrator_may_everything_and_nobody_may_nothing() -> None:
    admin = Caller(1, is_admin=True)
    assert admin.belongs_to(12)
    assert admin.may(12, "manage-payment")
    assert admin.vendors == frozenset()
    assert ANONYMOUS.is_anonymous
    assert not ANONYMOUS.belongs_to(12)
    assert not ANONYMOUS.may(12, "manage-payment")


@pytest.mark.parametrize(
    ("expires", "revoked", "valid"),
    [
        (None, None, True),
        (NOW + timedelta(milliseconds=1), None, True),
        (NOW, None, False),
        (None, NOW + timedelta(days=1), False),
    ],
)
def test_a_token_is_valid_before_it_expires_and_unless_it_is_revoked(
    expires: datetime | None, revoked: datetime | None, valid: bool
) -> None:
    token = ApiToken(1, 1, "x", ("read",), NOW, expires, None, revoked)
    assert token.is_valid(NOW) is valid


def test_tokens_are_long_different_and_marked_and_kept_as_hashes() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    for token in tokens:
        assert token.startswith(TOKEN_PREFIX)
        assert len(token) == len(TOKEN_PREFIX) + 43
        assert token not in token_hash(token)
        assert len(token_hash(token)) == 64


def test_an_e_mail_address_has_one_form() -> None:
    assert normal_email(" Anna@Acme.EXAMPLE\n") == "anna@acme.example"
