"""What people do in a private chat arrives as one Inbound, at wire level."""

import pytest

from bots.telegram.run import Telegram
from core.messages import Address, Attachment, Command
from tests.bots.telegram.conftest import HERE, Taken
from tests.servers.telegram import BOT_ID, USER, FakeTelegram, photograph


async def test_a_photo_with_words_arrives_once_with_its_largest_size(
    bot: Telegram, telegram: FakeTelegram, taken: Taken
) -> None:
    picture = photograph(1600, 1200)
    update = telegram.user_sends("turn this into a 10-second video", photo=picture, language="zh-hans")
    await telegram.wait_for(lambda: taken.inbounds)
    (inbound,) = taken.inbounds
    assert inbound.id == f"tg:{BOT_ID}:{update}"
    assert inbound.user == str(USER)
    assert inbound.address == HERE
    assert inbound.text == "turn this into a 10-second video"
    assert inbound.language == "zh-hans"
    assert (inbound.addressed, inbound.private, inbound.command) == (True, True, None)
    assert inbound.message == str(telegram.last_id())
    largest = telegram.chat()[0].body["photo"][-1]["file_id"]
    assert inbound.attachments == (
        Attachment(f"telegram:{largest}", "photo.jpg", "image/jpeg", len(picture), 1600, 1200),
    )
