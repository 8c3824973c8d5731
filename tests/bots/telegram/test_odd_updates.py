"""Updates of any shape: nothing but the foreseen errors comes out, and the next update is
served."""

import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import json
from telegram import Bot

from bots.telegram.run.polling import ODD, readable
from bots.telegram.translate import Me, to_inbound
from core.domain.conversation import Chat, Context, decide
from core.runtime.engine.intake import cleaned
from core.settings import Settings
from core.skills import load
from tests.servers.telegram import FakeTelegram
from tests.servers.telegram.people import photograph
from tests.test_walk_telegram import telegram_bot

pytestmark = pytest.mark.unmeasured  # other tests go through the same code in a shorter time

ME = Me(7_000_000_001, "photo_video_bot")
BOT = Bot("1:x")
SKILLS = load()
NOW = 1_800_000_000.0
ANY = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=20)
    | st.sampled_from(
        ["/forget yes", "v1:again:1:", "\ud83d", "\u202e", "x" * 5000, 2**70, -1, "NaN"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


def samples() -> list[dict[str, Any]]:
    """One update of every kind that the bot asks for, as Telegram sends it."""
    fake, group = FakeTelegram(), -1_001_234_567_890
    fake.add_group(group, forum=True, topics=(7,))
    posted = fake.bot_posted(text="Shall I?")
    fake.world.posts[1001, posted].body["reply_markup"] = {
        "inline_keyboard": [[{"text": "Again", "callback_data": "v1:again:1:"}]]
    }
    fake.user_sends("make a video", photo=photograph(64, 48))
    fake.user_sends("@photo_video_bot hello", chat=group, thread=7, reply_to=posted)
    fake.user_sends("/start@photo_video_bot x", chat=group)
    fake.user_sends("a file", document=("a.HEIC", b"x", "image/heic"))
    fake.user_sends(voice=b"x")
    fake.user_edits(fake.last_id(), "other words")
    fake.presses(posted, "Again")
    fake.user_blocks()
    fake.group_migrates(group, group - 1)
    return [update.shown() for update in fake.world.updates]


SAMPLES = samples()


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path to everything in a JSON value."""
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    return [path, *(place for key, found in inner for place in places(found, (*path, key)))]


@st.composite
def updates(draw: st.DrawFn) -> dict[str, Any]:
    """A real update of which up to three parts have become anything, or are missing."""
    update = copy.deepcopy(draw(st.sampled_from(SAMPLES)))
    for _ in range(draw(st.integers(1, 3))):
        *way, last = draw(
            st.sampled_from([place for place in places(update) if place] or [("update_id",)])
        )
        holder: Any = update
        for step in way:
            holder = holder[step]
        if draw(st.booleans()):
            holder[last] = draw(ANY)
        elif isinstance(holder, dict):
            holder.pop(last, None)
    whole: dict[str, Any] = update
    return whole


@settings(max_examples=200)
@given(updates())
def test_whatever_an_update_holds_only_foreseen_errors_come_out(update: dict[str, Any]) -> None:
    read = readable(update, BOT)
    if read is None:
        return
    try:
        inbound = to_inbound(read, ME, NOW)
        if inbound is not None:
            turn = decide(
                Context(
                    Chat(inbound.user, inbound.address),
                    SKILLS,
                    Settings(),
                ),
                cleaned(inbound),
                NOW,
            )
            assert json.encode(turn)
    except ODD:
        return


def test_there_is_a_sample_of_every_kind() -> None:
    kinds = {kind for update in SAMPLES for kind in update if kind != "update_id"}
    assert kinds == {"message", "edited_message", "callback_query", "my_chat_member"}
    assert all(readable(update, BOT) is not None for update in SAMPLES)


NUMBER = "9" * 50


@pytest.mark.parametrize(
    "change",
    [
        {"message": {"text": "half \ud83d an emoji and \x00 and \u202e"}},
        {"message": {"date": 2**62}},
        {"message": {"message_id": 2**70}},
        {"message": {"from": {"id": "me"}}},
        {
            "message": {
                "photo": [{"file_id": "\ud83d", "file_unique_id": "x", "width": 1, "height": 1}]
            }
        },
        {"message": []},
        {"callback_query": {"data": f"v1:again:{NUMBER}:"}},
        {"callback_query": {"data": "v1:forget:-1:yes"}},
        {"callback_query": {"data": "\ud83d"}},
    ],
)
async def test_after_an_odd_update_the_next_one_is_served(
    tmp_path: Path, change: dict[str, Any]
) -> None:
    async with telegram_bot(tmp_path) as there:
        telegram = there.telegram
        telegram.user_sends("/start")
        await there.reads("Share your still images")
        kind, values = next(iter(change.items()))
        if kind == "message":
            telegram.user_sends("/help")
        else:
            telegram.presses(telegram.last_id(), telegram.chat()[-1].labels[0])
        odd = telegram.world.updates[-1]
        odd.payload.update(values) if isinstance(values, dict) else setattr(odd, "payload", values)
        telegram.user_sends("/privacy")
        await there.reads("🔒 What I keep about you")
        assert odd.id in telegram.confirmed()
