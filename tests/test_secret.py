"""The secret of an instance, and what is derived from it."""

import re
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haymarket.secret import BYTES, derived, fingerprint, keep_new, read_secret


def test_a_folder_gets_a_secret_once_for_its_owner_alone(tmp_path: Path) -> None:
    secret = read_secret(None, tmp_path)
    assert len(secret) == BYTES
    assert read_secret(None, tmp_path) == secret
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600
    (other := tmp_path / "other").mkdir()
    assert read_secret(None, other) != secret


@pytest.mark.parametrize("length", [0, BYTES - 1])
def test_a_file_that_was_cut_off_is_no_secret(tmp_path: Path, length: int) -> None:
    (tmp_path / "secret").write_bytes(b"x" * length)
    with pytest.raises(OSError, match=f"it has {length} bytes of {BYTES}"):
        read_secret(None, tmp_path)


def test_those_who_begin_at_once_have_the_same(tmp_path: Path) -> None:
    together = threading.Barrier(4)
    found: list[bytes] = []

    def begin() -> None:
        together.wait()
        found.append(read_secret(None, tmp_path))

    threads = [threading.Thread(target=begin) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(found)) == 1


def test_a_file_system_without_second_names_keeps_a_secret_too(tmp_path: Path) -> None:
    def refuse(source: Path, target: Path) -> None:
        raise PermissionError(f"no second name for {source}: {target}")

    path = tmp_path / "secret"
    keep_new(path, refuse)
    assert len(path.read_bytes()) == BYTES
    assert [each.name for each in tmp_path.iterdir()] == ["secret"]


def test_a_secret_of_the_settings_needs_no_file(tmp_path: Path) -> None:
    assert read_secret("one", tmp_path) == read_secret("one", tmp_path / "nowhere")
    assert read_secret("one", tmp_path) != read_secret("two", tmp_path)
    assert list(tmp_path.iterdir()) == []


@given(st.binary(min_size=1), st.text(), st.text())
def test_what_is_derived_fits_into_an_address_and_hangs_on_all_of_it(
    secret: bytes, purpose: str, nonce: str
) -> None:
    made = derived(secret, purpose, nonce)
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", made)
    assert made == derived(secret, purpose, nonce)
    assert made != derived(secret + b"x", purpose, nonce)
    assert made != derived(secret, purpose + "x", nonce)
    assert made != derived(secret, purpose, nonce + "x")
    assert fingerprint(secret) != fingerprint(secret + b"x")
