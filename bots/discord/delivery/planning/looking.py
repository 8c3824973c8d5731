"""What is looked at before a message is posted: after a restart or a cut it may be there."""

from bots.discord.delivery.planning.scene import Scene
from bots.discord.delivery.planning.shapes import made_up, with_headline
from bots.discord.delivery.planning.ways import by_right
from bots.discord.translate import Grant, pieces


def unknown_answer(scene: Scene) -> Grant | None:
    """The grant whose answer is to be read: nobody remembers whether it still says "thinking…"."""
    return scene.open_answer if scene.filled is None and scene.handle is None else None


def is_filled_with(scene: Scene, content: str, *, attached: bool) -> bool:
    """Whether the deferred answer holds these very words already."""
    found = pieces(with_headline(scene.message), "", attached=attached)
    return not scene.message.toast and len(found) == 1 and content == found[0].content


def asked(scene: Scene) -> int:
    """The message, or the interaction, that came before whatever answers it; 0 unknown."""
    return int(scene.message.reply_to or (scene.grant.interaction if scene.grant else 0))


def reads(scene: Scene) -> bool:
    """Whether the channel is to be read, after a cut: the nonce may have run out.

    Only what came after the request counts. Where that is not known, in a direct chat, a clip tells
    by its name."""
    message = scene.message
    new = scene.handle is None and not message.slot and not message.toast
    looks = new and scene.again and scene.member and not scene.discreet
    return looks and bool(asked(scene) or message.video)


def is_there(scene: Scene, content: str, answered: str, files: tuple[str, ...] = ()) -> bool:
    """Whether a message of ours in the channel is this one, and was meant for the same person.

    `answered` is the id of the message that it refers to, `files` the names of what hangs on it:
    two results may say the same, but each clip has a name of its own."""
    way = by_right(scene)[0]
    for attached in (False, True):
        last = pieces(with_headline(scene.message), "", attached=attached)[-1]
        expected = made_up(scene, way, last)
        named = not last.name or last.name in files
        if content == expected.content and named and expected.reply_to in ("", answered):
            return True
    return False
