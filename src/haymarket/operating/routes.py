"""What operators and their tools ask a process: whether it lives, whether it is ready, figures."""

import os
from typing import Any

from litestar import MediaType, Response, get
from litestar.di import NamedDependency
from prometheus_client import CONTENT_TYPE_LATEST

from haymarket.operating.figures import Figures
from haymarket.storage import StorageFailure

LONGEST_LAG = 1000
"""Journal rows that the index may lack before a node counts as not ready."""


@get("/healthz", include_in_schema=False, sync_to_thread=False, media_type=MediaType.TEXT)
def healthz() -> str:
    """The process lives."""
    return "ok\n"


@get("/readyz", include_in_schema=False, sync_to_thread=True)
def readyz(figures: NamedDependency[Figures]) -> Response[dict[str, Any]]:
    """The database answers and the index has followed it; 503 otherwise."""
    me: dict[str, Any] = {"process": os.getpid(), "writes_index": figures.writes_index}
    try:
        lag = figures.lag()
    except StorageFailure:
        why = {"ready": "no", "why": "the database does not answer"}
        return Response(why | me, status_code=503)
    if lag > LONGEST_LAG:
        behind = {"ready": "no", "why": "the index is behind", "lag": lag}
        return Response(behind | me, status_code=503)
    return Response({"ready": "yes", "lag": lag} | me)


@get("/metrics", include_in_schema=False, sync_to_thread=True)
def metrics(figures: NamedDependency[Figures]) -> Response[bytes]:
    """The figures of this process, in the format of Prometheus."""
    return Response(figures.text(), media_type=CONTENT_TYPE_LATEST)


ROUTES = [healthz, readyz, metrics]
