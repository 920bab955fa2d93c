"""The apps of the sandbox have a history of installs."""

import httpx

from haymarket.loading import format

ADMIN = ("admin@example.com", "admin-token")


def test_every_public_app_has_a_history_of_installs_that_agrees_with_its_figures(
    anonymous: httpx.Client, public: list[format.App]
) -> None:
    for app in public:
        if not app.figures.installs:
            continue
        path = f"/rest/2/addons/{app.key}/distribution"
        [series] = anonymous.get(f"{path}/active", auth=ADMIN).json()["series"]
        told = anonymous.get(path).json()
        assert series["elements"][-1]["count"] == told["totalInstalls"] == app.figures.installs
        assert len(series["elements"]) <= 104
