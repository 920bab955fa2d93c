"""What strangers are told of a defect: nothing of the inside."""

from typing import Any

import pytest
from litestar.testing import TestClient
from sqlalchemy import text

from calling import Api
from given import Person
from haymarket.storage import Storage


@pytest.fixture
def broken(client: TestClient[Any], storage: Storage) -> TestClient[Any]:
    """A marketplace in which something is wrong that nobody thought of."""
    with storage.engine.begin() as connection:
        connection.execute(text("ALTER TABLE vendors RENAME TO secret_vendors"))
    return client


def test_a_defect_is_answered_with_one_sentence_and_logged_whole(
    broken: TestClient[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    answer = broken.get("/rest/2/vendors")
    assert answer.status_code == 500
    told = {"message": "Something went wrong at our side", "code": "INTERNAL_ERROR"}
    assert answer.json() == {"errors": [told]}
    logged = "".join(capsys.readouterr())
    assert "request failed" in logged
    assert "/rest/2/vendors" in logged
    assert "Traceback" in logged


def test_no_answer_of_a_defect_names_a_table_a_file_or_a_statement(
    broken: TestClient[Any],
) -> None:
    for path in ("/rest/2/vendors", "/rest/2/vendors/1", "/rest/2/vendors/1/contacts"):
        text = broken.get(path).text
        for inside in ("vendors", "SELECT", "sqlite", "psycopg", ".py", "Traceback"):
            assert inside not in text


def test_the_process_goes_on(broken: TestClient[Any], storage: Storage) -> None:
    assert broken.get("/rest/2/vendors").status_code == 500
    assert broken.get("/rest/2/licenseTypes").status_code == 200
    with storage.engine.begin() as connection:
        connection.execute(text("ALTER TABLE secret_vendors RENAME TO vendors"))
    assert broken.get("/rest/2/vendors").status_code == 200


def test_a_defect_in_a_change_changes_nothing(
    api: Api, vendor: Person, client: TestClient[Any], storage: Storage
) -> None:
    with storage.reading() as db:
        before = db.head()
    with storage.engine.begin() as connection:
        connection.execute(text("ALTER TABLE contacts RENAME TO gone"))
    document = {"_links": {}, "name": "V", "email": "v@example.com"}
    document |= {"vendorLinks": {}, "supportDetails": {}}
    answer = client.post("/rest/2/vendors", json=document, auth=vendor.auth or ("", ""))
    assert answer.status_code == 500
    with storage.reading() as db:
        assert db.head() == before
