"""Who is calling, over HTTP (general.md, 3)."""

import base64
from dataclasses import replace
from datetime import timedelta

from calling import Api, problem
from given import FakeClock, Person, a_user, an_app
from haymarket.accounts import store
from haymarket.accounts.contacts import list_contacts, remove_contact
from haymarket.accounts.model import Scope, new_token, token_hash
from haymarket.storage import Storage


def a_token(
    storage: Storage, email: str, scopes: tuple[Scope, ...], lasts: timedelta | None = None
) -> Person:
    """A user who calls with another token of his."""
    token = new_token()
    with storage.writing(None) as db:
        user = store.get_user(db, email)
        assert user is not None
        expires = None if lasts is None else db.now() + lasts
        store.add_token(db, user, "another", token_hash(token), scopes, expires)
    return Person(user.id, email, (email, token))


def status(api: Api, who: Person) -> int:
    """What an operation that needs a user answers."""
    return int(api.post(who, "addons", {}).status_code)


def test_a_user_is_known_by_e_mail_and_token_however_the_address_is_written(
    api: Api, stranger: Person
) -> None:
    assert stranger.auth is not None
    _, token = stranger.auth
    for email in ("stranger@example.com", "Stranger@Example.COM", " stranger@example.com "):
        assert status(api, Person(1, email, (email, token))) == 400


WRONG: list[tuple[str, str]] = [
    ("stranger@example.com", "wrong"),
    ("stranger@example.com", ""),
    ("nobody@example.com", "token-of-stranger@example.com"),
    ("", ""),
    ("stranger@example.com\0", "wrong"),
    ("\0", "\0"),
    ("ünï@example.com", "ünï"),
    ("x" * 5000, "y" * 5000),
]


def test_wrong_credentials_are_refused_everywhere(api: Api, stranger: Person) -> None:
    for email, token in WRONG:
        text = base64.b64encode(f"{email}:{token}".encode()).decode()
        for path in ("/rest/2/addons", "/rest/2/addons/nothing", "/rest/2/addons/archived"):
            answer = api.client.get(path, headers={"Authorization": f"Basic {text}"})
            assert problem(answer, 401)["code"] == "UNAUTHORIZED"
            assert answer.headers["www-authenticate"].startswith("Basic")


UNREADABLE: list[str] = [
    "Basic",
    "Basic ",
    "Basic !!!",
    "Basic YQ",
    "Basic /w==",
    "Bearer abc",
    "",
    "Basic ä",
    "x" * 9000,
]


def test_a_header_that_can_not_be_read_is_refused(api: Api) -> None:
    for header in UNREADABLE:
        headers = {"Authorization": header.encode("latin-1")}
        answer = api.client.get("/rest/2/addons", headers=headers)  # type: ignore[arg-type]
        assert problem(answer, 401)["code"] == "UNAUTHORIZED"


def test_a_token_that_only_reads_changes_nothing(
    api: Api, storage: Storage, vendor: Person
) -> None:
    path = an_app(api, vendor)
    reader = a_token(storage, vendor.email, ("read",))
    assert api.get(reader, path).status_code == 200
    for answer in (
        api.post(reader, "addons", {}),
        api.patch(reader, path),
        api.post(reader, f"{path}/versions", {}),
        api.put(reader, f"{path}/release", {}),
    ):
        assert problem(answer, 403)["code"] == "FORBIDDEN"


def test_rights_of_an_administrator_need_a_token_for_them(
    api: Api, storage: Storage, vendor: Person, admin: Person
) -> None:
    path = an_app(api, vendor, status="public")
    plain = a_token(storage, admin.email, ("read", "write"))
    assert api.get(plain, path).status_code == 404
    assert api.get(admin, path).status_code == 200


def test_a_token_is_good_until_it_expires(
    api: Api, storage: Storage, stranger: Person, clock: FakeClock
) -> None:
    short = a_token(storage, stranger.email, ("read", "write"), timedelta(hours=1))
    assert status(api, short) == 400
    clock.advance(minutes=59, seconds=59)
    assert status(api, short) == 400
    clock.advance(seconds=1)
    assert status(api, short) == 401
    assert status(api, stranger) == 400


def test_a_token_is_good_until_it_is_revoked(api: Api, storage: Storage, stranger: Person) -> None:
    other = a_user(storage, "other@example.com")
    with storage.writing(None) as db:
        user, neighbour = store.get_user(db, stranger.email), store.get_user(db, other.email)
        assert user is not None
        assert neighbour is not None
        [token] = store.list_tokens(db, user)
        assert not store.revoke_token(db, neighbour, token.id)
    assert status(api, stranger) == 400
    with storage.writing(None) as db:
        assert store.revoke_token(db, user, token.id)
    assert status(api, stranger) == 401


def test_a_user_who_is_not_active_is_not_let_in(
    api: Api, storage: Storage, stranger: Person
) -> None:
    with storage.writing(None) as db:
        user = store.get_user(db, stranger.email)
        assert user is not None
        store.save_user(db, replace(user, is_active=False))
    assert status(api, stranger) == 401
    assert api.get(stranger, "addons").status_code == 401


def test_a_contact_who_is_removed_sees_no_more(api: Api, storage: Storage, vendor: Person) -> None:
    path = an_app(api, vendor)
    assert api.get(vendor, path).status_code == 200
    with storage.writing(None) as db:
        for contact in list_contacts(db, 12):
            remove_contact(db, contact)
    assert api.get(vendor, path).status_code == 404
