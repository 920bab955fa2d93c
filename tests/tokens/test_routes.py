"""Access tokens over HTTP: who makes them, what they open, and how they end."""

import io
import zipfile
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from calling import Api, problem
from given import (
    FakeClock,
    Json,
    Person,
    a_public_app,
    a_version,
    an_app,
    an_app_token,
    an_uploaded_jar,
    decide,
)
from haymarket.secret import derived
from haymarket.settings import Settings

HOST = "https://jira.customer.example"


def an_app_with_files(api: Api, by: Person) -> str:
    """A private app whose version has a jar."""
    jar = an_uploaded_jar(api, by)
    return an_app(api, by, version={"_links": {"artifact": {"href": jar}}})


def tokens_of(answer: Any) -> list[str]:
    """The tokens that a list shows."""
    assert answer.status_code == 200, answer.text
    return [each["token"] for each in answer.json()["_embedded"]["tokens"]]


def expand(template: str, **values: str) -> str:
    """A template with its path parameters filled in."""
    for name, value in values.items():
        template = template.replace(f"{{{name}}}", quote(value, safe=""))
    return template


def test_the_way_of_the_java_client_to_claim_a_token(
    api: Api, vendor: Person, anonymous: Person
) -> None:
    app = an_app(api, vendor)
    token = an_app_token(api, vendor, app)

    found = api.get(anonymous, app, accessToken=token)
    assert (found.status_code, found.json()["status"]) == (200, "private")
    tokens = found.json()["_links"]["tokens"]["href"]

    collection = api.get(anonymous, tokens, limit=0, accessToken=token)
    assert tokens_of(collection) == []
    links = collection.json()["_links"]
    assert links["self"]["href"] == f"{tokens}?accessToken={token}&limit=0"
    claiming = expand(links["byToken"]["href"], token=token)

    assert api.call("POST", anonymous, claiming).status_code == 204


def test_a_token_is_the_same_wherever_it_is_shown(
    api: Api, vendor: Person, admin: Person, settings: Settings
) -> None:
    app = an_app(api, vendor)
    made = api.call("POST", vendor, f"{app}/tokens")
    assert made.status_code == 200
    token = made.json()["token"]
    assert made.json() == {
        "_links": {"self": {"href": f"{app}/tokens/{token}"}, "descriptor": []},
        "token": token,
    }
    assert api.get(admin, f"{app}/tokens/{token}").json() == made.json()
    listed = api.get(vendor, f"{app}/tokens").json()
    assert listed["_embedded"]["tokens"] == [made.json()]
    assert "count" not in listed


def test_the_list_is_in_the_order_of_the_tokens_and_limit_cuts_it(api: Api, vendor: Person) -> None:
    app = an_app(api, vendor)
    made = [an_app_token(api, vendor, app) for _ in range(3)]
    assert len(set(made)) == 3
    assert tokens_of(api.get(vendor, f"{app}/tokens")) == made
    assert tokens_of(api.get(vendor, f"{app}/tokens", limit=2)) == made[:2]
    assert tokens_of(api.get(vendor, f"{app}/tokens", limit=0)) == []
    assert problem(api.get(vendor, f"{app}/tokens", limit=-1))["code"] == "INVALID_PARAMETER"


def test_an_app_has_a_maximum_of_tokens(api: Api, vendor: Person, settings: Settings) -> None:
    app, other = an_app(api, vendor), an_app(api, vendor, "com.acme.other")
    made = [an_app_token(api, vendor, app) for _ in range(settings.tokens_per_app)]
    assert problem(api.call("POST", vendor, f"{app}/tokens"), 409)["code"] == "CONFLICT"
    an_app_token(api, vendor, other)
    api.call("DELETE", vendor, f"{app}/tokens/{made[0]}")
    an_app_token(api, vendor, app)


def test_a_contact_without_the_permission_sees_tokens_and_changes_none(
    api: Api, vendor: Person, clerk: Person
) -> None:
    app = an_app(api, vendor)
    token = an_app_token(api, vendor, app)
    assert tokens_of(api.get(clerk, f"{app}/tokens")) == [token]
    assert api.call("POST", clerk, f"{app}/tokens").status_code == 403
    assert api.call("DELETE", clerk, f"{app}/tokens/{token}").status_code == 403


