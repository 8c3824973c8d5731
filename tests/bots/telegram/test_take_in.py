"""What people do in a private chat arrives as one Inbound, at wire level."""

from typing import Any

import pytest

from bots.telegram.run import Telegram
from core.messages import OPERATING, Amended, Attachment, Command, Inbound, Presence
from tests import messages
from tests.bots.telegram.conftest import HERE, Taken
from tests.servers.telegram import BOT_ID, USER, FakeTelegram, photograph


async def one(telegram: FakeTelegram, taken: Taken) -> Inbound:
    await telegram.wait_for(lambda: taken.inbounds)
    (inbound,) = taken.inbounds
    return inbound


async def test_a_photo_with_words_arrives_once_with_its_largest_size(
    bot: Telegram, telegram: FakeTelegram, taken: Taken
) -> None:
    picture = photograph(1600, 1200)
    update = telegram.user_sends(
        "turn this into a 10-second video", photo=picture, language="zh-hans"
    )
    inbound = await one(telegram, taken)
    largest = telegram.chat()[0].body["photo"][-1]["file_id"]
    assert inbound == messages.said(
        id=f"tg:{BOT_ID}:{update}",
        user=str(USER),
        address=HERE,
        text="turn this into a 10-second video",
        attachments=(
            Attachment(
                f"telegram:photo:{largest}", "photo.jpg", "image/jpeg", len(picture), 1600, 1200
            ),
        ),
        order=telegram.last_id(),
        at=inbound.at,
        language="zh-hans",
        message=str(telegram.last_id()),
    )
    assert inbound.at > 0


@pytest.mark.parametrize(
    ("sent", "name", "mime", "size"),
    [
        ({"document": ("IMG_1.HEIC", b"heic", "image/heic")}, "IMG_1.HEIC", "image/heic", 4),
        ({"document": ("", b"bytes", "")}, "file", "", 5),
        ({"video": b"mp4"}, "clip.mp4", "video/mp4", 3),
        ({"animation": b"mp4"}, "giphy.mp4", "video/mp4", 3),
        ({"audio": ("song.m4a", b"m4a", "audio/mp4")}, "song.m4a", "audio/mp4", 3),
        ({"voice": b"OggS"}, "voice.ogg", "audio/ogg", 4),
        ({"video_note": b"mp4"}, "video_note.mp4", "video/mp4", 3),
    ],
)
async def test_every_kind_of_file_becomes_a_reference(
    bot: Telegram,
    telegram: FakeTelegram,
    taken: Taken,
    sent: dict[str, Any],
    name: str,
    mime: str,
    size: int,
) -> None:
    telegram.user_sends("", **sent)
    (attachment,) = (await one(telegram, taken)).attachments
    assert (attachment.name, attachment.mime, attachment.bytes) == (name, mime, size)
    assert attachment.ref == f"telegram:{next(iter(telegram.world.files))}"


async def test_an_album_is_told_by_its_id_and_the_order_of_its_items(
    bot: Telegram, telegram: FakeTelegram, taken: Taken
) -> None:
    telegram.user_sends_album(
        (photograph(), ""), (photograph(), "make it dance"), (photograph(), "")
    )
    await telegram.wait_for(lambda: len(taken.inbounds) == 3)
    assert len({inbound.album for inbound in taken.inbounds}) == 1
    assert taken.inbounds[0].album
    assert [inbound.text for inbound in taken.inbounds] == ["", "make it dance", ""]
    orders = [inbound.order for inbound in taken.inbounds]
    assert orders == sorted(set(orders))


@pytest.mark.parametrize(
    ("said", "command", "text"),
    [
        ("/start", Command.START, ""),
        ("/start p-7f3a", Command.START, "p-7f3a"),
        *[(f"/{each}", Command.HELP if each in OPERATING else each, "") for each in Command],
        ("/language@phototovideotestbot zh", Command.LANGUAGE, "zh"),
        ("/VIDEO a slow zoom\nwith music", Command.VIDEO, "a slow zoom\nwith music"),
        ("/nonsense", Command.HELP, ""),
        (
            "see https://pictures.example/cat.jpg please",
            None,
            "see https://pictures.example/cat.jpg please",
        ),
        ("1/2 of it", None, "1/2 of it"),
        ("/loginnmv_usr_0123456789abcdef", None, "/loginnmv_usr_0123456789abcdef"),
    ],
)
async def test_words_and_commands(
    bot: Telegram,
    telegram: FakeTelegram,
    taken: Taken,
    said: str,
    command: Command | None,
    text: str,
) -> None:
    telegram.user_sends(said)
    inbound = await one(telegram, taken)
    assert (inbound.command, inbound.text, inbound.attachments) == (command, text, ())


async def test_a_command_in_a_caption_keeps_the_photo(
    bot: Telegram, telegram: FakeTelegram, taken: Taken
) -> None:
    telegram.user_sends("/video make it snow", photo=photograph())
    inbound = await one(telegram, taken)
    assert (inbound.command, inbound.text, len(inbound.attachments)) == (
        Command.VIDEO,
        "make it snow",
        1,
    )


async def test_a_sticker_is_an_empty_message_so_that_somebody_answers(
    bot: Telegram, telegram: FakeTelegram, taken: Taken
) -> None:
    telegram.user_sends(sticker=b"webp")
    inbound = await one(telegram, taken)
    assert (inbound.text, inbound.attachments, inbound.addressed) == ("", (), True)


