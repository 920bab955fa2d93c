"""`haymarket publish`, `apps`, `approve` and `reject`: for any marketplace, over HTTP."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number
from msgspec.structs import replace
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

from haymarket.client.counted import Step
from haymarket.client.listing import list_apps
from haymarket.client.marketplace import Marketplace
from haymarket.client.outcomes import Misused, Refused
from haymarket.client.package import read_package
from haymarket.client.plan import Plan, plan
from haymarket.client.publish import publish as carry_out
from haymarket.client.review import check_decision, decide, find_approval
from haymarket.client.wanted import Payment, Status, Wanted, read_text, read_wanted
from haymarket.commands.options import err, out, show
from haymarket.commands.remote import Hosting, Target, print_json


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Release:
    """What the version shall be like; before what haymarket.toml says.

    Parameters
    ----------
    config
        File with what is not said here; haymarket.toml of this folder by default.
    app
        Key of the app, where the package does not tell.
    version_name
        Name of the version; that of the descriptor by default.
    build
        Build number; that of the descriptor by default, or the next one.
    status
        Whether everyone shall get it, or the vendor only for now.
    payment
        How it is paid for; as the version before by default.
    summary
        One line about the release.
    notes
        File with release notes, HTML.
    beta
        Whether it is no stable version.
    """

    config: Path | None = None
    app: str | None = None
    version_name: str | None = None
    build: int | None = None
    status: Status | None = None
    payment: Payment | None = None
    summary: str | None = None
    notes: Path | None = None
    beta: Annotated[bool | None, Parameter(negative="")] = None

    def wanted(self) -> Wanted:
        """What the file says, and over it what was said here. Raises Misused."""
        said = asdict(self)
        del said["config"]
        said["version"] = said.pop("version_name")
        said["notes"] = read_text(self.notes) if self.notes else None
        given = {name: value for name, value in said.items() if value is not None}
        return replace(read_wanted(self.config), **given)


def publish(path: Path, /, *, target: Target | None = None, release: Release | None = None) -> None:
    """Publish a new version of an app: upload a jar, an OBR or a Connect descriptor.

    Key, name and build are read from the descriptor; docs/publishing.md has the rest.

    Parameters
    ----------
    path
        The file to publish.
    target
        Which marketplace.
    release
        What the version shall be like.
    """
    target = target or Target()
    try:
        wanted, package = (release or Release()).wanted(), read_package(path)
    except Misused as error:
        target.end(error)
    with target.marketplace(wanted.to) as marketplace:
        planned = plan(marketplace, package, wanted)
        if target.dry_run:
            _tell_plan(target, planned)
        else:
            _publish(target, marketplace, planned)


def _publish(target: Target, marketplace: Marketplace, planned: Plan) -> None:
    for remark in planned.remarks:
        err.print(remark, markup=False)
    with _upload_bar(planned.package.path) as step:
        done = carry_out(marketplace, planned, step)
    line = f"Published {done.app} {done.version} (build {done.build}): {done.status}"
    target.told(line, done=True, **asdict(done))


def _tell_plan(target: Target, planned: Plan) -> None:
    """Say what would be done. Raises Refused."""
    document, key = planned.document, planned.app["key"]
    if planned.problems:
        raise Refused(*planned.problems)
    size = planned.package.path.stat().st_size
    if target.json:
        facts = {"done": False, "app": key, "upload": size, "version": document}
        print_json({**facts, "remarks": list(planned.remarks), "problems": []})
        return
    name = document.get("name", "with the next number")
    out.print(f"Would upload {planned.package.path} ({size} bytes)", markup=False)
    out.print(f"Would create the version {name} of {key}: {document['status']}", markup=False)
    for remark in planned.remarks:
        out.print(remark, markup=False)


@contextmanager
def _upload_bar(path: Path) -> Iterator[Step]:
    """A progress bar on a terminal, on the error output; nothing elsewhere."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    hidden = not err.is_terminal
    with Progress(*columns, TransferSpeedColumn(), console=err, disable=hidden) as progress:
        task = progress.add_task("Uploading", total=path.stat().st_size)
        yield lambda size: progress.advance(task, size)


def apps(
    text: str | None = None,
    /,
    *,
    target: Target | None = None,
    mine: Annotated[bool, Parameter(negative="")] = False,
    application: str | None = None,
    hosting: list[Hosting] | None = None,
    limit: Annotated[int, Parameter(validator=Number(gte=1, lte=10_000))] = 20,
) -> None:
    """List the apps of a marketplace, or search for some.

    Parameters
    ----------
    text
        What to search for; everything by default.
    target
        Which marketplace.
    mine
        Only those of your vendors, drafts too.
    application
        Only those for a host application, such as jira.
    hosting
        Only those for cloud, server or datacenter; may be given several times.
    limit
        How many at most.
    """
    target = target or Target()
    own = {"forThisUser": "true", "includePrivate": "true"} if mine else {}
    narrowed = {"text": text or (), "application": application or (), "hosting": hosting or ()}
    with target.marketplace() as marketplace:
        found = list_apps(marketplace, {**own, **narrowed}, limit)
    show(found, target.json, "There is no such app")


def approve(key: str, /, *, target: Target | None = None, version: str | None = None) -> None:
    """Approve an app that waits for a review, or one version of it.

    Parameters
    ----------
    key
        Key of the app.
    target
        Which marketplace; this needs credentials of an administrator.
    version
        Name of the version that waits, when it is not the app itself.
    """
    _decide(target or Target(), key, version, {"status": "approved"})


def reject(
    key: str, /, *, reason: str, target: Target | None = None, version: str | None = None
) -> None:
    """Reject an app that waits for a review, or one version of it.

    Parameters
    ----------
    key
        Key of the app.
    reason
        What the vendor shall change; HTML.
    target
        Which marketplace; this needs credentials of an administrator.
    version
        Name of the version that waits, when it is not the app itself.
    """
    _decide(target or Target(), key, version, {"status": "rejected", "reason": reason})


def _decide(target: Target, key: str, version: str | None, decision: dict[str, str]) -> None:
    subject = f"{key} {version}" if version else key
    with target.marketplace() as marketplace:
        approval = find_approval(marketplace, key, version)
        check_decision(marketplace, approval)
        if not target.dry_run:
            decide(marketplace, approval, decision)
    would = "Would be" if target.dry_run else "Is"
    facts = {"app": key, "version": version, "status": decision["status"]}
    target.told(f"{would} {decision['status']}: {subject}", done=not target.dry_run, **facts)
