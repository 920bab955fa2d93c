"""Fetching ends in time, whatever the other side does."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from haymarket.assets.fetch import fetch
from haymarket.assets.network import INTERNET, Internet, connect
from haymarket.errors import Invalid
from haymarket.settings import Settings


@pytest.fixture
def hurried(tmp_path: Path) -> Settings:
    """Settings under which a fetch may take one second, from this machine as well."""
    return Settings(data=tmp_path, fetch_timeout=1, allow_private_addresses=True)


def refusal(settings: Settings, url: str, internet: Internet = INTERNET) -> str:
    with pytest.raises(Invalid) as refused:
        fetch(settings, url, settings.data / "target", 1000, internet)
    return refused.value.message


@contextmanager
def a_server_that(send: bytes, pause: float) -> Iterator[str]:
    """A server that answers with `send` again and again, a pause between."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            stream, _ = listener.accept()
            with stream:
                while not over.wait(pause):
                    try:
                        stream.sendall(send)
                    except OSError:
                        return

        thread = threading.Thread(target=answer)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/slow.jar"
        finally:
            over.set()
            thread.join()


@pytest.mark.parametrize("send", [b"", b"HTTP/1.1 200 OK\r\n", b"x"])
def test_a_server_that_never_finishes_is_given_up_in_time(hurried: Settings, send: bytes) -> None:
    with a_server_that(send, pause=0.05) as url:
        started = time.monotonic()
        refusal(hurried, url)
        assert time.monotonic() - started < 2


def test_a_body_that_drips_is_given_up_in_time(hurried: Settings) -> None:
    with a_server_that(b"HTTP/1.1 200 OK\r\n\r\n", pause=0.05) as url:
        assert "did not answer in time" in refusal(hurried, url)


def test_a_name_that_takes_too_long_is_given_up_in_time(hurried: Settings) -> None:
    answered = threading.Event()

    def resolve(host: str, port: int) -> list[str]:
        answered.wait(20)
        return ["127.0.0.1"]

    assert "did not answer in time" in refusal(
        hurried, "http://slow.test/", Internet(resolve, connect)
    )
    answered.set()
