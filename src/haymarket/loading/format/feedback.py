"""Feedback in the load format."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from haymarket.feedback.model import FeedbackType, Reason
from haymarket.loading.format.parts import Key, Part


class Feedback(Part, kw_only=True):
    """Why somebody removed an app; `at` tells it from the others of the app."""

    app: Key
    version: str
    type: FeedbackType
    at: Annotated[datetime, Meta(tz=True)]
    reason: Reason | None = None
    message: str | None = None
    email: str | None = None
    full_name: str | None = None
    sen: str | None = None
