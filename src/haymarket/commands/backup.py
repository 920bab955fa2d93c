"""`haymarket backup`: a copy from which a marketplace can be started."""

import shutil
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from haymarket.commands.options import Where, give_up, out
from haymarket.storage.backup import copy_database, is_file


def backup(folder: Path, /, *, where: Where | None = None) -> None:
    """Copy a marketplace, which may go on running, into a new folder.

    The copy is a data folder itself: haymarket serve --data FOLDER starts it. The secret of the
    instance is in it: keep the copy as safe as the marketplace. The search index is not, since it
    is made anew. What lies in PostgreSQL or in a bucket is left to their own tools.

    Parameters
    ----------
    folder
        Where to; it must not exist yet.
    where
        Which marketplace.
    """
    asked = where or Where()
    settings = asked.settings()
    with asked.storage() as storage:
        if not is_file(storage):
            give_up(
                "The database is PostgreSQL: copy it with pg_dump, and then the files,"
                f" {settings.files or settings.data / 'files'}"
            )
        try:
            folder.mkdir(parents=True)
        except OSError as error:
            give_up(f"{folder}: {error.strerror}")
        # the database first: every file that it names is there already, and stays
        copy_database(storage, replace(settings, data=folder).database_file)
    if settings.files is None and (settings.data / "files").is_dir():
        shutil.copytree(settings.data / "files", folder / "files", copy_function=_copy)
    secret = settings.data / "secret"
    if settings.secret is None and secret.exists():
        shutil.copy2(secret, folder / "secret")
    out.print(f"Copied to {folder}. Start the copy: haymarket serve --data {folder}", markup=False)
    if settings.secret is not None:
        out.print("It needs HAYMARKET_SECRET as it is set here", markup=False)
    if settings.files:
        out.print(f"Its files are in {settings.files} and were not copied", markup=False)


def _copy(source: str, target: str) -> None:
    with suppress(FileNotFoundError):  # deleted since, as nothing used it
        shutil.copy2(source, target)
