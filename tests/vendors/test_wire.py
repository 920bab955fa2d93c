"""Vendors, out on the wire and in again."""

from dataclasses import replace
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from haymarket.hal import encode
from haymarket.vendors import schemas, wire
from haymarket.vendors.model import Day, TopVendorStatus, Vendor, VerifiedStatus

BASE = "http://haymarket.test"


def a_document(required: dict[str, Any], optional: dict[str, Any]) -> Any:
    return st.fixed_dictionaries(required, optional=optional)


def one_of(literal: Any) -> Any:
    return st.sampled_from(literal.__args__)


text = st.text(max_size=20)
addresses = a_document(
    {"line1": text, "city": text, "state": text, "postCode": text, "country": text},
    {"line2": text},
)
holidays = a_document(
    {"title": text, "date": st.dates().map(str), "repeatAnnually": st.booleans()}, {}
)
hours = a_document(
    {"timezone": text, "days": st.lists(one_of(Day)), "holidays": st.lists(holidays, max_size=2)},
    {"range": a_document({"from": text, "until": text}, {})},
)
support = a_document(
    {},
    {
        "supportOrg": a_document(
            {"name": text}, {"supportEmail": text, "supportUrl": text, "supportPhone": text}
        ),
        "targetResponseTime": st.integers(0, 2**31 - 1),
        "supportHours": hours,
        "emergencyContact": text,
    },
)
vendors = st.builds(
    Vendor,
    id=st.integers(1, 2**63 - 1),
    name=text,
    email=text,
    description=st.none() | text,
    phone=st.none() | text,
    address=st.none() | addresses,
    other_contact_details=st.none() | text,
    links=a_document({}, {"homePage": text, "sla": text}),
    support_details=support,
    logo=st.none() | st.uuids().map(str),
    verified_status=one_of(VerifiedStatus),
    top_vendor_status=st.none() | one_of(TopVendorStatus),
    is_atlassian=st.booleans(),
)


@given(vendors, st.booleans())
def test_a_vendor_reads_back_as_it_was_shown(vendor: Vendor, for_contact: bool) -> None:
    shown = msgspec.json.decode(encode(wire.to_wire(vendor, BASE, for_contact)))
    blank = Vendor(vendor.id, "", "", logo=vendor.logo, is_atlassian=vendor.is_atlassian)
    written = wire.from_wire(msgspec.convert(shown, schemas.CreateVendorRepresentation), blank)
    assert wire.decided(msgspec.convert(shown, schemas.VendorDecisions), written) == vendor


@given(vendors)
def test_no_member_of_a_vendor_is_null(vendor: Vendor) -> None:
    def nulls(value: Any) -> bool:
        parts = value.values() if isinstance(value, dict) else value
        return value is None or (isinstance(value, dict | list) and any(map(nulls, parts)))

    assert not nulls(msgspec.json.decode(encode(wire.to_wire(vendor, BASE, False))))
    assert not nulls(msgspec.json.decode(encode(wire.summary(vendor, BASE, True))))


PLAIN = Vendor(12, "Acme & Söhne", "a@acme.example")


def test_the_summary_of_a_plain_vendor_has_empty_programs_and_nothing_embedded() -> None:
    shown = msgspec.json.decode(encode(wire.summary(PLAIN, BASE, False)))
    assert shown == {
        "_links": {
            "self": {"href": "/rest/2/vendors/12"},
            "alternate": {"href": "/vendors/12/acme-sohne", "type": "text/html"},
        },
        "_embedded": {},
        "name": "Acme & Söhne",
        "programs": {},
    }


def test_a_summary_shows_the_logo_the_programme_and_contacts_where_to_edit() -> None:
    vendor = replace(PLAIN, logo="a1b2", top_vendor_status="approved", verified_status="verified")
    shown = msgspec.json.decode(encode(wire.summary(vendor, BASE, True)))
    assert list(shown["_links"]) == ["self", "alternate", "edit", "logo"]
    assert shown["_links"]["edit"] == {"href": "/manage/vendors/12", "type": "text/html"}
    assert shown["_links"]["logo"] == {"href": "/rest/2/assets/a1b2"}
    assert shown["_embedded"]["logo"]["_links"]["unscaled"] == {
        "href": "http://haymarket.test/files/a1b2",
        "type": "image/png",
    }
    assert shown["programs"] == {"topVendor": {"status": "approved"}}
    assert "verifiedStatus" not in shown
    assert "isAtlassian" not in shown


@pytest.mark.parametrize("member", ["name", "email", "vendorLinks", "supportDetails", "_links"])
def test_a_vendor_needs_these_members(member: str) -> None:
    whole = {"name": "", "email": "", "vendorLinks": {}, "supportDetails": {}, "_links": {}}
    del whole[member]
    with pytest.raises(msgspec.ValidationError, match=member):
        msgspec.convert(whole, schemas.CreateVendorRepresentation)
