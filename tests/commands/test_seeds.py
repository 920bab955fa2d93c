"""`haymarket sandbox --seed`: a sandbox that is filled from files of somebody's own."""

from pathlib import Path

import httpx
import pytest
import yaml

from haymarket.sandbox.seed import read_seed
from loading.writing import DOCS
from running import haymarket, running

APPS = """\
haymarket: 1
apps:
  - key: com.example.mine
    name: My Own App
    vendor: 1001
    tagLine: Mine
    summary: It is mine.
    categories: [Project management]
    versions:
      - name: "1.0.0"
        build: 1
        date: "2026-01-02"
        compatibilities:
          - {application: jira, cloud: true}
"""
PEOPLE = """\
haymarket: 1
users:
  - {email: me@example.com, name: Me, token: my-token}
  - {email: boss@example.com, name: Boss, administrator: true, token: boss-token}
vendors:
  - id: 1001
    name: My Vendor
    email: hello@my.example
    links: {homePage: "https://my.example"}
    support: {name: Support}
    contacts:
      - {email: me@example.com, permissions: all}
"""


@pytest.fixture
def apps(tmp_path: Path) -> Path:
    """A file with an app and nothing else."""
    path = tmp_path / "apps.yaml"
    path.write_text(APPS)
    return path


@pytest.fixture
def folder(apps: Path, tmp_path: Path) -> Path:
    """A folder with people of its own, and an app."""
    path = tmp_path / "seed"
    path.mkdir()
    (path / "10-people.yaml").write_text(PEOPLE)
    (path / "20-apps.yaml").write_text(APPS)
    return path


def names(address: str) -> list[str]:
    """The apps that a stranger sees."""
    found = httpx.get(f"{address}/rest/2/addons").json()
    return [app["name"] for app in found["_embedded"]["addons"]]


def test_a_seed_takes_the_place_of_the_fictional_apps_and_the_people_stay(
    apps: Path, tmp_path: Path
) -> None:
    data = ("--data", str(tmp_path / "data"))
    with running("sandbox", *data, "--seed", str(apps), folder=tmp_path) as server:
        assert names(server.address) == ["My Own App"]
        assert "partner@example.com:partner-token" in server.said
        auth = ("partner@example.com", "partner-token")
        mine = httpx.get(f"{server.address}/rest/2/vendors?forThisUser=true", auth=auth).json()
        assert [each["name"] for each in mine["_embedded"]["vendors"]] == ["Larkspur Software"]
        scenario = httpx.post(f"{server.address}/sandbox/scenarios/approval-pending", timeout=30)
        assert scenario.status_code == 200
        assert httpx.post(f"{server.address}/sandbox/reset", timeout=30).status_code == 200
        assert names(server.address) == ["My Own App"]


def test_a_folder_with_people_of_its_own_is_greeted_with_them(folder: Path, tmp_path: Path) -> None:
    data = ("--data", str(tmp_path / "data"))
    with running("sandbox", *data, "--seed", str(folder), folder=tmp_path) as server:
        assert names(server.address) == ["My Own App"]
        said = [" ".join(line.split()) for line in server.said.splitlines()]
        assert "me@example.com:my-token contact of My Vendor" in said
        assert "boss@example.com:boss-token administrator" in said
        assert "partner@example.com" not in server.said
    with running("sandbox", *data, folder=tmp_path) as server:  # a later start need not name it
        assert names(server.address) == ["My Own App"]


def test_several_seeds_are_read_in_their_order(folder: Path, tmp_path: Path) -> None:
    seeds = [str(folder / name) for name in ("10-people.yaml", "20-apps.yaml")]
    data = ("--data", str(tmp_path / "data"))
    arguments = ("--seed", seeds[0], "--seed", seeds[1])
    with running("sandbox", *data, *arguments, folder=tmp_path) as server:
        assert names(server.address) == ["My Own App"]
        assert "boss@example.com:boss-token" in server.said


def test_another_seed_is_refused_where_a_folder_was_filled_already(
    apps: Path, folder: Path, tmp_path: Path
) -> None:
    data = ("--data", str(tmp_path / "data"))
    with running("sandbox", *data, "--seed", str(apps), folder=tmp_path):
        pass
    done = haymarket("sandbox", *data, "--seed", str(folder), "--port", "0")
    assert done.returncode == 2
    assert "was filled from another seed: delete it to begin anew" in done.stderr
    with running("sandbox", *data, "--seed", str(apps), folder=tmp_path) as server:
        assert names(server.address) == ["My Own App"]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("vendor: 1001", "vendr: 1001", "apps[0]: Object contains unknown field `vendr` (line 5)"),
        ("vendor: 1001", "vendor: 7", "apps[0].vendor: there is no vendor 7 (line 5)"),
        ("cloud: true", "cloud: yes please", "cloud: Expected `bool`, got `str` (line 14)"),
        ("application: jira", "application: moon", "there is no application moon (line 14)"),
    ],
)
@pytest.mark.parametrize("exists", [False, True])
def test_a_bad_seed_is_refused_with_file_and_line_and_leaves_nothing_behind(
    before: str, after: str, told: str, exists: bool, apps: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    if exists:
        data.mkdir()
        (data / "mine.txt").write_text("mine")
    apps.write_text(APPS.replace(before, after))
    done = haymarket("sandbox", "--data", str(data), "--seed", str(apps), "--port", "0")
    assert done.returncode == 2
    last = done.stderr.splitlines()[-1]
    assert last.startswith(f"haymarket: {apps}: ")
    assert last.endswith(told)
    assert data.exists() == exists
    if exists:
        assert [path.name for path in data.iterdir()] == ["mine.txt"]


def test_a_seed_that_is_not_there_is_refused(tmp_path: Path) -> None:
    done = haymarket("sandbox", "--data", str(tmp_path / "d"), "--seed", str(tmp_path / "no.yaml"))
    assert done.returncode == 2
    assert "no.yaml: No such file or directory" in done.stderr
    assert not (tmp_path / "d").exists()


def test_what_a_seed_has_of_its_own_is_not_taken_from_the_world(tmp_path: Path) -> None:
    text = (DOCS / "loading.md").read_text()
    example = text.split("## A small complete example")[1].split("```yaml\n")[1].split("```")[0]
    for gone, kept in (
        ((), set()),
        (("licences",), {"licences"}),
        (("applications", "categories"), {"applications", "categories"}),
        (("categories",), set()),
        (("vendors",), set()),
        (("users", "vendors"), {"users", "vendors"}),
    ):
        document = {k: v for k, v in yaml.safe_load(example).items() if k not in gone}
        path = tmp_path / "seed.yaml"
        path.write_text(yaml.safe_dump(document))
        world = read_seed([path]).documents[:-1]
        nouns = ("applications", "categories", "licences", "users", "vendors", "apps")
        assert {noun for noun in nouns for each in world if getattr(each, noun)} == kept, gone


def test_a_renewed_secret_outlasts_a_reset(apps: Path, tmp_path: Path) -> None:
    data = ("--data", str(tmp_path / "data"))
    with running("sandbox", *data, "--seed", str(apps), folder=tmp_path):
        pass
    (tmp_path / "data" / "secret").unlink()
    assert haymarket("secret", "renew", *data, "--yes").returncode == 0
    with running("sandbox", *data, "--reset", folder=tmp_path) as server:
        assert names(server.address) == ["My Own App"]
    with running("sandbox", *data, folder=tmp_path) as server:
        assert names(server.address) == ["My Own App"]
