"""What `haymarket.toml` may say."""

from pathlib import Path

import pytest

from haymarket.client.outcomes import Misused
from haymarket.client.wanted import Bounds, Hosts, Wanted, read_wanted

WHOLE = """
to = "https://apps.example.com"
app = "com.example.app"
status = "private"
payment = "atlassian"
summary = "Faster"
notes-file = "notes.html"
beta = true

[compatibility.jira]
cloud = true
datacenter = {min = "9.12.0", max = 1003001}

[compatibility.confluence]
server = {min = "8.0.0"}
"""


def test_all_of_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "notes.html").write_text("<p>Faster</p>")
    path = tmp_path / "haymarket.toml"
    path.write_text(WHOLE)
    read = read_wanted(path)
    assert (read.to, read.app) == ("https://apps.example.com", "com.example.app")
    assert (read.status, read.payment, read.beta) == ("private", "atlassian", True)
    assert (read.summary, read.notes) == ("Faster", "<p>Faster</p>")
    assert read.compatibility == {
        "jira": Hosts(cloud=True, datacenter=Bounds("9.12.0", 1003001)),
        "confluence": Hosts(server=Bounds("8.0.0", "latest")),
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("staus = 'public'", "staus"),
        ("status = 'open'", "open"),
        ("[compatibility.jira]\nserver = {mn = 1}", r"\$.compatibility\[...\].server"),
        ("status =", "Invalid value"),
        ("notes-file = 'none.html'", "none.html can not be read"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "haymarket.toml"
    path.write_text(text)
    with pytest.raises(Misused, match=told):
        read_wanted(path)


def test_a_file_that_is_named_has_to_be_there(tmp_path: Path) -> None:
    with pytest.raises(Misused, match=r"other\.toml"):
        read_wanted(tmp_path / "other.toml")


def test_without_a_file_everything_is_as_usual(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert read_wanted(None) == Wanted()