FRIEND = {
    "type": "user",
    "date": 1_700_000_000,
    "sender_user": {"id": 99, "is_bot": False, "first_name": "Ana"},
}
CHANNEL = {
    "type": "channel",
    "date": 1_700_000_000,
    "chat": {"id": -1009, "type": "channel", "title": "News"},
    "message_id": 4,
}
UNKNOWN = {"type": "hidden_user", "date": 1_700_000_000, "sender_user_name": "Ana"}
ONESELF = FRIEND | {"sender_user": {"id": USER, "is_bot": False, "first_name": "Me"}}


@pytest.mark.parametrize(
    ("origin", "words"), [(FRIEND, ""), (CHANNEL, ""), (UNKNOWN, ""), (ONESELF, "Sunset in Bali")]
)
async def test_of_what_is_forwarded_the_photo_counts_and_nobody_elses_words(
    bot: Telegram, telegram: FakeTelegram, taken: Taken, origin: dict[str, Any], words: str
) -> None:
    telegram.user_sends("Sunset in Bali", photo=photograph())
    telegram.world.updates[-1].payload |= {"forward_origin": origin}
    inbound = await one(telegram, taken)
    assert (inbound.text, len(inbound.attachments), messages.unusable(inbound)) == (words, 1, False)


@pytest.mark.parametrize("said", ["/forget", "make a video of a cat"])
async def test_forwarded_words_start_nothing(
    bot: Telegram, telegram: FakeTelegram, taken: Taken, said: str
) -> None:
    telegram.user_sends(said)
    telegram.world.updates[-1].payload |= {"forward_origin": FRIEND}
    inbound = await one(telegram, taken)
    assert (inbound.text, inbound.command, inbound.addressed, messages.unusable(inbound)) == (
        "",
        None,
        True,
        True,
    )


async def test_our_own_clip_quoted_from_another_chat_is_no_file_to_send(
    bot: Telegram, telegram: FakeTelegram, taken: Taken
) -> None:
    telegram.user_sends("a photo", photo=photograph())
    photo = telegram.chat()[-1].body["photo"]
    for author in (99, BOT_ID):
        telegram.user_sends("make the title larger")
        origin = FRIEND | {
            "sender_user": {"id": author, "is_bot": author == BOT_ID, "first_name": "A"}
        }
        telegram.world.updates[-1].payload |= {"external_reply": {"origin": origin, "photo": photo}}
    await telegram.wait_for(lambda: len(taken.inbounds) == 3)
    assert [len(inbound.attachments) for inbound in taken.inbounds[1:]] == [1, 0]


KINDS: dict[str, Any] = {
    "contact": {"phone_number": "1", "first_name": "Ana"},
    "location": {"latitude": 1.0, "longitude": 1.0},
    "dice": {"emoji": "🎲", "value": 3},
    "story": {"id": 1, "chat": {"id": 99, "type": "private"}},
    "paid_media": {"star_count": 1, "paid_media": [{"type": "preview"}]},
}


@pytest.mark.parametrize("kind", KINDS)
async def test_no_kind_of_message_falls_silent(
    bot: Telegram, telegram: FakeTelegram, taken: Taken, kind: str
) -> None:
    telegram.user_sends("x")
    payload = telegram.world.updates[-1].payload
    del payload["text"]
    payload[kind] = KINDS[kind]
    inbound = await one(telegram, taken)
    assert (inbound.addressed, messages.unusable(inbound), inbound.text) == (True, True, "")


async def test_a_note_of_the_service_is_confirmed_and_says_nothing(
    bot: Telegram, telegram: FakeTelegram, taken: Taken
) -> None:
    note = telegram._say({"new_chat_title": "Other"}, USER, USER, "en", None)
    update = telegram.world.queue("message", telegram.world.shown(note))
    await telegram.wait_for(lambda: update in telegram.confirmed())
    assert taken.inbounds == []


async def test_a_reply_to_a_photo_brings_that_photo(
    bot: Telegram, telegram: FakeTelegram, taken: Taken
) -> None:
    telegram.user_sends(photo=photograph())
    first = telegram.last_id()
    telegram.user_sends("make this one dance", reply_to=first)
    await telegram.wait_for(lambda: len(taken.inbounds) == 2)
    assert taken.inbounds[1].attachments == taken.inbounds[0].attachments


async def test_a_reply_to_our_own_clip_is_about_the_clip_and_brings_nothing(
    bot: Telegram, telegram: FakeTelegram, taken: Taken
) -> None:
    telegram.user_sends("hello")
    await telegram.wait_for(lambda: taken.inbounds)
    clip = telegram.bot_posted(USER, video=b"mp4")
    telegram.user_sends("make the title larger", reply_to=clip)
    await telegram.wait_for(lambda: len(taken.inbounds) == 2)
    assert taken.inbounds[1].attachments == ()


async def test_an_edit_tells_the_new_words_and_starts_nothing(
    bot: Telegram, telegram: FakeTelegram, taken: Taken
) -> None:
    telegram.user_sends("/video a cat")
    telegram.user_edits(telegram.last_id(), "/video a dog")
    await telegram.wait_for(lambda: len(taken.inbounds) == 2)
    first, edit = taken.inbounds
    assert edit.happened == Amended("a dog")
    assert (edit.message, edit.id == first.id) == (first.message, False)


async def test_blocking_and_letting_in_again_are_told(
    bot: Telegram, telegram: FakeTelegram, taken: Taken
) -> None:
    telegram.user_sends("hello")
    telegram.user_blocks()
    telegram.user_unblocks()
    await telegram.wait_for(lambda: len(taken.inbounds) == 3)
    assert [inbound.happened for inbound in taken.inbounds][1:] == [Presence(False), Presence(True)]
    assert [inbound.addressed for inbound in taken.inbounds] == [True, False, False]
    assert {inbound.address for inbound in taken.inbounds} == {HERE}
