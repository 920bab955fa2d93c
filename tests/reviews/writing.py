"""Reviews as users write them."""

from typing import Any

from calling import Api
from given import Json, Person

KEY = "com.acme.draw"
APP = f"/rest/2/addons/{KEY}"
REVIEWS = f"{APP}/reviews"
MINE = f"{REVIEWS}/mine"
FLAGGED = "/rest/haymarket/1/reviews/flagged"


def review(stars: int = 3, text: str | None = "It draws what I mean") -> Json:
    """A review to send."""
    return {"stars": stars} | ({"review": text} if text is not None else {})


def written(api: Api, who: Person, stars: int = 3, text: str | None = "Good", at: str = APP) -> str:
    """The path of a review that somebody writes."""
    answer = api.post(who, f"{at}/reviews", review(stars, text))
    assert answer.status_code == 204, answer.text
    return str(answer.headers["Location"])


def put_state(api: Api, who: Person, path: str, state: bool = True) -> None:
    """A vote, a flag or a decision that is expected to be taken."""
    answer = api.put(who, path, {"state": state})
    assert (answer.status_code, answer.headers["Location"]) == (204, path)


def state_of(api: Api, who: Person, path: str) -> bool:
    """What a state is for somebody."""
    answer = api.get(who, path)
    assert answer.status_code == 200, answer.text
    state: bool = answer.json()["state"]
    return state


def hide(api: Api, admin: Person, path: str, state: bool = True) -> None:
    """An administrator hides a review, or shows it again."""
    put_state(api, admin, f"/rest/haymarket/1/reviews/{path.rpartition('/')[2]}/hidden", state)


def figures(api: Api, who: Person, path: str = APP) -> tuple[float, int]:
    """Average and count of an app, as somebody sees them."""
    summary = api.get(who, path).json()["_embedded"]["reviews"]
    return summary["averageStars"], summary["count"]


def words(answer: Any) -> list[str]:
    """The words of a page of reviews."""
    assert answer.status_code == 200, answer.text
    return [each.get("review", "-") for each in answer.json()["_embedded"]["reviews"]]


def links(answer: Any) -> Json:
    """The addresses of a document."""
    return {name: link["href"] for name, link in answer.json()["_links"].items()}
