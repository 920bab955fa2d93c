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
ASKING = 2
"""SQL statements that the figures themselves take."""
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Load:
    """A kind of request: addresses in turn, and who asks; with a body it is a POST."""

    name: str
    paths: tuple[str, ...]
    auth: tuple[str, str] | None = None
    body: bytes | None = None
    connections: int = 16


@dataclass(frozen=True)
class Run:
    """What one run of wrk saw: latencies in milliseconds; processor time in seconds."""

    requests: int
    seconds: float
    p50: float
    p99: float
    failed: int
    cpu: float

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds

    @property
    def cost(self) -> float:
        """Milliseconds of processor time that the server spent on each request."""
        return 1000 * self.cpu / max(self.requests, 1)


@dataclass(frozen=True)
class Server:
    """A server that runs: its process, and where it answers."""

    pid: int
    address: str

    def cpu(self) -> float:
        """Seconds of processor time that it has used so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def peak_memory(self) -> float:
        """Its largest resident memory so far, in megabytes."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
        raise RuntimeError("the system tells no VmHWM")

    def statements(self) -> int:
        """How many SQL statements it has sent so far, ASKING among them for each time."""
        for line in httpx.get(f"{self.address}/metrics").text.splitlines():
            if line.startswith("haymarket_sql_statements "):
                return int(float(line.split()[1]))
        raise RuntimeError("the marketplace tells no haymarket_sql_statements")

    def statements_while_idle(self, seconds: float = 2.0) -> float:
        """How many SQL statements a second it sends by itself."""
        began, before = time.monotonic(), self.statements()
        time.sleep(seconds)
        return (self.statements() - before - ASKING) / (time.monotonic() - began)


@contextmanager
def serving(command: Sequence[str], log: Path, port: int, ready: str) -> Iterator[Server]:
    """A server process on a port, once it answers; ended by SIGTERM."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("HAYMARKET_")}
    with log.open("wb") as file:
        process = subprocess.Popen(command, stdout=file, stderr=file, env=environment)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(process, address + ready)
        yield Server(process.pid, address)
    finally:
        process.terminate()
        process.wait(timeout=40)


def _wait(process: subprocess.Popen[bytes], url: str) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server of {url} ended; its output is in {HOME}")
        try:
            httpx.get(url, timeout=5)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"nobody answers at {url}")


@contextmanager
def marketplace_server(ground: Ground) -> Iterator[Server]:
    """The marketplace that is measured: one worker, access log on."""
    port = _free_port()
    command = [sys.executable, "-m", "haymarket", "serve", "--workers", "1"]
    command += ["--data", str(ground.data), "--port", str(port), "--public-url", PUBLIC_URL]
    command += ["--database", ground.database] if ground.database else []
    with serving(command, HOME / "serve.log", port, "/readyz") as server:
        yield server


@contextmanager
def floor_server(answers: dict[str, Answer]) -> Iterator[Server]:
    """A bare app that sends what the marketplace sent."""
    port, file = _free_port(), HOME / "floor.msgpack"
    keep(answers, file)
    command = [sys.executable, "-m", "bench.floor", str(file), str(port)]
    with serving(command, HOME / "floor.log", port, next(iter(answers))) as server:
        yield server


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers_of(server: Server, load: Load) -> dict[str, Answer]:
    """What the marketplace answers, for the floor to send; a POST is sent once, for all paths."""
    with httpx.Client(base_url=server.address, auth=load.auth) as client:
        if load.body is None:
            return {path: _answer(client.get(path)) for path in load.paths}
        kind = {"Content-Type": "application/json"}
        answer = _answer(client.post(load.paths[0], content=load.body, headers=kind))
        return dict.fromkeys(load.paths, answer)


def _answer(told: httpx.Response) -> Answer:
    told.raise_for_status()
    headers = [(name, value) for name, value in told.headers.raw if name.lower() != b"date"]
    return Answer(told.status_code, headers, len(told.content))


def send(server: Server, load: Load, seconds: int) -> Run:
    """Send a load for some seconds with one thread of wrk."""
    before = server.cpu()
    done = subprocess.run(_wrk(server, load, seconds), capture_output=True, text=True, check=True)
    told = json.loads(done.stdout.strip().splitlines()[-1])
    return Run(
        requests=told["requests"],
        seconds=told["microseconds"] / 1e6,
        p50=told["p50"] / 1000,
        p99=told["p99"] / 1000,
        failed=told["failed"],
        cpu=server.cpu() - before,
    )


def _wrk(server: Server, load: Load, seconds: int) -> list[str]:
    paths, body = HOME / "paths.txt", HOME / "body.json"
    paths.write_text("\n".join(load.paths) + "\n")
    command = ["wrk", "-t1", f"-c{load.connections}", f"-d{seconds}s", "--latency"]
    script = [str(paths)]
    if load.body is not None:
        body.write_bytes(load.body)
        command += ["-H", "Content-Type: application/json"]
        script += ["POST", str(body)]
    if load.auth:
        pair = base64.b64encode(":".join(load.auth).encode()).decode()
        command += ["-H", f"Authorization: Basic {pair}"]
    return [*command, "-s", str(ROTATE), server.address, "--", *script]
