"""Two vendors, their contacts, and what these bring along."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from litestar.testing import TestClient
from PIL import Image

from given import Person, a_user
from haymarket.accounts import store as accounts
from haymarket.accounts.contacts import list_contacts, set_contact
from haymarket.accounts.model import Permission, Role
from haymarket.storage import Storage
from haymarket.vendors.model import Vendor

ACME = Vendor(
    12,
    "Acme & Söhne",
    "hello@acme.example",
    description="Makers of all kinds",
    phone="+49 30 1",
    address={
        "line1": "1 Road",
        "city": "Berlin",
        "state": "BE",
        "postCode": "10115",
        "country": "DE",
    },
    other_contact_details="Ring twice",
    links={"homePage": "https://acme.example", "sla": "https://acme.example/sla"},
    support_details={
        "supportOrg": {"name": "Acme Help", "supportUrl": "https://help.acme.example"},
        "targetResponseTime": 24,
        "supportHours": {
            "range": {"from": "09:00", "until": "17:30"},
            "timezone": "Europe/Berlin",
            "days": ["monday", "friday"],
            "holidays": [{"title": "May Day", "date": "2027-05-01", "repeatAnnually": True}],
        },
        "emergencyContact": "+49 30 2",
    },
    verified_status="verified",
    top_vendor_status="approved",
)
OURS = Vendor(7, "Own Apps", "apps@market.example", is_atlassian=True)


def a_contact(
    storage: Storage,
    email: str,
    permissions: Sequence[Permission],
    roles: Sequence[Role] = (),
    vendor_id: int = 12,
) -> Person:
    """A user who is a contact of a vendor, of Acme by default."""
    person = a_user(storage, email)
    with storage.writing(None) as db:
        user = accounts.get_user(db, email)
        assert user is not None
        set_contact(db, vendor_id, user, permissions, roles)
    return person


def contact_path(storage: Storage, person: Person) -> str:
    """The address of a contact of Acme."""
    with storage.reading() as db:
        [contact] = [c for c in list_contacts(db, 12) if c.email == person.email]
    return f"/rest/2/vendors/12/contacts/{contact.id}"


def a_logo(client: TestClient[Any], person: Person) -> str:
    """The address of a logo that somebody has just uploaded."""
    file = BytesIO()
    Image.new("RGB", (144, 144), "green").save(file, "PNG")
    answer = client.request(
        "POST",
        "/rest/2/assets/image/logo?file=logo.png",
        content=file.getvalue(),
        headers={"Content-Type": "application/binary"},
        auth=person.auth,
    )
    assert answer.status_code == 200
    return str(answer.json()["_links"]["self"]["href"])
