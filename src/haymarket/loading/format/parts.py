"""What the objects of the load format are made of (docs/loading.md)."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from haymarket.versions.model import LARGEST_BUILD

Key = Annotated[str, Meta(pattern=r"^[A-Za-z0-9._-]{1,255}$")]
Url = Annotated[str, Meta(pattern=r"^https?://[^\s/]\S*$", max_length=2000)]
Email = Annotated[str, Meta(pattern=r"^[^@\s:]+@[^@\s:]+$", max_length=254)]
Build = Annotated[int, Meta(ge=1, le=LARGEST_BUILD)]
Count = Annotated[int, Meta(ge=0, le=2**53)]
Published = Literal["published", "unpublished"]
Image = str
"""`drawn`, or the path of a file relative to the file that names it."""

EXPECTED = {
    "[A-Za-z0-9": "a key has 1 to 255 letters, digits, dots, underscores and dashes",
    "^https?": "a web address is expected, such as https://example.com",
    "^[^@": "an e-mail address is expected",
}
"""What the patterns above mean, by how they begin."""


class Part(Struct, rename="camel", forbid_unknown_fields=True):
    """An object of the format; a member that it does not know is refused."""