def test_strangers_learn_nothing_of_the_tokens(
    api: Api, vendor: Person, admin: Person, anonymous: Person, stranger: Person
) -> None:
    private, public = an_app(api, vendor), a_public_app(api, vendor, admin, "com.acme.public")
    token = an_app_token(api, vendor, private)
    for who in (anonymous, stranger):
        for path in (f"{private}/tokens", f"{private}/tokens/{token}"):
            assert api.get(who, path).status_code == 404
    assert api.get(anonymous, f"{public}/tokens").status_code == 401
    assert api.get(stranger, f"{public}/tokens").status_code == 404


# --- what a token opens ---------------------------------------------------------------------


@pytest.mark.parametrize("name", ["accessToken", "access-token"])
def test_a_token_opens_the_app_and_what_belongs_to_it(
    api: Api, vendor: Person, anonymous: Person, stranger: Person, name: str
) -> None:
    app = an_app(api, vendor)
    token = an_app_token(api, vendor, app)
    for who in (anonymous, stranger):
        for part in ("", "/versions", "/versions/latest", "/versions/build/1", "/recommendations"):
            assert api.get(who, f"{app}{part}").status_code == 404, part
            assert api.get(who, f"{app}{part}", **{name: token}).status_code == 200, part


def test_a_token_opens_nothing_else(
    api: Api, vendor: Person, anonymous: Person, stranger: Person
) -> None:
    app, other = an_app(api, vendor), an_app(api, vendor, "com.acme.other")
    token = an_app_token(api, vendor, app)
    assert api.get(anonymous, other, accessToken=token).status_code == 404
    assert api.get(anonymous, f"{app}/approval", accessToken=token).status_code == 401
    assert api.get(stranger, f"{app}/approval", accessToken=token).status_code == 404
    assert api.get(anonymous, f"{app}/tokens/{token}", accessToken=token).status_code == 401
    shown = api.get(stranger, app, accessToken=token).json()["_links"]
    assert not {"approval", "edit", "transition", "feedbacks"} & set(shown)
    changing = f"{app}?accessToken={token}"
    assert api.patch(anonymous, changing).status_code == 401
    assert api.patch(stranger, changing).status_code == 403
    assert api.get(anonymous, "addons", accessToken=token).json()["count"] == 0


def test_who_has_a_token_sees_no_other_one(
    api: Api, vendor: Person, anonymous: Person, stranger: Person
) -> None:
    app = an_app(api, vendor)
    token, _ = an_app_token(api, vendor, app), an_app_token(api, vendor, app)
    for who in (anonymous, stranger):
        assert tokens_of(api.get(who, f"{app}/tokens", accessToken=token)) == [token]
    assert len(tokens_of(api.get(vendor, f"{app}/tokens", accessToken=token))) == 2


def test_a_token_opens_the_newest_private_version_and_no_older_one(
    api: Api, vendor: Person, anonymous: Person
) -> None:
    app = an_app(api, vendor)
    token = an_app_token(api, vendor, app)
    a_version(api, vendor, app, name="2.0.0")

    def seen(part: str, **query: Any) -> Any:
        return api.get(anonymous, f"{app}{part}", accessToken=token, **query)

    assert seen("/versions").json()["count"] == 1
    assert seen("/versions/latest").json()["buildNumber"] == 2
    assert seen("/versions/build/2").status_code == 200
    assert seen("/versions/build/1").status_code == 404
    assert seen("/versions/name/2.0.0").status_code == 200
    assert seen("/versions/name/1.0.0").status_code == 404
    embedded = seen("", withVersion="true").json()["_embedded"]["version"]
    assert (embedded["buildNumber"], embedded["status"]) == (2, "private")


def test_a_wrong_token_changes_nothing(
    api: Api, vendor: Person, admin: Person, anonymous: Person
) -> None:
    private, public = an_app(api, vendor), a_public_app(api, vendor, admin, "com.acme.public")
    api.settle()
    for wrong in ("", "x", "ü" * 50, "x" * 5000):
        assert api.get(anonymous, private, accessToken=wrong).status_code == 404
        assert api.get(anonymous, public, accessToken=wrong).status_code == 200


