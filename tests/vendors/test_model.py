"""The rules of what a vendor tells, and of its contacts."""

from dataclasses import replace
from typing import Any

import pytest

from haymarket.accounts.model import Contact, Permission
from haymarket.vendors.model import Vendor, keeps_an_administrator, problems_of_vendor

PLAIN = Vendor(1, "Acme", "a@acme.example")


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"name": ""}, "/name"),
        ({"name": " \t"}, "/name"),
        ({"name": "x" * 121}, "/name"),
        ({"name": "a\0b"}, "/name"),
        ({"email": "acme.example"}, "/email"),
        ({"email": "a b@acme.example"}, "/email"),
        ({"email": "a@b@c"}, "/email"),
        ({"email": "x" * 250 + "@acme.example"}, "/email"),
        ({"description": "x" * 10_001}, "/description"),
        ({"phone": "\0"}, "/phone"),
        ({"other_contact_details": "x" * 10_001}, "/otherContactDetails"),
        ({"address": {"line1": "x" * 10_001}}, "/address/line1"),
        ({"links": {"homePage": "javascript:alert(1)"}}, "/vendorLinks/homePage"),
        ({"links": {"homePage": "acme.example"}}, "/vendorLinks/homePage"),
        ({"links": {"homePage": "http://"}}, "/vendorLinks/homePage"),
        ({"links": {"homePage": "http://[acme"}}, "/vendorLinks/homePage"),
        ({"links": {"sla": "https://acme.example/ a"}}, "/vendorLinks/sla"),
        ({"links": {"sla": "https://acme.example/\n"}}, "/vendorLinks/sla"),
        ({"links": {"sla": f"https://acme.example/{'x' * 2000}"}}, "/vendorLinks/sla"),
        (
            {"support_details": {"supportOrg": {"name": "x", "supportUrl": "ftp://a"}}},
            "/supportDetails/supportOrg/supportUrl",
        ),
        (
            {"support_details": {"supportOrg": {"name": "x", "supportEmail": "help"}}},
            "/supportDetails/supportOrg/supportEmail",
        ),
        (
            {"support_details": {"supportHours": {"range": {"from": "9", "until": "17:00"}}}},
            "/supportDetails/supportHours/range/from",
        ),
        (
            {"support_details": {"supportHours": {"range": {"from": "09:00", "until": "24:00"}}}},
            "/supportDetails/supportHours/range/until",
        ),
        (
            {"support_details": {"supportHours": {"holidays": [{"title": "x" * 10_001}]}}},
            "/supportDetails/supportHours/holidays/0/title",
        ),
    ],
)
def test_a_bad_text_is_named_by_its_pointer(change: dict[str, Any], path: str) -> None:
    assert [each.path for each in problems_of_vendor(replace(PLAIN, **change))] == [path]


@pytest.mark.parametrize("time", ["00:00", "23:59:59", "09:00:00.000Z", "09:00+02:00"])
def test_times_of_day_have_several_forms(time: str) -> None:
    hours = {"supportHours": {"range": {"from": time, "until": time}}}
    assert problems_of_vendor(replace(PLAIN, support_details=hours)) == []


def test_all_problems_are_found_at_once() -> None:
    bad = replace(PLAIN, name="", email="x", links={"sla": "x"})
    found = [each.path for each in problems_of_vendor(bad)]
    assert found == ["/name", "/email", "/vendorLinks/sla"]


@pytest.mark.parametrize(
    ("permissions", "kept"),
    [((), False), (("manage-payment",), False), (("administer-vendor",), True)],
)
def test_one_contact_must_administer_the_vendor(
    permissions: tuple[Permission, ...], kept: bool
) -> None:
    contact = Contact(1, 1, 1, "a@acme.example", "A", permissions, ())
    assert keeps_an_administrator([contact]) is kept
