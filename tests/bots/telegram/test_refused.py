"""What Telegram refuses goes again with less of what it saw, and never the same once more."""

import pytest

from bots.telegram.run import Telegram
from bots.telegram.translate import kind_of, suspects
from core.adapter import Blame, DeliveryError
from core.domain.formatting import read_markdown
from core.messages import Button, Card, Command, Document, Form, Outbound, Video
from core.runtime.engine.refusals import poorer
from tests.bots.telegram.conftest import words
from tests.servers.telegram import FakeTelegram

ROWS = ((Button("Cancel", Command.CANCEL, 7),),)
URL = "https://cdn.example/a.mp4"
STATUS = words("50 %", buttons=ROWS, slot="job-7", card=Card("Exporting"))


def clip(**more: object) -> Outbound:
    return words("Done", media=Video(URL, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("message", "edit", "seen"),
    [
        (words("a"), None, ()),
        (STATUS, None, (Blame.BUTTONS,)),
        (STATUS, "5", (Blame.BUTTONS,)),
        (words("a", card=Card("Exporting"), slot="job-7"), "5", ()),
        (words("a", reply_to="5", buttons=ROWS), None, (Blame.BUTTONS, Blame.REPLY)),
        (words("a", reply_to="5"), "6", ()),
        (words("a", spans=read_markdown("**a**").spans), None, (Blame.FORMAT,)),
        (words("a", media=Document("{}")), None, (Blame.FILES,)),
        (clip(), None, ()),
        (clip(path="/a.mp4"), None, (Blame.PICTURES, Blame.CLIP, Blame.FILES)),
        (clip(path="/a.mp4", form=Form.BARE), None, (Blame.CLIP, Blame.FILES)),
        (clip(path="/a.mp4", form=Form.DOCUMENT), None, (Blame.CLIP, Blame.FILES)),
        (clip(ref="telegram:1"), None, (Blame.CLIP, Blame.FILES)),
    ],
)
def test_what_telegram_gets_to_see(
    message: Outbound, edit: str | None, seen: tuple[Blame, ...]
) -> None:
    assert suspects(message, kind_of(message, edit)) == seen


@pytest.mark.parametrize("edited", [False, True])
async def test_a_refused_status_is_never_sent_the_same_twice(
    adapter: Telegram, telegram: FakeTelegram, edited: bool
) -> None:
    telegram.user_sends("hello")
    posted = await adapter.send(words("Creating…", slot="job-7"), None, "n1") if edited else None
    method = "editMessageText" if edited else "sendMessage"
    before = len(telegram.calls(method))
    telegram.refuse(method, 400, "Bad Request: a sentence that nobody knows", times=9)
    message: Outbound | None = STATUS
    while message is not None:
        with pytest.raises(DeliveryError) as refused:
            await adapter.send(message, posted, "n2")
        message = poorer(message, refused.value)
    asked = [repr(call) for call in telegram.calls(method)[before:]]
    assert len(asked) == len(set(asked)) == 2
