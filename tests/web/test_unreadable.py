"""Parameters that can not be read are named as the API names them."""

from typing import Any

import pytest
from litestar.testing import TestClient

from given import Person

Client = TestClient[Any]
BAD = [
    ("/addons?cost=gratis", "cost: must be one of free, marketplace, orderable, paid; got gratis"),
    ("/addons?hosting=cloud&hosting=moon", "hosting: must be one of any, cloud, datacenter,"),
    ("/addons?applicationBuild=new", "applicationBuild: must be a whole number, got new"),
    ("/addons?forThisUser=maybe", "forThisUser: must be true or false, got maybe"),
    ("/addons?limit=ten", "limit: must be a whole number, got ten"),
    ("/addons?cloudComplianceBoundaries=x", "cloudComplianceBoundaries: must be one of commercial"),
    ("/addons/k?cloudComplianceBoundary=x", "cloudComplianceBoundary: must be one of commercial"),
    ("/addons/k/versions?cost=", "cost: must be one of free, marketplace, orderable, paid; got "),
    ("/addons/k/versions/latest?includePrivate=9", "includePrivate: must be true or false, got 9"),
    ("/addons/search/brief?cloudComplianceBoundaries=x", "cloudComplianceBoundaries: must be one"),
    (f"/addons?text={'a' * 1001}", "text: Expected `str` of length <= 1000"),
    ("/applications/jira/versions?afterBuildNumber=-1", "afterBuildNumber: Expected `int` >= 0"),
]


def messages(answer: Any) -> list[str]:
    assert answer.status_code == 400, answer.text
    errors = answer.json()["errors"]
    assert {each["code"] for each in errors} == {"INVALID_PARAMETER"}
    assert all("path" not in each for each in errors)
    return [each["message"] for each in errors]


@pytest.mark.parametrize(("address", "told"), BAD)
def test_a_parameter_that_can_not_be_read_is_named_as_on_the_wire(
    client: Client, address: str, told: str
) -> None:
    [message] = messages(client.get(f"/rest/2{address}"))
    assert message.startswith(told)


def test_every_bad_parameter_is_told_at_once(client: Client) -> None:
    query = "filter=best&offset=x&withVersion=2&cloudComplianceBoundaries=moon&text=pdf"
    found = messages(client.get(f"/rest/2/addons?{query}"))
    assert sorted(each.partition(":")[0] for each in found) == [
        "cloudComplianceBoundaries",
        "filter",
        "offset",
        "withVersion",
    ]


def test_a_missing_parameter_is_named(client: Client, stranger: Person) -> None:
    answer = client.post("/rest/2/assets/artifact/fetch", auth=stranger.auth or ("", ""))
    assert messages(answer) == ["uri: is required"]


def test_a_bad_path_parameter_is_named(client: Client, stranger: Person) -> None:
    answer = client.post("/rest/2/assets/image/photo?file=a.png", auth=stranger.auth or ("", ""))
    [message] = messages(answer)
    assert message.startswith("imageType: must be one of banner, hero, icon,")


def test_a_bad_header_is_named(client: Client, stranger: Person) -> None:
    name = "X-Mpac-DataCenter-BuildNumber"
    answer = client.post(
        "/rest/2/addons", headers={name: "two"}, content=b"{}", auth=stranger.auth or ("", "")
    )
    assert messages(answer) == [f"{name}: must be a whole number, got two"]
