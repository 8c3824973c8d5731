"""A row whose record cannot be read silences nobody: it is put aside, and its person told."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from structlog.testing import capture_logs

from core.domain.conversation import Decision
from core.domain.requests import Advanced, Job, Payer, Session, Step
from core.i18n import text
from core.messages import Address, Attachment, Command
from core.store import Store
from tests import messages
from tests.outgoing import outgoing
from tests.stores import Place
from tests.test_store_contract import HERE, NOW, say, thinking

LATER = NOW + 300
OTHER = Address("fake", "chat-2")
DAMAGES = {
    "mistyped": "body = replace(body, '\"attempts\":0', '\"attempts\":0.5')",
    "cut off": "body = substr(body, 1, 40)",
    "of a newer version": "plan = 'opera'",
    "in what people sent": "bundle = '[1]'",
}


@pytest.fixture
async def store(place: Place) -> AsyncIterator[Store]:
    opened = await place.open()
    yield opened
    await opened.close()


async def asked(store: Store, id: str, user: str = "u", address: Address = HERE) -> None:
    """A photo with a wish."""
    photo = Attachment(f"fake:{id}", bytes=1000)
    inbound = messages.asked(
        id=id, user=user, address=address, text="a video, please", attachments=(photo,),
        order=int(id[1:]),
    )  # fmt: skip
    await store.take_in(inbound, thinking(inbound), NOW)


async def words(store: Store, now: float = LATER) -> list[str]:
    """All that is posted by then."""
    said = []
    while (post := await store.claim_post(now)) is not None:
        said.append(post.message.text)
        await store.posted(post, f"p{post.id}", now)
    return said


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
async def test_one_request_that_cannot_be_read_holds_up_nobody(
    store: Store, place: Place, damage: str
) -> None:
    await asked(store, "m1")
    await asked(store, "m2", "v", OTHER)
    await words(store)
    place.change(f"UPDATE jobs SET {damage} WHERE id = 1")
    with capture_logs() as logs:
        found = [await store.claim(LATER) for _ in range(3)]
    assert [each.job.id for each in found if each is not None] == [2]
    assert [(line["job"], line["log_level"]) for line in logs] == [(1, "error")], "once"
    assert "please" not in str(logs), "nothing of what it holds"
    assert place.rows("SELECT state, why, ended, claimed FROM jobs WHERE id = 1") == [
        ("failed", "defect", LATER, 0)
    ]
    assert text("trouble.ours_unread", "en") in await words(store)


async def test_who_stood_behind_it_goes_on(store: Store, place: Place) -> None:
    await asked(store, "m1")
    await asked(store, "m2", "v", OTHER)
    place.change("UPDATE jobs SET lock = 'one', step = 'connect'")
    place.change("UPDATE jobs SET waits = 1 WHERE id = 2")
    place.change("UPDATE jobs SET body = '{}' WHERE id = 1")
    assert await store.claim(LATER) is None
    behind = await store.claim(LATER)
    assert behind is not None
    assert behind.job.id == 2


async def test_another_of_its_person_may_begin(store: Store, place: Place) -> None:
    await asked(store, "m1")
    await asked(store, "m2", "u", OTHER)
    place.change("UPDATE jobs SET waits = 2 WHERE id = 2")
    place.change("UPDATE jobs SET body = '{}' WHERE id = 1")
    assert await store.claim(LATER) is None
    other = await store.claim(LATER)
    assert other is not None
    assert other.job.id == 2


async def test_others_are_reminded(store: Store, place: Place) -> None:
    await asked(store, "m1")
    await asked(store, "m2", "v", OTHER)
    await words(store)
    place.change("UPDATE jobs SET step = 'upload', notified_at = 1")
    place.change("UPDATE jobs SET body = '{}' WHERE id = 1")
    said = await store.remind(NOW, 1, lambda job: outgoing(job.address, f"still {job.id}"))
    assert said == 1
    assert await words(store) == ["still 2"]


async def test_it_is_told_in_the_language_of_the_chat(store: Store, place: Place) -> None:
    await say(store, "m1", "Mach bitte ein Video aus dem Foto", "fake:1")
    await words(store)
    place.change("UPDATE jobs SET body = '' WHERE id = 1")
    assert await store.claim(LATER) is None
    assert text("trouble.ours_unread", "de") in await words(store)


async def test_a_chat_that_cannot_be_read_begins_anew(store: Store, place: Place) -> None:
    await asked(store, "m1")
    place.change("UPDATE chats SET body = '{', language = 'fr'")
    with capture_logs() as logs:
        claimed = await store.claim(LATER)
    assert claimed is not None
    assert claimed.chat.language == "fr", "a choice stands beside the record"
    assert [line["event"] for line in logs] == ["a chat cannot be read: it begins anew"]
    assert "chat-1" not in str(logs)


async def test_what_was_paid_for_is_counted_and_nobody_is_asked_to_pay_again(
    store: Store, place: Place
) -> None:
    await asked(store, "m1")
    await words(store)
    place.change(
        "UPDATE jobs SET body = '', step = 'check', sent = 1, spent = 70, payer = 'operator'"
    )
    assert await store.claim(LATER) is None
    assert place.rows("SELECT held, credits FROM charges") == [(0, 70)]
    assert place.rows("SELECT sent, spent, payer FROM jobs") == [(1, 70.0, "operator")]
    assert text("trouble.ours_later", "en") in await words(store)


async def test_what_was_held_for_it_is_given_back(store: Store, place: Place) -> None:
    await asked(store, "m1")
    assert place.rows("SELECT COUNT(*) FROM charges") == [(1,)]
    place.change("UPDATE jobs SET body = ''")
    assert await store.claim(LATER) is None
    assert place.rows("SELECT COUNT(*) FROM charges") == [(0,)]


async def test_the_next_step_of_one_is_closed_as_well(store: Store, place: Place) -> None:
    await asked(store, "m1")
    claimed = await store.claim(LATER)
    assert claimed is not None
    place.change(
        "INSERT INTO projects (session, platform, user , shown, at) VALUES ('s', 'fake', 'u', 1, 0)"
    )
    place.change(
        "INSERT INTO versions (session, number, parent, platform, user , job, at, mark, words,"
        " files, draft) VALUES ('s', 1, 0, 'fake', 'u', 1, 0, '', '', '{', '')"
    )
    progress = replace(claimed.job.progress, connection=_connected(claimed.job))
    moved = replace(claimed.job, step=Step.CHECK, progress=progress, due=LATER)
    assert await store.go_on(Advanced(moved), LATER) == (True, None)
    assert place.rows("SELECT state FROM jobs") == [("failed",)]


def _connected(job: Job) -> Any:
    return replace(job.progress.connection, session=Session("s"), payer=Payer.ANONYMOUS)


async def test_a_message_that_cannot_be_read_is_given_up(store: Store, place: Place) -> None:
    await store.post(outgoing(HERE, "one"), NOW)
    await store.post(outgoing(HERE, "two"), NOW)
    place.change("UPDATE outbox SET body = '{\"to\": 1.5}' WHERE id = 1")
    with capture_logs() as logs:
        assert await store.claim_posts(NOW, "fake", 1) == []
        assert await words(store) == ["two"]
    assert [line["message"] for line in logs] == [1]
    assert place.rows("SELECT COUNT(*) FROM outbox") == [(0,)]


async def test_one_that_waits_for_its_reader_ends_with_their_return(
    store: Store, place: Place
) -> None:
    await store.post(outgoing(HERE, "one", user="u"), NOW)
    post = await store.claim_post(NOW)
    assert post is not None
    await store.keep(post)
    place.change("UPDATE outbox SET body = '' WHERE gone = 1")
    await say(store, "m1", "hello")
    assert place.rows("SELECT COUNT(*) FROM outbox WHERE gone = 1") == [(0,)]


@pytest.mark.parametrize(
    "command", [Command.STATUS, Command.HISTORY, Command.CANCEL, Command.FORGET, Command.PRIVACY]
)
async def test_who_asks_is_answered(store: Store, place: Place, command: Command) -> None:
    await asked(store, "m1")
    await asked(store, "m2")
    await words(store)
    place.change("UPDATE jobs SET body = '{}' WHERE id = 1")
    place.change("UPDATE jobs SET body = '{}', state = 'done' WHERE id = 2")
    await say(store, "m3", command=command, job=1)
    assert await words(store)
    await store.remind(LATER + 9999, 1, lambda job: outgoing(HERE, f"still {job.id}"))
    assert (await store.held()).jobs <= {1}
    await store.job(1)
    await store.disown(1)


async def test_a_yes_to_one_ends_it(store: Store, place: Place) -> None:
    await asked(store, "m1")
    claimed = await store.claim(LATER)
    assert claimed is not None
    price = replace(claimed.job.progress.price, asked=True)
    asks = replace(claimed.job.progress, price=price)
    await store.commit(
        Advanced(replace(claimed.job, step=Step.PRICE, progress=asks, due=LATER + 999)), LATER
    )
    place.change("UPDATE jobs SET body = '{}'")
    yes = messages.said("m2", "u", HERE, "yes")
    await store.take_in(yes, lambda known: Decision(known.chat, confirm=(1,)), LATER)
    assert place.rows("SELECT state FROM jobs") == [("failed",)]
