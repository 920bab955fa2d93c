"""From a change over the API to the mail of a watcher."""

from dataclasses import replace
from pathlib import Path

import pytest

from calling import Api
from given import ACME, Person, a_contact, a_public_app, a_user, a_version, an_app, decide, runs_on
from haymarket.accounts import store as accounts
from haymarket.accounts.contacts import list_contacts, remove_contact
from haymarket.storage import Storage
from running import eventually
from watch.people import letters, told, watch

CLOUD = [runs_on(cloud=True)]
STRANGER, VENDOR, ADMIN = "stranger@example.com", "anna@acme.example", "admin@example.com"


@pytest.fixture
def public(api: Api, vendor: Person, admin: Person) -> str:
    """An app of Acme that everyone may see."""
    return a_public_app(api, vendor, admin)


def writes(mails: Path, *expected: tuple[str, str]) -> bool:
    """Whether it comes to exactly these mails, in any order."""
    return eventually(lambda: sorted(told(mails)) == sorted(expected), 10)


def test_a_stranger_hears_of_a_new_public_version(
    api: Api, vendor: Person, stranger: Person, public: str, mails: Path
) -> None:
    watch(api, stranger, public)
    a_version(api, vendor, public, name="2.0", status="public")
    assert writes(mails, (STRANGER, "Draw 2.0 is out")), told(mails)
    [letter] = letters(mails)
    text = letter.get_content()
    assert "http://haymarket.test/rest/2/addons/com.acme.draw/versions/build/2" in text
    assert "http://haymarket.test/rest/2/addons/com.acme.draw/watch" in text
    assert '{"state": false}' in text
    assert letter["From"] == "Haymarket <haymarket@localhost>"
    assert letter["Date"] == "Tue, 24 Nov 2026 09:30:00 +0000"
    assert letter["Message-ID"].endswith("@haymarket.test>")


def test_only_contacts_and_administrators_hear_of_a_review(
    api: Api, vendor: Person, admin: Person, stranger: Person, public: str, mails: Path
) -> None:
    for who in (vendor, admin, stranger):
        watch(api, who, public)
    version = a_version(api, vendor, public, name="2.0", status="public", compatibilities=CLOUD)
    decide(api, admin, version, "rejected", "<p>No &amp; <b>never</b></p>")
    rejected = ((VENDOR, "Draw 2.0 was rejected"), (ADMIN, "Draw 2.0 was rejected"))
    assert writes(mails, *rejected), told(mails)
    assert all("Why: No & never" in letter.get_content() for letter in letters(mails))
    decide(api, vendor, version, "pending")
    decide(api, admin, version, "approved")
    approved = ((VENDOR, "Draw 2.0 was approved"), (ADMIN, "Draw 2.0 was approved"))
    assert writes(mails, *rejected, *approved, (STRANGER, "Draw 2.0 is out")), told(mails)


def test_one_approval_of_an_app_is_one_mail(
    api: Api, vendor: Person, admin: Person, mails: Path
) -> None:
    path = an_app(api, vendor, status="public", statusAfterApproval="readytolaunch")
    watch(api, vendor, path)
    decide(api, admin, path, "approved")
    assert writes(mails, (VENDOR, "Draw was approved")), told(mails)
    assert api.put(vendor, f"{path}/release", {"released": True}).status_code == 204
    assert writes(mails, (VENDOR, "Draw was approved"), (VENDOR, "Draw is public now"))


def test_who_may_not_see_the_app_any_longer_hears_nothing(
    api: Api, vendor: Person, admin: Person, storage: Storage, mails: Path
) -> None:
    former = a_contact(storage, "former@acme.example", ACME)
    path = an_app(api, vendor, status="submitted")
    watch(api, vendor, path)
    watch(api, former, path)
    with storage.writing(None) as db:
        [contact] = [c for c in list_contacts(db, ACME) if c.user_id == former.id]
        remove_contact(db, contact)
    decide(api, admin, path, "rejected", "No")
    assert writes(mails, (VENDOR, "Draw was rejected"))


def test_who_unwatches_or_is_disabled_hears_nothing(
    api: Api,
    vendor: Person,
    stranger: Person,
    other_vendor: Person,
    admin: Person,
    public: str,
    storage: Storage,
    mails: Path,
) -> None:
    for who in (admin, stranger, other_vendor):
        watch(api, who, public)
    watch(api, stranger, public, False)
    with storage.writing(None) as db:
        user = accounts.get_user(db, other_vendor.email)
        assert user is not None
        accounts.save_user(db, replace(user, is_active=False))
    a_version(api, vendor, public, name="2.0", status="public")
    assert writes(mails, (ADMIN, "Draw 2.0 is out")), told(mails)


@pytest.mark.parametrize("address", ["robin@example.com.", "a b@example.com", "a@b@c", "ü@x.de"])
def test_an_address_that_mail_can_not_have_keeps_nobody_elses_mail(
    api: Api,
    vendor: Person,
    stranger: Person,
    public: str,
    storage: Storage,
    mails: Path,
    address: str,
) -> None:
    watch(api, a_user(storage, address), public)
    watch(api, stranger, public)
    a_version(api, vendor, public, name="2.0", status="public")
    assert writes(mails, (STRANGER, "Draw 2.0 is out")), told(mails)


def test_a_contact_who_does_not_watch_is_not_written_to(
    api: Api, vendor: Person, stranger: Person, public: str, mails: Path
) -> None:
    watch(api, stranger, public)
    a_version(api, vendor, public, name="2.0", status="public")
    assert writes(mails, (STRANGER, "Draw 2.0 is out"))


def test_a_name_of_several_lines_makes_no_header_of_its_own(
    api: Api, vendor: Person, stranger: Person, admin: Person, mails: Path
) -> None:
    path = a_public_app(api, vendor, admin, name="Draw\nBcc: all@example.com")
    watch(api, stranger, path)
    a_version(api, vendor, path, name="2.0", status="public")
    assert writes(mails, (STRANGER, "Draw Bcc: all@example.com 2.0 is out")), told(mails)
    assert letters(mails)[0]["Bcc"] is None
