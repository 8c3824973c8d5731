"""A call and its answer, and the table of the routes that the fake knows."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.servers.discord.payloads import Json
from tests.servers.discord.world import Channel, Photo


@dataclass
class Call:
    """One request as it arrived; `path` holds the values of the route's placeholders."""

    method: str
    template: str
    path: dict[str, str]
    query: dict[str, str]
    json: Any
    files: dict[int, Photo] = field(default_factory=dict)
    size: int = 0
    authorised: bool = False
    at: float = 0.0
    done: bool = False
    status: int = 0

    @property
    def route(self) -> str:
        return f"{self.method} {self.template}"


@dataclass
class Done:
    """What a route answers, and the events that it sets off at the gateway: (name, channel,
    payload)."""

    value: Any = None
    status: int = 200
    events: list[tuple[str, Channel, Json]] = field(default_factory=list)


Handler = Callable[[Any, Call], Done]
ROUTES: dict[tuple[str, str], Handler] = {}
WITHOUT_TOKEN = ("/interactions/", "/webhooks/")


def route(method: str, template: str) -> Callable[[Handler], Handler]:
    def add(handler: Handler) -> Handler:
        ROUTES[method, template] = handler
        return handler

    return add
