"""Feedback as host products send it."""

from typing import Any

from calling import Api
from given import ANONYMOUS, Json, Person

SENDING = "/rest/haymarket/1/feedbacks"
KEY = "com.acme.draw"
APP = f"/rest/2/addons/{KEY}"
FEEDBACKS = f"{APP}/feedbacks"


def feedback(**changes: Any) -> Json:
    """A feedback of somebody who says who he is; a member that is None is left out."""
    told: Json = {
        "addonKey": KEY,
        "addonVersion": "1.0.0",
        "type": "uninstall",
        "reason": "cost",
        "message": "Too dear for a team of three",
        "email": "wren@customer.example",
        "fullName": "Wren Field",
        "addonSen": "SEN-1000",
    }
    return {name: value for name, value in (told | changes).items() if value is not None}


def anonymous_feedback(**changes: Any) -> Json:
    """A feedback of nobody."""
    nobody: Json = {"message": None, "email": None, "fullName": None, "addonSen": None}
    return feedback(**nobody | changes)


def send(api: Api, document: Json, who: Person = ANONYMOUS) -> Any:
    """The answer to a host product that sends a feedback."""
    return api.post(who, SENDING, document)


def sent(api: Api, *documents: Json) -> None:
    """Feedback that is expected to be taken."""
    for document in documents:
        answer = send(api, document)
        assert answer.status_code == 204, answer.text
