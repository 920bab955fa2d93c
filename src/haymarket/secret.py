"""The secret of an instance, and what is derived from it instead of being kept.

A value that is shown again, or that signs, is made from the secret and a nonce. The database
holds the nonce and a hash only, so a copy of it opens nothing.
"""

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Callable
from errno import EINVAL
from pathlib import Path

BYTES = 32
WHAT_TO_DO = "Put a copy in its place; without one delete it, and then: haymarket secret renew"


def read_secret(settings_secret: str | None, folder: Path) -> bytes:
    """The secret of the settings, or that of the folder, which is made where there is none.

    Several nodes share one by the setting. Raises OSError when the file can not be read, or is too
    short to be a secret: a full disk, or a copy that was cut off.
    """
    if settings_secret is not None:
        return hashlib.sha256(settings_secret.encode()).digest()
    path = folder / "secret"
    if not path.exists():
        keep_new(path)
    secret = path.read_bytes()
    if len(secret) < BYTES:
        reason = f"is no secret, since it has {len(secret)} bytes of {BYTES}. {WHAT_TO_DO}"
        raise OSError(EINVAL, reason, str(path))
    return secret


def derived(secret: bytes, purpose: str, nonce: str) -> str:
    """A value of 256 bits that only the secret leads to, 43 characters that fit into a URL."""
    made = hmac.digest(secret, f"{purpose}\0{nonce}".encode(), "sha256")
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def fingerprint(secret: bytes) -> str:
    """By what a secret is known again without being told."""
    return derived(secret, "fingerprint", "")


def keep_new(path: Path, link: Callable[[Path, Path], None] = os.link) -> None:
    """Write a new secret for the owner's eyes only; where two begin, the first one's stays.

    `link` gives a file a second name, unless that is taken; some file systems can not.
    """
    begun = path.with_name(f".secret-{secrets.token_hex(8)}")
    with os.fdopen(os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secrets.token_bytes(BYTES))
        file.flush()
        os.fsync(file.fileno())
    try:
        link(begun, path)
    except FileExistsError:
        pass
    except OSError:
        begun.rename(path)
    finally:
        begun.unlink(missing_ok=True)
