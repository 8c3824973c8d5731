"""The fake Discord refuses what the real one refuses; asked over HTTP as any client would ask."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.servers.discord import Channel, FakeDiscord, Interaction, Photo, spec

Answer = tuple[int, Any]


class Caller:
    """A bare client of the fake."""

    def __init__(self, dc: FakeDiscord, session: aiohttp.ClientSession) -> None:
        self.dc, self._session = dc, session

    async def __call__(self, method: str, path: str, body: Any = None, *, token: str | None = None, **more: Any) -> Answer:  # fmt: skip  # noqa: E501
        headers = {"Authorization": f"Bot {token or self.dc.token}"}
        async with self._session.request(
            method, f"{self.dc.api_url}{path}", json=body, headers=headers, **more
        ) as response:
            found = await response.json() if response.status != 204 else {}
            return response.status, found if response.status < 400 else found["code"]

    async def posts(self, channel: Channel, **body: Any) -> Answer:
        return await self("POST", f"/channels/{channel.id}/messages", body)

    async def answers(self, asked: Interaction, kind: int, **data: Any) -> Answer:
        path = f"/interactions/{asked.id}/{asked.token}/callback"
        return await self("POST", path, {"type": kind, "data": data} if data else {"type": kind})

    async def follows_up(self, asked: Interaction, **body: Any) -> Answer:
        return await self(
            "POST", f"/webhooks/{self.dc.application_id}/{asked.token}?wait=true", body
        )


@pytest.fixture
async def call(dc: FakeDiscord) -> AsyncIterator[Caller]:
    async with aiohttp.ClientSession() as session:
        caller = Caller(dc, session)
        plain = {
            "name": "video",
            "description": "a video",
            "integration_types": [0, 1],
            "contexts": [0, 1, 2],
        }
        await caller("PUT", f"/applications/{dc.application_id}/commands", [plain])
        yield caller


async def test_a_wrong_token_is_unauthorized(dc: FakeDiscord, call: Caller) -> None:
    assert (await call("GET", "/users/@me", token="another"))[0] == 401


async def test_the_first_answer_is_due_within_three_seconds(dc: FakeDiscord, call: Caller) -> None:
    asked = dc.slash("video")
    dc.clock.advance(3.5)
    assert await call.answers(asked, 5) == (404, 10062)


async def test_a_second_first_answer_is_refused(dc: FakeDiscord, call: Caller) -> None:
    asked = dc.slash("video")
    assert (await call.answers(asked, 5))[0] == 204
    assert await call.answers(asked, 4, content="hello") == (400, 40060)


async def test_a_token_opens_after_the_first_answer_and_lives_fifteen_minutes(
    dc: FakeDiscord, call: Caller
) -> None:
    asked = dc.slash("video")
    assert await call.follows_up(asked, content="too early") == (404, 10015)
    await call.answers(asked, 5)
    assert (await call.follows_up(asked, content="in time"))[0] == 200
    dc.clock.advance(15 * 60 + 1)
    assert await call.follows_up(asked, content="too late") == (401, 50027)


async def test_the_first_follow_up_takes_the_place_and_the_openness_of_a_deferred_answer(
    dc: FakeDiscord, call: Caller
) -> None:
    asked = dc.slash("video")
    await call.answers(asked, 5)
    await call.follows_up(asked, content="hidden?", flags=64)
    await call.follows_up(asked, content="hidden!", flags=64)
    assert [(message.content, message.ephemeral) for message in dc.bot_says()] == [
        ("hidden?", False),
        ("hidden!", True),
    ]


async def test_an_app_of_the_user_follows_up_five_times(dc: FakeDiscord, call: Caller) -> None:
    asked = dc.slash("video", installed="user", channel=dc.foreign())
    await call.answers(asked, 4, content="hello")
    for number in range(5):
        assert (await call.follows_up(asked, content=f"{number}"))[0] == 200
    assert await call.follows_up(asked, content="5") == (400, 40094)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"content": "x" * 2001}, 50035),
        ({"content": ""}, 50006),
        ({"content": "x", "nonce": "n" * 26}, 50035),
        (
            {
                "content": "x",
                "components": [{"type": 1, "components": [{"type": 2, "style": 1, "label": "a"}]}],
            },
            50035,
        ),
        ({"content": "x", "message_reference": {"message_id": "5"}}, 50035),
    ],
)
async def test_messages_that_discord_would_not_take(
    dc: FakeDiscord, call: Caller, body: Any, code: int
) -> None:
    assert await call.posts(dc.general, **body) == (400, code)
    dc.world.violations.clear()  # the OpenAPI file finds some of these as well
    assert not dc.bot_says()


async def test_an_enforced_nonce_returns_the_first_message_for_a_few_minutes(
    dc: FakeDiscord, call: Caller
) -> None:
    first = await call.posts(dc.general, content="one", nonce="n", enforce_nonce=True)
    second = await call.posts(dc.general, content="two", nonce="n", enforce_nonce=True)
    assert first[1]["id"] == second[1]["id"]
    dc.clock.advance(600)
    await call.posts(dc.general, content="three", nonce="n", enforce_nonce=True)
    assert [message.content for message in dc.bot_says()] == ["one", "three"]


async def test_rights_are_checked(dc: FakeDiscord, call: Caller) -> None:
    closed = dc.world.new_person("Closed", open=False)
    assert await call.posts(dc.foreign(), content="x") == (403, 50001)
    assert await call.posts(dc.group(), content="x") == (403, 50001)
    assert await call.posts(dc.world.dm_of(closed), content="x") == (403, 50007)
    dc.forbid(dc.general, "send_messages")
    assert await call.posts(dc.general, content="x") == (403, 50013)


async def test_hidden_messages_are_unknown_to_channel_routes(dc: FakeDiscord, call: Caller) -> None:
    asked = dc.slash("video")
    await call.answers(asked, 4, content="hidden", flags=64)
    path = f"/channels/{dc.general.id}/messages/{dc.bot_says()[0].id}"
    assert await call("PATCH", path, {"content": "changed"}) == (404, 10008)


async def test_without_the_intent_the_talk_of_others_is_empty(
    dc: FakeDiscord, call: Caller
) -> None:
    message = dc.says("a secret", [Photo()])
    found = (await call("GET", f"/channels/{dc.general.id}/messages/{message.id}"))[1]
    assert (found["content"], found["attachments"]) == ("", [])


async def test_a_link_runs_out_and_cannot_be_changed(dc: FakeDiscord, call: Caller) -> None:
    message = dc.says("here", [Photo(data=b"bytes")], mention=True)
    found = (await call("GET", f"/channels/{dc.general.id}/messages/{message.id}"))[1]
    url = found["attachments"][0]["url"]
    async with aiohttp.ClientSession() as session:
        async with session.get(url) as response:
            assert await response.read() == b"bytes"
        async with session.get(url.replace("ex=", "ex=f")) as response:
            assert response.status == 404
        dc.clock.advance(25 * 3600)
        async with session.get(url) as response:
            assert response.status == 404


async def test_what_it_does_not_know_is_a_violation(dc: FakeDiscord, call: Caller) -> None:
    await call("GET", "/guilds/1/bans")
    assert dc.world.violations
    dc.world.violations.clear()


async def test_the_screen_shows_that_nobody_answered(dc: FakeDiscord, call: Caller) -> None:
    await call.answers(dc.slash("video"), 5)
    dc.clock.advance(15 * 60 + 1)
    assert dc.transcript() == "Clip: The application did not respond"


async def test_an_embed_shows_only_what_hangs_on_its_message_and_needs_its_right(
    dc: FakeDiscord, call: Caller
) -> None:
    missing = {"description": "a card", "thumbnail": {"url": "attachment://preview.jpg"}}
    assert await call.posts(dc.general, content="x", embeds=[missing]) == (400, 50035)
    assert await call.posts(dc.general, content="x", embeds=[{"color": 1}]) == (400, 50035)
    posted = (await call.posts(dc.general, content="x"))[1]
    dc.forbid(dc.general, "embed_links")
    card = {"embeds": [{"description": "a card"}]}
    assert await call.posts(dc.general, content="x", **card) == (403, 50013)
    assert await call("PATCH", f"/channels/{dc.general.id}/messages/{posted['id']}", card) == (
        403,
        50013,
    )


async def test_a_thread_is_started_once_from_an_answered_message_by_who_may(
    dc: FakeDiscord, call: Caller
) -> None:
    async def starts(channel: Channel, message: int) -> Answer:
        return await call(
            "POST", f"/channels/{channel.id}/messages/{message}/threads", {"name": "a thread"}
        )

    message = dc.says("make a clip", mention=True)
    assert (await starts(dc.general, message.id))[1]["id"] == str(message.id)
    assert await starts(dc.general, message.id) == (400, 160004)
    assert await starts(dc.dm, dc.says("here", channel=dc.dm).id) == (400, 50024)
    asked = dc.slash("video")
    await call.answers(asked, 5)
    assert asked.original is not None
    assert await starts(dc.general, asked.original.id) == (400, 50021)
    dc.forbid(dc.general, "create_public_threads")
    assert await starts(dc.general, dc.says("another").id) == (403, 50013)


@pytest.mark.skipif(not spec.FILE.exists(), reason="Discord's description is not at hand")
@pytest.mark.parametrize(
    ("body", "found"),
    [
        ({"content": "x", "nonce": 5}, []),
        ({"content": 5}, ["content: 5 is not of types"]),
        ({"embeds": [{"title": 5}]}, ["embeds/0/title: 5 is not of types"]),
        (
            {"components": [{"type": 1, "components": [{"type": 2, "style": 1, "custom_id": 3}]}]},
            ["components/0/components/0/custom_id: 3 is not of type"],
        ),
    ],
)
def test_a_body_that_is_not_as_described_is_told_by_where_it_is_wrong(
    body: Any, found: list[str]
) -> None:
    route = "/channels/{channel_id}/messages"
    told = spec.problems("POST", route, "request", 200, "application/json", body)
    assert len(told) == len(found)
    for each, words in zip(told, found, strict=True):
        assert words in each
