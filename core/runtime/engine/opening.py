"""What lies sealed in the outbox is opened just before it leaves: the way to answer, and links to
projects."""

from dataclasses import replace

import structlog

from core.messages import SEALED, Button, Outbound
from core.nemo import wire
from core.runtime.engine.runtime import Runtime
from core.vault import WrongKey

log = structlog.get_logger()


def opened(runtime: Runtime, message: Outbound) -> Outbound:
    """The message with the secret of its ticket and its links; without them where the key is
    another one by now."""
    rows = tuple(
        tuple(filter(None, (_linked(runtime, button) for button in row))) for row in message.buttons
    )
    message = message.offering(*filter(None, rows))
    ticket = message.ticket
    if ticket is None or not ticket.secret:
        return message
    ticket = replace(ticket, secret=_read(runtime, ticket.secret))
    return replace(message, to=replace(message.to, ticket=ticket))


def _linked(runtime: Runtime, button: Button) -> Button | None:
    if not button.url.startswith(SEALED):
        return button
    token = _read(runtime, button.url.removeprefix(SEALED))
    return (
        replace(button, url=wire.claim_link(runtime.settings.nemo_web_url, token))
        if token
        else None
    )


def _read(runtime: Runtime, sealed: str) -> str:
    try:
        return runtime.vault.open(sealed)
    except WrongKey:
        log.warning("something in the outbox was sealed with another key")
        return ""
