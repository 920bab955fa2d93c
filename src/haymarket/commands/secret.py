"""`haymarket secret`: what tokens and signatures are derived from."""

from haymarket.accounts.app_tokens import delete_every_app_token
from haymarket.commands.options import Where, Yes, confirm, give_up, group, out
from haymarket.sandbox.seeded import Seeded
from haymarket.secret import fingerprint, read_secret
from haymarket.storage import Storage
from haymarket.storage.fingerprint import renew as renew_fingerprint

secret = group("secret", "What access tokens of apps and signatures are derived from.")

QUESTION = "Every access token of an app is deleted, and signatures change."


@secret.command(name="renew")
def renew(*, where: Where | None = None, yes: Yes = False) -> None:
    """Let the database know the secret of this data folder, or of HAYMARKET_SECRET, from now on.

    For a secret that is lost or that others have learned: delete the file secret of the data folder
    first, or set another HAYMARKET_SECRET. Access tokens of apps were made from the secret before
    and are deleted; start every server anew afterwards.

    Parameters
    ----------
    where
        Which marketplace.
    yes
        Do not ask.
    """
    asked = where or Where()
    settings = asked.settings()
    with asked.storage() as storage:
        confirm(QUESTION, yes)
        try:
            known = fingerprint(read_secret(settings.secret, settings.data))
        except OSError as error:
            give_up(f"{settings.data / 'secret'}: {error.strerror}")
        number = _renew(storage, known)
    seeded = Seeded(settings.data)
    if settings.database is None and seeded.is_kept:
        with seeded.opened() as copy:
            _renew(copy, known)
    out.print(f"Renewed; {number} access tokens of apps are deleted", markup=False)


def _renew(storage: Storage, known: str) -> int:
    """Let a database know another secret; returns how many access tokens that deleted."""
    with storage.writing(None) as db:
        number = delete_every_app_token(db)
        renew_fingerprint(db, known)
    return number
