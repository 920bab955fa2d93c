"""`/files/applications/{key}.png`: the logo of a host application, drawn from its name."""

from functools import lru_cache

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from haymarket import drawing, paths
from haymarket.applications.store import get_application
from haymarket.errors import NotFound
from haymarket.storage import Storage


@get(f"{paths.APPLICATION_LOGOS}/{{file_name:str}}", include_in_schema=False, sync_to_thread=True)
def send_logo(file_name: FromPath[str], storage: NamedDependency[Storage]) -> Response[bytes]:
    """A PNG of 144 x 144."""
    with storage.reading() as db:
        application = get_application(db, file_name.removesuffix(".png"))
    if application is None or not file_name.endswith(".png"):
        raise NotFound("There is no such file")
    headers = {"Cache-Control": "public, max-age=86400", "X-Content-Type-Options": "nosniff"}
    return Response(_logo(application.name), media_type="image/png", headers=headers)


@lru_cache(maxsize=100)
def _logo(name: str) -> bytes:
    return drawing.logo(name)


ROUTES = [send_logo]
