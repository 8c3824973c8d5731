"""Group reels on disk: each photo counted once whatever is killed, nobody's kept longer than they
want, and open again where no video came of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from core.domain.conversation import Chat, Context, Decision, decide, lookup
from core.domain.operating import Ban
from core.domain.requests import Fail, Kept, Next, Notice, Payer, Plan, State, Step, Wait, advance
from core.domain.spans import DAY
from core.messages import (
    Address,
    Attachment,
    Called,
    Command,
    Happened,
    Heard,
    Payload,
    Pressed,
    Said,
)
from core.settings import Settings
from core.skills import load
from core.store import Claimed, LostLease, Remembered, Store
from tests import messages
from tests.knowing import knowing
from tests.stores import Place

SKILLS, NOW = load(), 1_800_000_000.0
HERE = Address("fake", "group")
ANNA, BEN, CLEO = "anna", "ben", "cleo"
NOTED = Notice("over", final=True)


def photo(number: int) -> Attachment:
    return Attachment(f"spool:{number}", f"{number}.jpg", "image/jpeg", 1000 + number, 480, 320)


class Group:
    """A group on one database."""

    def __init__(self, store: Store, place: Place) -> None:
        self.store, self.place = store, place

    async def happens(self, user: str, what: Happened, id: str = "", **more: Any) -> bool:
        place = {"private": False, "space": "group", **more}
        if isinstance(what, Said):
            place = {"answers": "posted", **place}
        inbound = messages.happened(id or uuid4().hex, user, HERE, what, **place)

        def think(known: Remembered) -> Decision:
            return decide(
                Context(known.chat, SKILLS, Settings(), known.open, known.named, reel=known.reel),
                inbound,
                NOW,
            )

        taken = await self.store.take_in(inbound, think, NOW, lookup(inbound))
        await self.hand_out()
        return taken

    async def hand_out(self) -> None:
        while post := await self.store.claim_post(NOW + 2 * DAY):
            await self.store.posted(post, "posted", NOW)

    async def opens(self) -> None:
        await self.happens(ANNA, Called(Command.REEL))
        assert self.says().startswith("🎞 Group reel: no photos yet")

    async def adds(self, user: str, *numbers: int, id: str = "") -> bool:
        files = tuple(map(photo, numbers))
        return await self.happens(user, Said("", files, Heard.REPLY), id)

    async def makes(self) -> Claimed:
        await self.happens(ANNA, Pressed(Command.REEL, Payload.REEL_MAKE, 1))
        claimed = await self.store.claim(NOW + 1)
        assert claimed
        return claimed

    async def forgets(self, user: str) -> None:
        await self.happens(user, Pressed(Command.FORGET, Payload.SURE), private=True, space="")

    def says(self) -> str:
        """What the message of the reel says now."""
        found = self.rows("SELECT text FROM posted WHERE slot = 'job-1'")
        return str(found[0][0]) if found else ""

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self.place.rows(sql)

    def users(self) -> list[str]:
        return [user for (user,) in self.rows("SELECT user FROM shares ORDER BY id")]


@asynccontextmanager
async def group(place: Place) -> AsyncIterator[Group]:
    store = await place.open(NOW)
    try:
        yield Group(store, place)
    finally:
        await store.close()


def at(claimed: Claimed, step: Step, **known: Any) -> Claimed:
    """The claimed request as it would stand at that step."""
    job = replace(claimed.job, step=step, progress=knowing(claimed.job.progress, **known))
    return replace(claimed, job=job)


async def test_its_openers_words_to_a_message_that_is_not_known_are_about_the_only_reel(
    place: Place,
) -> None:
    async with group(place) as here:
        await here.opens()
        await here.adds(BEN, 1)
        said = {"answers": "posted twice, known once"}
        for user, heard, more in (
            (BEN, Heard.REPLY, said),
            (ANNA, Heard.DIRECT, said),
            (ANNA, Heard.REPLY, {"answers": ""}),
        ):
            await here.happens(user, Said("make a slow video", heard=heard), **more)
            assert "slow" not in here.says()
        await here.happens(ANNA, Said("make a slow video", heard=Heard.REPLY), **said)
        assert "✏️ “make a slow video”" in here.says()
        assert here.rows("SELECT COUNT(*) FROM jobs") == [(1,)], "nothing is paid for by that"
        assert (await here.makes()).job.progress.wish.words == "make a slow video"


async def test_words_to_a_message_that_is_not_known_are_about_none_of_two_reels(
    place: Place,
) -> None:
    async with group(place) as here:
        await here.opens()
        names = [name for name in here.place.named("SELECT * FROM jobs")[0] if name != "id"]
        columns = " , ".join(names)
        here.place.change(f"INSERT INTO jobs ( {columns} ) SELECT {columns} FROM jobs")
        await here.happens(ANNA, Said("make it slow", heard=Heard.REPLY), answers="not known")
        assert "slow" not in here.says()


async def test_a_photo_counts_once_also_where_the_process_died_after_it(place: Place) -> None:
    async with group(place) as here:
        await here.opens()
        assert await here.adds(BEN, 1, 2, id="again")
    async with group(place) as after:
        assert not await after.adds(BEN, 1, 2, id="again"), "it is known by its number"
        await after.adds(CLEO, 2, id="other")
        assert after.users() == [BEN, BEN]
        assert after.says().startswith("🎞 Group reel: 2 photos from 1 person")
        claimed = await after.makes()
        assert [file.ref for file in claimed.job.bundle.files] == ["spool:1", "spool:2"]
        stored = after.rows("SELECT body || bundle FROM jobs WHERE id = 2")[0][0]
        assert "spool:" not in stored, "they stand with nobody's request"
        assert {"spool:1", "spool:2"} <= (await after.store.held()).refs


async def test_who_is_forgotten_takes_their_photos_out_and_the_count_falls(place: Place) -> None:
    async with group(place) as here:
        await here.opens()
        await here.adds(BEN, 1)
        await here.adds(CLEO, 2)
        claimed = await here.makes()
        await here.store.commit(advance(claimed.job, Next(claimed.job.progress), NOW), NOW)
        await here.forgets(BEN)
        assert here.users() == [CLEO]
        assert "1 photo from 1 person" in here.says()
        again = await here.store.claim(NOW)
        assert again
        assert again.job.step is Step.BRING
        assert [file.ref for file in again.job.bundle.files] == ["spool:2"]
        littered = {ref for litter in await here.store.litter() for ref in litter.refs}
        assert littered == {"spool:1"}


async def test_where_its_opener_is_forgotten_the_group_is_told_that_it_is_closed(
    place: Place,
) -> None:
    async with group(place) as here:
        await here.opens()
        await here.adds(BEN, 1)
        inbound = messages.happened(
            "f", ANNA, HERE, Pressed(Command.FORGET, Payload.SURE), private=True
        )
        thought = Decision(Chat(ANNA, HERE), erase=True)
        await here.store.take_in(inbound, lambda _: thought, NOW, lookup(inbound))
        post = await here.store.claim_post(NOW)
        assert post
        assert post.message.text.startswith("🎞 This group reel is closed.")
        assert (post.message.address, post.message.user) == (HERE, "")
        assert here.users() == []
        assert here.rows("SELECT COUNT(*) FROM jobs") == [(0,)]


@pytest.mark.parametrize("making", [False, True])
async def test_where_its_opener_is_banned_the_group_reads_that_it_is_closed(
    place: Place, making: bool
) -> None:
    async with group(place) as here:
        await here.opens()
        await here.adds(BEN, 1)
        if making:
            await here.store.release((await here.makes()).job)
        here.place.outside().operated(Ban("fake", ANNA), NOW)
        await here.hand_out()
        assert here.says().startswith("🎞 This group reel is closed.")
        assert here.users() == []


async def test_a_ban_does_not_close_a_reel_whose_video_is_paid_for(place: Place) -> None:
    async with group(place) as here:
        await here.opens()
        await here.adds(BEN, 1)
        claimed = await here.makes()
        job = at(claimed, Step.POLL).job
        await here.store.commit(advance(job, Next(job.progress), NOW), NOW)
        here.place.outside().operated(Ban("fake", ANNA), NOW)
        await here.hand_out()
        assert here.says().startswith("🎬 Group reel: 1 photo from 1 person")


async def test_it_is_open_again_where_no_video_came_and_over_with_one(place: Place) -> None:
    async with group(place) as here:
        await here.opens()
        await here.adds(BEN, 1, 2)
        first = at(await here.makes(), Step.BRING)
        assert "is being made" in here.says()
        failed = advance(first.job, Fail(NOTED, Kept(first.job.bundle.files)), NOW)
        await here.store.commit(failed, NOW)
        await here.hand_out()
        assert here.says().startswith("🎞 Group reel: 1 photo from 1 person"), "without the bad one"
        kept = here.rows("SELECT body FROM chats WHERE user = 'anna'")[0][0]
        assert "spool:" not in kept, "photos of others are not handed to its opener"
        again = await here.makes()
        done = at(again, Step.LINK, payer=Payer.ANONYMOUS, session="s", uploaded=True)
        over = advance(done.job, Next(done.job.progress, NOTED, last=True), NOW)
        await here.store.commit(over, NOW)
        await here.hand_out()
        assert here.says().startswith("✅ Group reel: 1 photo from 1 person.")
        assert here.users() == []
        assert here.rows("SELECT state FROM jobs WHERE id = 1") == [(State.DONE.value,)]


async def test_a_cancelled_video_leaves_the_reel_open(place: Place) -> None:
    async with group(place) as here:
        await here.opens()
        await here.adds(BEN, 1)
        claimed = await here.makes()
        await here.store.release(claimed.job)
        await here.happens(ANNA, Pressed(Command.CANCEL, "", claimed.job.id))
        assert here.says().startswith("🎞 Group reel: 1 photo from 1 person")


async def test_after_a_day_it_ends_by_itself_but_not_under_its_video(place: Place) -> None:
    async with group(place) as here:
        await here.opens()
        await here.adds(BEN, 1)
        making = await here.makes()
        due = await here.store.claim(NOW + DAY + 1)
        assert due
        assert (due.job.plan, due.making) == (Plan.REEL, True)
        await here.store.release(due.job)
        cancelled = advance(making.job, Fail(NOTED), NOW)
        await here.store.commit(cancelled, NOW)
        due = await here.store.claim(NOW + DAY + 1)
        assert due
        assert not due.making
        words = Notice("This group reel was open for a day")
        await here.store.commit(
            advance(due.job, Next(due.job.progress, words, last=True), NOW), NOW
        )
        await here.hand_out()
        assert here.says() == "This group reel was open for a day"
        assert here.users() == []


async def test_a_look_at_it_does_not_open_it_again_while_its_video_ends(place: Place) -> None:
    async with group(place) as here:
        await here.opens()
        await here.adds(BEN, 1)
        making = await here.makes()
        looked = await here.store.claim(NOW + DAY + 1)
        assert looked
        assert (looked.job.plan, looked.making) == (Plan.REEL, True)
        done = at(making, Step.LINK, payer=Payer.ANONYMOUS, session="s", uploaded=True)
        over = advance(done.job, Next(done.job.progress, NOTED, last=True), NOW)
        await here.store.commit(over, NOW)
        with pytest.raises(LostLease):
            await here.store.commit(advance(looked.job, Wait(looked.job.progress, 600), NOW), NOW)
        assert here.rows("SELECT state, claimed FROM jobs WHERE id = 1") == [("done", 0)]
        assert await here.store.claim(NOW + 3 * DAY) is None


async def test_no_photo_outlives_its_day(place: Place) -> None:
    async with group(place) as here:
        await here.opens()
        await here.adds(BEN, 1)
        await here.store.sweep(NOW + DAY + 1)
        assert here.users() == []


async def test_a_reel_whose_video_cannot_be_read_is_open_again(place: Place) -> None:
    async with group(place) as here:
        await here.opens()
        await here.adds(BEN, 1, 2)
        await here.happens(ANNA, Pressed(Command.REEL, Payload.REEL_MAKE, 1))
        place.change("UPDATE jobs SET body = '' WHERE id = 2")
        assert await here.store.claim(NOW + 1) is None
        await here.hand_out()
        assert "2 photos" in here.says()
        (again,) = {(await here.makes()).job.progress.wish.reel}
        assert again == 1


async def test_a_reel_that_cannot_be_read_leaves_nobodys_photos(place: Place) -> None:
    async with group(place) as here:
        await here.opens()
        await here.adds(BEN, 1, 2)
        place.change("UPDATE jobs SET body = '', due = 0 WHERE id = 1")
        assert await here.store.claim(NOW + 1) is None
        assert here.users() == []
        ((state,),) = here.rows("SELECT state FROM jobs")
        assert state == State.FAILED
