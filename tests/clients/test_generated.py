"""A client that is generated from the marketplace's own OpenAPI document."""

import base64
import importlib
import inspect
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from running import Running

NAME = "generated_client"
KEY = "example.larkspur.tidy-boards"
VALUES: dict[str, Any] = {
    "addon_key": KEY,
    "vendor_id": 1001,
    "application_key": "jira",
    "plugin_category_id": 7,
    "license_type_key": "commercial",
    "cloud_or_server": "datacenter",
    "live_or_pending": "live",
    "plugin_build_number": 200,
    "name": "2.0.0",
}
"""What operations are called with; those that need something else are left out."""
ANSWERS = (200, 400, 401, 403, 404, 501)
Module = Callable[[str], Any]


@pytest.fixture(scope="module")
def generated(market: Running, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of a fresh client, from the document that a live marketplace hands out."""
    folder = tmp_path_factory.mktemp("generated")
    document = folder / "openapi.json"
    document.write_bytes(httpx.get(f"{market.address}/rest/2/openapi.json").content)
    (folder / "config.yaml").write_text("post_hooks: []\n")
    where = ["--path", str(document), "--output-path", str(folder / NAME)]
    how = ["--meta", "none", "--config", str(folder / "config.yaml")]
    done = subprocess.run(
        [sys.executable, "-m", "openapi_python_client", "generate", *where, *how],
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    sys.path.insert(0, str(folder))
    yield folder / NAME
    sys.path.remove(str(folder))
    for name in [name for name in sys.modules if name.split(".")[0] == NAME]:
        del sys.modules[name]


@pytest.fixture
def part(generated: Path) -> Module:
    """Imports a part of the client."""
    return lambda name: importlib.import_module(f"{NAME}.{name}")


@pytest.fixture
def client(market: Running, part: Module) -> Iterator[Any]:
    """A client that signs in as a partner."""
    token = base64.b64encode(b"partner@example.com:partner-token").decode()
    address = f"{market.address}/rest/2"
    made = part("client").AuthenticatedClient(base_url=address, token=token, prefix="Basic")
    with made as opened:
        yield opened


def test_it_finds_apps(part: Module, client: Any) -> None:
    found = part("api.apps.list_apps").sync(client=client, text="tidy bords", limit=2)
    assert found.count > 2
    assert found.field_embedded.addons[0].key == KEY
    assert found.field_links.next_[0].href == "/rest/2/addons?limit=2&offset=2&text=tidy%20bords"


def test_it_reads_an_app_with_its_version(part: Module, client: Any) -> None:
    app = part("api.apps.show_app").sync(KEY, client=client, with_version=True)
    assert (app.key, app.name) == (KEY, "Tidy Boards for Jira")
    assert app.field_embedded.version.deployment.data_center is True


def test_it_is_told_of_what_is_wrong_as_a_document(part: Module, client: Any) -> None:
    errors = part("models.json_errors_doc").JsonErrorsDoc
    refused = part("api.apps.show_app").sync("example.none", client=client)
    assert isinstance(refused, errors)
    assert "There is no app example.none" in refused.errors[0].message


def test_it_changes_something(part: Module, client: Any) -> None:
    state = part("models.boolean_state").BooleanState
    change, show = part("api.watching.set_watch"), part("api.watching.show_watch")
    done = change.sync_detailed(KEY, client=client, body=state(state=True))
    assert (done.status_code, done.headers["Location"]) == (204, f"/rest/2/addons/{KEY}/watch")
    assert show.sync(KEY, client=client).state is True


def names(tag: str) -> list[str]:
    """The operations of a resource."""
    folder = Path(importlib.import_module(f"{NAME}.api.{tag}").__path__[0])
    return sorted(path.stem for path in folder.glob("*.py") if path.stem != "__init__")


def readings(folder: Path) -> Iterator[tuple[str, Any, dict[str, Any]]]:
    """Every GET that can be called with the values above."""
    for tag in sorted(path.name for path in (folder / "api").iterdir() if path.is_dir()):
        for name in names(tag) if tag != "__pycache__" else ():
            module = importlib.import_module(f"{NAME}.api.{tag}.{name}")
            given = inspect.signature(module._get_kwargs).parameters.values()
            needed = [each.name for each in given if each.default is each.empty]
            if set(needed) <= set(VALUES):
                values = {each: VALUES[each] for each in needed}
                if module._get_kwargs(**values)["method"] == "get":
                    yield f"{tag}.{name}", module, values


def test_every_answer_is_what_the_document_promises(generated: Path, client: Any) -> None:
    """A generated client refuses an answer without a required member or of another type."""
    read = []
    for name, module, values in readings(generated):
        answer = module.sync_detailed(client=client, **values)
        assert answer.status_code in ANSWERS, (name, answer)
        if answer.status_code == 200:
            assert answer.parsed is not None or name == "watching.show_feed", name
            read.append(name)
    assert len(read) > 30, read
