"""Who may see an app and who may change it."""

from collections.abc import Callable
from typing import Any

import pytest

from given import ACME, a_kept_app, a_vendor
from haymarket.accounts.model import ANONYMOUS, PERMISSIONS, Caller
from haymarket.apps.access import app_of_contact, own_app, visible_app
from haymarket.errors import Forbidden, NotFound, Refused, Unauthorized
from haymarket.storage import Storage

PEOPLE = {
    "anonymous": ANONYMOUS,
    "stranger": Caller(1),
    "other": Caller(2, permissions={7: frozenset(PERMISSIONS)}),
    "clerk": Caller(3, permissions={ACME: frozenset({"view-sales-reports"})}),
    "publisher": Caller(4, permissions={ACME: frozenset({"manage-addon-details"})}),
    "admin": Caller(5, is_admin=True),
}
ANSWERS: dict[tuple[Callable[..., Any], str], list[type[Refused] | None]] = {
    (visible_app, "public"): [None, None, None, None, None, None],
    (visible_app, "private"): [NotFound, NotFound, NotFound, None, None, None],
    (own_app, "public"): [Unauthorized, Forbidden, Forbidden, Forbidden, None, None],
    (own_app, "private"): [NotFound, NotFound, NotFound, Forbidden, None, None],
    (app_of_contact, "public"): [Unauthorized, NotFound, NotFound, None, None, None],
    (app_of_contact, "private"): [NotFound, NotFound, NotFound, None, None, None],
}


@pytest.mark.parametrize(("look", "status"), list(ANSWERS))
def test_what_each_caller_may_do_with_an_app(
    storage: Storage, look: Callable[..., Any], status: str
) -> None:
    a_vendor(storage, ACME, "Acme")
    app = a_kept_app(storage, "com.acme.draw", [], status=status)
    with storage.reading() as db:
        for who, expected in zip(PEOPLE.values(), ANSWERS[look, status], strict=True):
            if expected is None:
                assert look(db, who, app.key) == app
            else:
                with pytest.raises(expected):
                    look(db, who, app.key)


def test_an_unknown_app_and_an_invisible_one_are_told_alike(storage: Storage) -> None:
    a_vendor(storage, ACME, "Acme")
    a_kept_app(storage, "com.acme.secret", [], status="private")
    messages = set()
    with storage.reading() as db:
        for key in ("com.acme.secret", "com.acme.nothing"):
            with pytest.raises(NotFound) as refused:
                visible_app(db, PEOPLE["stranger"], key)
            messages.add(refused.value.message.replace(key, "KEY"))
    assert len(messages) == 1
