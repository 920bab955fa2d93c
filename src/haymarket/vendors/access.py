"""Who may change a vendor. That a vendor exists is public, so a missing right is Forbidden."""

from haymarket.accounts.model import Caller, Permission
from haymarket.errors import Forbidden, NotFound
from haymarket.storage import Reading
from haymarket.vendors import store
from haymarket.vendors.model import Vendor


def existing_vendor(db: Reading, vendor_id: int) -> Vendor:
    """The vendor with a number. Raises NotFound."""
    vendor = store.get_vendor(db, vendor_id)
    if vendor is None:
        raise NotFound(f"There is no vendor {vendor_id}")
    return vendor


def require_permission(caller: Caller, vendor_id: int, permission: Permission) -> None:
    """Raises Forbidden unless the caller may do for a vendor what `permission` names."""
    if not caller.may(vendor_id, permission):
        raise Forbidden(f"This needs the permission {permission} of the vendor {vendor_id}")
