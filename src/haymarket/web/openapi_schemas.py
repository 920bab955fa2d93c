"""The schemas of the OpenAPI document: those of the typed routes, described and without null.

A schema serves both ways, for what clients send and for what they get. So a member is required
where the API says so, even if Haymarket's answers always have more.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import json

Schema = dict[str, Any]
PLACE = "#/components/schemas/"
JSON_PATCH = "JsonPatchRequest"

NOT_PROMISED: Mapping[str, frozenset[str]] = {
    "AddonCategory": frozenset({"_links"}),
    "AddonCategoryCollectionLinks": frozenset({"self", "parent"}),
    "AddonCategorySummary": frozenset({"_links"}),
    "AddonSummary": frozenset({"id"}),
    "AddonVersionEmbedded": frozenset({"functionalCategories", "highlights", "screenshots"}),
    "AddonVersionLinks": frozenset({"functionalCategories"}),
    "ApplicationLinks": frozenset(
        {"self", "versions", "latestVersion", "versionByBuild", "versionByName", "addons"}
        | {"addonCategories"}
    ),
    "ApplicationVersion": frozenset({"_links", "dataCenterCompatible"}),
    "Pricing": frozenset(
        {"_links", "contactSalesForAdditionalPricing", "lastModified", "status", "default"}
        | {"hasPublishedPrices", "canChangePrices"}
    ),
    "PricingItem": frozenset({"description", "editionDescription", "editionType", "renewalAmount"}),
    "VendorSummary": frozenset({"programs"}),
}
"""Members that answers always have, but that the API does not require."""

READ_ONLY: Mapping[str, frozenset[str]] = {
    "Addon": frozenset({"lastModified", "codegeist"}),
    "AddonEmbedded": frozenset({"categories"}),
    "AddonLinks": frozenset({"pricing", "reviews"}),
    "AddonVersion": frozenset({"static", "deployable"}),
    "AddonVersionDeployment": frozenset(
        {"server", "cloud", "connect", "autoUpdateAllowed", "permissions", "dataCenter"}
        | {"dataCenterStatus"}
    ),
    "AddonVersionEmbedded": frozenset({"functionalCategories"}),
    "AddonVersionLinks": frozenset({"functionalCategories"}),
    "CompatibilityHostingPoint": frozenset({"version"}),
    "Pricing": frozenset(
        {"contactSalesForAdditionalPricing", "parent", "lastModified", "status", "default"}
        | {"hasPublishedPrices", "canChangePrices"}
    ),
    "PricingItem": frozenset(
        {"description", "editionId", "editionDescription", "editionType", "renewalAmount"}
    ),
    "Review": frozenset({"date", "totalVotes", "helpfulVotes", "hosting"}),
    "Tags": frozenset({"marketing"}),
}
"""Members of documents that clients send too, which are ignored there."""

FORMATS: Mapping[tuple[str, str], str] = {
    ("Addon", "lastModified"): "date-time",
    ("AddonHighlight", "body"): "html",
    ("AddonInstruction", "body"): "html-links-only",
    ("AddonLegacyProperties", "description"): "html",
    ("AddonListing", "lastModified"): "date-time",
    ("AddonSummaryEmbedded", "lastModified"): "date-time",
    ("AddonVersionText", "moreDetails"): "html",
    ("AddonVersionText", "releaseNotes"): "html",
    ("ApprovalStatus", "reason"): "html",
    ("LinkTemplate", "template"): "uri-template",
    ("Pricing", "lastModified"): "date-time",
    ("FlaggedReview", "date"): "date-time",
    ("FlaggedReview", "response"): "html",
    ("Review", "date"): "date-time",
    ("ReviewResponse", "text"): "html",
}
"""What a text holds."""

PATCHES: Mapping[str, Schema] = {
    JSON_PATCH: {
        "description": "A JSON Patch (RFC 6902) of the document that GET gives at this address.",
        "type": "array",
        "items": {"$ref": f"{PLACE}JsonPatchDocumentation"},
        "examples": [[{"op": "replace", "path": "/name", "value": "Another name"}]],
    },
    "JsonPatchDocumentation": {
        "description": "One operation of a patch; `path` and `from` are JSON Pointers.",
        "type": "object",
        "properties": {
            "op": {"type": "string", "enum": ["add", "copy", "move", "remove", "replace", "test"]},
            "path": {"type": "string"},
            "value": {"description": "Any JSON"},
            "from": {"type": "string"},
        },
        "required": ["op", "path"],
    },
}


def components(known: Mapping[str, Schema], types: Iterable[Any]) -> dict[str, Schema]:
    """The named schemas: those that are `known`, and those of `types` and what they are made of.

    Descriptions are the docstrings of the structs.
    """
    _, described = json.schema_components(list(types), ref_template=PLACE + "{name}")
    found = dict(PATCHES)
    for name in sorted(known.keys() | described.keys()):
        schema = without_null(known.get(name) or described[name])
        told = described.get(name, {}).get("description")
        schema = {"description": told, **schema} if told else schema
        schema.pop("title", None)
        found[name] = _as_the_api_says(name, schema)
    return dict(sorted(found.items()))


def reference(name: str) -> Schema:
    """A schema that refers to a named one."""
    return {"$ref": PLACE + name}


def without_null(schema: Any) -> Any:
    """A schema without the alternatives of null: absent values are left out of documents."""
    if not isinstance(schema, dict):
        return schema
    found = {name: _part(name, value) for name, value in schema.items()}
    if found.get("default", ...) is None:
        del found["default"]
    for kind in ("oneOf", "anyOf"):
        options = found.get(kind, ())
        if len(options) == 1:
            del found[kind]
            found = {**options[0], **found}
    if "enum" in found and "type" not in found:
        found["type"] = "string"
    return found


def _part(name: str, value: Any) -> Any:
    match name, value:
        case "properties", dict():
            return {each: without_null(schema) for each, schema in value.items()}
        case "items" | "additionalProperties", dict():
            return without_null(value)
        case "oneOf" | "anyOf", list():
            return [without_null(each) for each in value if each.get("type") != "null"]
        case "type", list():
            kinds = [each for each in value if each != "null"]
            return kinds[0] if len(kinds) == 1 else kinds
        case "enum", list():
            return [each for each in value if each is not None]
    return value


def _as_the_api_says(name: str, schema: Schema) -> Schema:
    optional = NOT_PROMISED.get(name, frozenset())
    required = [each for each in schema.get("required", ()) if each not in optional]
    plain = {each: value for each, value in schema.items() if each != "required"}
    members = {
        member: _described_member(name, member, value)
        for member, value in schema.get("properties", {}).items()
    }
    return plain | ({"properties": members} if members else {}) | _given("required", required)


def _described_member(name: str, member: str, schema: Schema) -> Schema:
    found = dict(schema)
    if (name, member) in FORMATS:
        found["format"] = FORMATS[name, member]
    if member in READ_ONLY.get(name, ()):
        found["readOnly"] = True
    return found


def _given(name: str, value: Any) -> Schema:
    return {name: value} if value else {}
