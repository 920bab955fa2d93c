"""Answers that are kept: as long as the index stays as it is, and never longer."""

from calling import Api
from given import Person, a_kept_app


def keys(api: Api, who: Person, **query: object) -> list[str]:
    """The keys of a page."""
    return [app["key"] for app in api.get(who, "addons", **query).json()["_embedded"]["addons"]]


def test_what_changes_is_seen_by_a_question_that_was_asked_before(
    api: Api, anonymous: Person, vendor: Person
) -> None:
    for number in range(3):
        a_kept_app(api.storage, f"com.acme.n{number}", name="Lantern")
        api.settle()
        for _ in range(2):
            assert len(keys(api, anonymous, text="lantern")) == number + 1


def test_who_asks_and_how_is_part_of_the_question(
    api: Api, anonymous: Person, vendor: Person
) -> None:
    a_kept_app(api.storage, "com.acme.public")
    a_kept_app(api.storage, "com.acme.private", status="private")
    api.settle()
    for _ in range(2):
        assert keys(api, anonymous, includePrivate="true") == ["com.acme.public"]
        assert len(keys(api, vendor, includePrivate="true")) == 2
        assert len(keys(api, anonymous, limit=1)) == 1
        assert keys(api, anonymous, offset=1) == []
