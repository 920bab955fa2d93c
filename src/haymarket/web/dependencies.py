"""How the dependencies of handlers are found: one after the other."""

from litestar import Litestar
from litestar.routes import HTTPRoute


def find_in_turn(app: Litestar) -> None:
    """Let each request find its dependencies in turn.

    Litestar makes a task for each of them, so that those that wait do so together. None of ours
    waits for anything, and the tasks cost more than all the rest of a request.
    """
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            for _, model in route.route_handler_map.values():
                batches = model.dependency_batches
                model.dependency_batches = [{each} for batch in batches for each in batch]
