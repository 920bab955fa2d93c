"""A real server in a process of its own, over a real socket."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

PATIENCE = 90.0


@dataclass(frozen=True)
class Running:
    """A server that answers: its address, its process, and what it prints."""

    address: str
    process: subprocess.Popen[bytes]
    output: Path

    @property
    def said(self) -> str:
        """What it printed so far."""
        return self.output.read_text()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def clean_environment(**more: str) -> dict[str, str]:
    """The environment without settings of Haymarket, and with these."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HAYMARKET_")}
    return {**kept, **more}


def haymarket(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """A command that ends by itself, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "haymarket", *arguments],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        env=clean_environment(**settings),
    )


def eventually(what: Callable[[], bool], seconds: float) -> bool:
    """Whether something becomes true within a time."""
    deadline = time.monotonic() + seconds
    while not what():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def kill(pid: int) -> None:
    """End a process at once, as a crash does."""
    os.kill(pid, signal.SIGKILL)


@contextmanager
def running(
    *arguments: str, folder: Path, ready: str = "/readyz", **settings: str
) -> Iterator[Running]:
    """`haymarket ARGUMENTS --port N`, ready to answer; ended by SIGTERM."""
    port = free_port()
    folder.mkdir(parents=True, exist_ok=True)
    output = folder / f"output-{port}.txt"
    command = [sys.executable, "-m", "haymarket", *arguments, "--port", str(port)]
    with output.open("wb") as file:
        process = subprocess.Popen(
            command, stdout=file, stderr=subprocess.STDOUT, env=clean_environment(**settings)
        )
    server = Running(f"http://127.0.0.1:{port}", process, output)
    try:
        _wait(server, ready)
        yield server
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(timeout=40)


def _wait(server: Running, ready: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            raise AssertionError(f"the server ended: {server.said}")
        try:
            if httpx.get(server.address + ready, timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError(f"the server is not ready: {server.said}")
