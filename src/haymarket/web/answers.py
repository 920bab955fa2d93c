"""What a handler returns: a document, a place, or nothing."""

from typing import Any

from litestar import Response

from haymarket.hal import JSON, encode


def document(content: object, status: int = 200) -> Response[Any]:
    """A document as JSON; `content` may be bytes that are encoded already."""
    body = content if isinstance(content, bytes) else encode(content)
    return Response(body, status_code=status, media_type=JSON)


def created(location: str, content: object) -> Response[Any]:
    """201 with the place of the new resource and its representation."""
    return Response(
        encode(content), status_code=201, media_type=JSON, headers={"Location": location}
    )


def changed(location: str) -> Response[Any]:
    """204 with the place of the resource that was changed."""
    return Response(None, status_code=204, headers={"Location": location})
