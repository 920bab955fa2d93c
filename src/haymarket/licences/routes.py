"""`/licenseTypes` over HTTP."""

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from haymarket import paths
from haymarket.errors import NotFound
from haymarket.licences import store, wire
from haymarket.storage import Storage
from haymarket.web.answers import document


@get(paths.LICENCE_TYPES, summary="Get license types", sync_to_thread=True)
def list_licence_types(storage: NamedDependency[Storage]) -> Response[wire.LicenseTypesCollection]:
    """Every licence type that a version may name."""
    with storage.reading() as db:
        return document(wire.to_collection(store.list_licence_types(db)))


@get(
    f"{paths.LICENCE_TYPES}/{{license_type_key:str}}",
    summary="Get license type",
    sync_to_thread=True,
)
def show_licence_type(
    storage: NamedDependency[Storage], license_type_key: FromPath[str]
) -> Response[wire.LicenseType]:
    """One licence type by its key."""
    with storage.reading() as db:
        licence = store.get_licence_type(db, license_type_key)
        if licence is None:
            raise NotFound(f"There is no licence type {license_type_key}")
        return document(wire.to_wire(licence))


ROUTES = [list_licence_types, show_licence_type]
