"""Where credentials come from."""

from pathlib import Path

import pytest

from haymarket.client.credentials import Credentials, find_credentials, is_exposed
from haymarket.client.outcomes import Misused

ADDRESS = "https://apps.example.com/rest/2"


def test_the_environment_comes_before_the_netrc_file(tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path)}
    assert find_credentials(ADDRESS, home) is None
    (tmp_path / ".netrc").write_text("machine apps.example.com login a@b.example password secret\n")
    assert find_credentials(ADDRESS, home) == Credentials("a@b.example", "secret")
    both = {**home, "MARKETPLACE_USER": "c@d.example", "MARKETPLACE_TOKEN": "token"}
    assert find_credentials(ADDRESS, both) == Credentials("c@d.example", "token")


def test_a_netrc_file_may_be_elsewhere_and_is_for_its_hosts_only(tmp_path: Path) -> None:
    path = tmp_path / "logins"
    path.write_text("machine elsewhere.example login a@b.example password secret\n")
    assert find_credentials(ADDRESS, {"NETRC": str(path)}) is None
    found = find_credentials("https://elsewhere.example", {"NETRC": str(path)})
    assert found == Credentials("a@b.example", "secret")


@pytest.mark.parametrize("half", ["MARKETPLACE_USER", "MARKETPLACE_TOKEN"])
def test_half_of_them_is_told(half: str) -> None:
    with pytest.raises(Misused, match="belong together"):
        find_credentials(ADDRESS, {half: "x"})


def test_a_netrc_file_that_can_not_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / ".netrc").write_text("machine\n")
    with pytest.raises(Misused, match="netrc can not be read"):
        find_credentials(ADDRESS, {"HOME": str(tmp_path)})


def test_a_token_is_in_no_representation() -> None:
    assert "secret" not in repr(Credentials("a@b.example", "secret"))


def test_a_token_is_exposed_on_the_way_to_another_machine_without_tls() -> None:
    assert is_exposed("http://apps.example.com/rest/2")
    assert not is_exposed(ADDRESS)
    assert not is_exposed("http://127.0.0.1:8080")
    assert not is_exposed("http://[::1]:8080")
