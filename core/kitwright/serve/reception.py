"""What every route needs: the desk, the tokens, and how often somebody may do something."""

from dataclasses import dataclass
from datetime import timedelta

from fastapi import Request
from starlette.requests import HTTPConnection

from kitwright.serve.desk import Desk
from kitwright.serve.metrics import Metrics
from kitwright.serve.settings import ServeSettings
from kitwright.serve.throttle import Throttle
from kitwright.serve.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Reception:
    """The parts of one application."""

    desk: Desk
    settings: ServeSettings
    tokens: Tokens
    metrics: Metrics
    opens: Throttle
    sends: Throttle
    sends_by_address: Throttle
    ratings: Throttle


def reception_of(connection: HTTPConnection) -> Reception:
    """The parts of the application that a request came to."""
    found: Reception = connection.app.state.reception
    return found


def new_reception(desk: Desk, metrics: Metrics, secret: str) -> Reception:
    """The parts of an application over a desk."""
    settings = desk.settings
    return Reception(
        desk=desk,
        settings=settings,
        tokens=Tokens(secret, timedelta(days=settings.token_days)),
        metrics=metrics,
        opens=Throttle("conversations from one address", settings.opens_per_minute),
        sends=Throttle("messages in one conversation", settings.sends_per_minute),
        sends_by_address=Throttle("messages from one address", settings.sends_per_minute_address),
        ratings=Throttle("ratings in one conversation", settings.ratings_per_minute),
    )


def address_of(connection: Request | HTTPConnection) -> str:
    """The address of a client, for counting only."""
    return connection.client.host if connection.client else "unknown"
