"""Starts servers, sends load with wrk, and reads the figures."""

import base64
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from bench.floor import Answer, keep
from bench.marketplace import HOME, PUBLIC_URL, Ground

ROTATE = Path(__file__).parent / "rotate.lua"


@dataclass(frozen=True)
class Run:
    """What wrk saw: requests a second, latencies in milliseconds, and requests that failed."""

    rate: float
    p50: float
    p99: float
    failed: int


@dataclass(frozen=True)
class Load:
    """A kind of request: addresses in turn, and who asks; with a body it is a POST."""

    name: str
    paths: tuple[str, ...]
    auth: tuple[str, str] | None = None
    body: bytes | None = None
    connections: int = 16


@contextmanager
def server(command: Sequence[str], log: Path, port: int, ready: str) -> Iterator[int]:
    """A server process on a port, once it answers; ended by SIGTERM. Gives its process id."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("HAYMARKET_")}
    with log.open("wb") as file:
        process = subprocess.Popen(command, stdout=file, stderr=file, env=environment)
    try:
        _wait(process, f"http://127.0.0.1:{port}{ready}")
        yield process.pid
    finally:
        process.terminate()
        process.wait(timeout=40)


def marketplace_server(ground: Ground, port: int) -> list[str]:
    """The command of the marketplace that is measured, one worker, access log on."""
    command = [sys.executable, "-m", "haymarket", "serve", "--data", str(ground.data)]
    command += ["--port", str(port), "--public-url", PUBLIC_URL]
    return command + (["--database", ground.database] if ground.database else [])


def floor_server(answers: dict[str, Answer], port: int) -> list[str]:
    """The command of a bare app that sends what the marketplace sent."""
    file = HOME / "floor.msgpack"
    keep(answers, file)
    return [sys.executable, "-m", "bench.floor", str(file), str(port)]


def answer_of(address: str, load: Load, path: str) -> Answer:
    """What the marketplace answers, to be sent by the floor."""
    told = httpx.get(address + path, auth=load.auth)
    told.raise_for_status()
    headers = [(name, value) for name, value in told.headers.raw if name.lower() not in (b"date",)]
    return Answer(told.status_code, headers, len(told.content))


def send(address: str, load: Load, seconds: int) -> Run:
    """Send a load for some seconds with one thread of wrk."""
    paths = HOME / "paths.txt"
    paths.write_text("\n".join(load.paths) + "\n")
    script = [str(paths), "GET"]
    if load.body is not None:
        body = HOME / "body.json"
        body.write_bytes(load.body)
        script = [str(paths), "POST", str(body)]
    headers = ["-H", "Content-Type: application/json"] if load.body is not None else []
    if load.auth:
        pair = base64.b64encode(":".join(load.auth).encode()).decode()
        headers += ["-H", f"Authorization: Basic {pair}"]
    command = ["wrk", "-t1", f"-c{load.connections}", f"-d{seconds}s", *headers]
    command += ["-s", str(ROTATE), address, "--", *script]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout.strip().splitlines()[-1])
    rate = told["requests"] / (told["microseconds"] / 1e6)
    return Run(rate, told["p50"] / 1000, told["p99"] / 1000, told["failed"])


def statements(address: str) -> int:
    """How many SQL statements the marketplace has sent so far."""
    for line in httpx.get(f"{address}/metrics").text.splitlines():
        if line.startswith("haymarket_sql_statements "):
            return int(float(line.split()[1]))
    raise RuntimeError("the marketplace tells no haymarket_sql_statements")


def peak_memory(pid: int) -> float:
    """The largest resident memory of a process so far, in megabytes; Linux only."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], url: str) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server of {url} ended")
        try:
            httpx.get(url, timeout=5)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"nobody answers at {url}")
