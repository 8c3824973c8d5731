"""Whether a message is worth a send now, and what is said of one that may be there already."""

from core.adapter import Adapter, Flooded, Paced
from core.domain.requests import doubtful
from core.messages import Outbound, shown
from core.runtime.engine.failures import NOWHERE
from core.runtime.engine.runtime import Runtime
from core.store import Post

CLOSED_SECONDS = 600.0
"""So long no further status is tried there: a platform shuts out who knocks at closed doors all the
time."""


def too_soon(post: Post, adapter: Adapter) -> Flooded | None:
    """Whether it is too soon for a file, which is then not fetched in vain."""
    if post.message.video is None or not isinstance(adapter, Paced):
        return None
    return adapter.held(post.message, post.edit)


async def spared(runtime: Runtime, post: Post, adapter: Adapter, now: float) -> bool:
    """Whether a status needs no send now: it would change nothing, comes too soon, or may be there
    already."""
    if post.edit == NOWHERE:
        if now < post.edited + CLOSED_SECONDS:
            await runtime.store.drop(post)
        return now < post.edited + CLOSED_SECONDS
    if post.message.over:
        if post.edit is None:  # there is none, or it was deleted by somebody
            await runtime.store.drop(post)
        return post.edit is None
    if post.edit is not None and shown(post.message) == post.last_text:
        await runtime.store.posted(post, post.edit, now, again=now + adapter.edit_seconds)
        return True
    if post.message.prompt:
        return False
    if post.edit is not None and now < post.edited + adapter.edit_seconds:
        await runtime.store.postpone(post, post.edited + adapter.edit_seconds)
        return True
    if post.edit is None and post.claims > 1 and not (adapter.repeatable or post.message.asks):
        await runtime.store.drop(post)
        return True
    return False


def marked(post: Post, adapter: Adapter, message: Outbound) -> Outbound:
    """Words that may have been posted before say so, where the adapter cannot do better."""
    status = message.slot and (post.edit or not message.asks)
    sure = post.claims <= 1 or adapter.repeatable or status
    return message if sure else doubtful(message)