def test_of_two_tokens_the_last_counts(api: Api, vendor: Person, anonymous: Person) -> None:
    app = an_app(api, vendor)
    token = an_app_token(api, vendor, app)
    assert api.get(anonymous, f"{app}?accessToken=x&accessToken={token}").status_code == 200
    assert api.get(anonymous, f"{app}?accessToken={token}&accessToken=x").status_code == 404


def test_the_descriptors_are_those_of_the_newest_versions_and_answer_with_the_token(
    api: Api, vendor: Person, admin: Person, anonymous: Person
) -> None:
    app = an_app_with_files(api, vendor)
    token = an_app_token(api, vendor, app)
    [private] = descriptors(api.get(vendor, f"{app}/tokens/{token}").json())
    assert private.endswith(f"/version/1?access-token={token}")
    bare = private.partition("?")[0]
    assert api.get(vendor, f"{app}/tokens").json()["_links"]["descriptor"]["href"] == bare
    assert api.client.get(urlsplit(bare).path).status_code == 404
    answer = api.client.get(private)
    assert answer.status_code == 200
    assert zipfile.is_zipfile(io.BytesIO(answer.content))
    assert answer.headers["Cache-Control"] == "private, no-store"

    api.patch(vendor, app, {"op": "replace", "path": "/status", "value": "public"})
    decide(api, admin, app, "approved")
    a_version(api, vendor, app, _links={"artifact": {"href": an_uploaded_jar(api, vendor)}})
    shown = descriptors(api.get(vendor, f"{app}/tokens/{token}").json())
    assert [each.partition("?")[0].rpartition("/")[2] for each in shown] == ["2", "1"]
    assert [api.client.get(each).status_code for each in shown] == [200, 200]


def descriptors(token: Json) -> list[str]:
    """The addresses that a token links to."""
    return [each["href"] for each in token["_links"]["descriptor"]]


# --- deleting -------------------------------------------------------------------------------


def test_a_deleted_token_is_shown_a_last_time_and_opens_nothing(
    api: Api, vendor: Person, anonymous: Person
) -> None:
    app = an_app(api, vendor)
    token, kept = an_app_token(api, vendor, app), an_app_token(api, vendor, app)
    before = api.get(vendor, f"{app}/tokens/{token}").json()
    deleted = api.call("DELETE", vendor, f"{app}/tokens/{token}")
    assert (deleted.status_code, deleted.json()) == (200, before)
    assert api.call("DELETE", vendor, f"{app}/tokens/{token}").status_code == 404
    assert api.get(vendor, f"{app}/tokens/{token}").status_code == 404
    assert api.get(anonymous, app, accessToken=token).status_code == 404
    assert api.call("POST", anonymous, f"{app}/tokens/{token}").status_code == 404
    assert api.get(anonymous, app, accessToken=kept).status_code == 200


def test_a_token_of_another_app_is_unknown(
    api: Api, vendor: Person, anonymous: Person, admin: Person
) -> None:
    app, other = an_app(api, vendor), an_app(api, vendor, "com.acme.other")
    token = an_app_token(api, vendor, other)
    for who, method in ((vendor, "GET"), (admin, "DELETE"), (anonymous, "POST")):
        assert api.call(method, who, f"{app}/tokens/{token}").status_code == 404
    assert tokens_of(api.get(vendor, f"{other}/tokens")) == [token]


# --- at rest --------------------------------------------------------------------------------


def test_the_database_holds_nothing_that_opens_an_app(
    api: Api, vendor: Person, settings: Settings, clock: FakeClock
) -> None:
    app = an_app(api, vendor)
    token = an_app_token(api, vendor, app)
    with api.storage.engine.connect() as connection:
        for table in ("app_tokens", "journal", "instance"):
            rows = connection.exec_driver_sql(f"SELECT * FROM {table}").all()
            assert rows
            assert token not in str(rows)
        nonce = connection.exec_driver_sql("SELECT nonce FROM app_tokens").scalar()
    assert derived(b"another secret", "app-token", str(nonce)) != token
    secret = (settings.data / "secret").read_bytes()
    assert derived(secret, "app-token", str(nonce)) == token
