"""What the wire shows of Acme, and how it is asked for."""

from typing import Any

from litestar.testing import TestClient

from given import Json

VENDORS = "/rest/2/vendors"
ACME = f"{VENDORS}/12"

ACME_SHOWN: Json = {
    "_links": {
        "self": {"href": ACME},
        "alternate": {"href": "/vendors/12/acme-sohne", "type": "text/html"},
        "addons": {"href": "/rest/2/addons/vendor/12"},
        "archivedAddons": {"href": "/rest/2/addons/archived/vendor/12"},
        "contacts": {"href": f"{ACME}/contacts"},
    },
    "_embedded": {},
    "name": "Acme & Söhne",
    "id": 12,
    "description": "Makers of all kinds",
    "address": {
        "line1": "1 Road",
        "city": "Berlin",
        "state": "BE",
        "postCode": "10115",
        "country": "DE",
    },
    "email": "hello@acme.example",
    "phone": "+49 30 1",
    "vendorLinks": {"homePage": "https://acme.example", "sla": "https://acme.example/sla"},
    "supportDetails": {
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
    "otherContactDetails": "Ring twice",
    "verifiedStatus": "verified",
    "programs": {"topVendor": {"status": "approved"}},
    "isAtlassian": False,
}


def shown(client: TestClient[Any], path: str = ACME) -> Any:
    """What everyone sees at an address."""
    return client.get(path).json()
