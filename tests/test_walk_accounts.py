"""Walks about who pays: free tokens, the operator's, one's own; prices that are asked about; the
skills' headers."""

from pathlib import Path

import pytest

from core.messages import Command
from core.skills import SHIPPED, load
from tests.test_walk import MAKE, posted, said
from tests.world import World, photo, world

pytestmark = pytest.mark.unmeasured  # other tests go through the same code in a shorter time

OPERATOR, OWN = "nmv_usr_operators", "nmv_usr_own"


def client_ids(here: World) -> list[str]:
    return [call.headers["x-client-id"] for call in here.standin.asked("token")]


async def logged_in(here: World, credits: int) -> None:
    here.standin.add_token(OWN, credits)
    await here.adapter.says(OWN, command=Command.LOGIN)
    await said(here, "🔑 You're logged in with your own account")


async def test_an_expired_token_is_renewed_under_the_same_client_id_and_the_request_goes_on(
    tmp_path: Path,
) -> None:
    async with world(tmp_path) as here:
        await here.adapter.says(MAKE, photo())
        await here.adapter.result()
        here.standin.forget_tokens()
        await here.adapter.says("make it 3 seconds")
        await here.adapter.result(2)
        assert len(client_ids(here)) == 2
        assert len(set(client_ids(here))) == 1
        assert posted(here, "session") == 1, "the project goes on"


async def test_forget_brings_no_second_free_token_but_the_way_to_go_on(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        await here.adapter.says(MAKE, photo())
        await here.adapter.result()
        await here.adapter.says("yes", command=Command.FORGET)
        await said(here, "🗑 Done.")
        await here.adapter.says(MAKE, photo())
        await said(here, "😕 All free starts of this week are taken.")
        assert len(set(client_ids(here))) == 1
        await here.adapter.says(MAKE, photo(), user="user-2")
        await here.adapter.result(2)


async def test_an_operators_token_pays_for_everybody_and_no_free_one_is_asked_for(
    tmp_path: Path,
) -> None:
    async with world(tmp_path, NEMO_TOKEN=OPERATOR) as here:
        here.standin.add_token(OPERATOR)
        await here.adapter.says(MAKE, photo(), user="user-1")
        await here.adapter.says(MAKE, photo(1), user="user-2")
        first, second = await here.adapter.result(), await here.adapter.result(2)
        assert (posted(here, "token"), posted(here, "claim")) == (0, 0)
        buttons = [
            button for shown in (first, second) for row in shown.outbound.buttons for button in row
        ]
        assert not any(button.url for button in buttons), "the shared account is opened to nobody"


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("code:1001", "😕 This bot is out of service"),
        ("code:2001", "💳 This bot's credits are used up."),
    ],
)
async def test_an_operators_token_that_fails_is_told_and_nobody_else_pays(
    tmp_path: Path, kind: str, words: str
) -> None:
    async with world(tmp_path, NEMO_TOKEN=OPERATOR) as here:
        here.standin.add_token(OPERATOR)
        here.standin.faults.set("session", kind)
        await here.adapter.says(MAKE, photo())
        text = await said(here, words)
        assert posted(here, "token") == 0
        assert "bind" not in text


async def test_the_operators_token_steps_in_where_no_free_one_can_be_had(tmp_path: Path) -> None:
    async with world(tmp_path, NEMO_TOKEN=OPERATOR, NEMO_TOKEN_MODE="fallback") as here:
        here.standin.add_token(OPERATOR)
        here.standin.faults.set("token", "http:429")
        await here.adapter.says(MAKE, photo(), user="user-1")
        await here.adapter.result()
        await here.adapter.says(MAKE, photo(1), user="user-2")
        await here.adapter.result(2)
        assert posted(here, "token") == 1, "after the refusal nobody asks for a week"


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("code:1001", "🔑 Your NemoVideo token is no longer accepted."),
        ("code:2001", "💳 Your credits are used up."),
    ],
)
async def test_a_token_of_ones_own_that_fails_ends_the_request_with_words(
    tmp_path: Path, kind: str, words: str
) -> None:
    async with world(tmp_path) as here:
        await logged_in(here, 1000)
        here.standin.faults.set("session", kind)
        await here.adapter.says(MAKE, photo())
        text = await said(here, words)
        assert posted(here, "token") == 0, "the payer does not change"
        assert "bind" not in text


async def test_a_balance_that_may_not_last_is_asked_about_before_anything_is_paid(
    tmp_path: Path,
) -> None:
    async with world(tmp_path) as here:
        await logged_in(here, 130)
        await here.adapter.says(MAKE, photo())
        await here.adapter.result()
        await here.adapter.says("make it 3 seconds")
        await said(
            here, "💳 You have 30 credits, and this usually takes about 50. Shall I go ahead?"
        )
        assert posted(here, "turn") == 1
        here.standin.world.accounts[OWN].credits = 500
        await here.adapter.presses("Go ahead")
        await here.adapter.result(2)
        assert posted(here, "turn") == 2


async def test_a_price_that_is_refused_costs_nothing(tmp_path: Path) -> None:
    async with world(tmp_path, NEMO_CONFIRM_CREDITS="100") as here:
        await here.adapter.says(MAKE, photo())
        await said(
            here, "💳 This usually takes about 100 credits; you have 1,000. Shall I go ahead?"
        )
        await here.adapter.presses("Cancel")
        await said(here, "🚫 Cancelled.")
        assert posted(here, "turn") == 0


async def test_used_up_free_credits_show_the_registration_that_keeps_the_history(
    tmp_path: Path,
) -> None:
    async with world(tmp_path) as here:
        here.standin.faults.set("turn", "code:2001")
        await here.adapter.says(MAKE, photo())
        await said(here, "💳 Your free credits are used up.")
        user = next(iter(here.standin.world.accounts.values())).user
        links = [
            button.url
            for shown in here.adapter.shown
            for row in shown.outbound.buttons
            for button in row
        ]
        assert f"https://nemovideo.com/register?bind={user}" in links
        assert posted(here, "turn") == 1
        await here.adapter.says("blorp flim")
        await said(here, "💳 This takes about 100 credits, and yours were used up")
        await here.adapter.presses("Again")
        await here.adapter.result()


async def test_a_blocked_export_keeps_the_project_and_works_after_registering(
    tmp_path: Path,
) -> None:
    async with world(tmp_path) as here:
        here.standin.faults.set("render", "http:402")
        await here.adapter.says(MAKE, photo())
        text = await said(here, "🔒 Register or upgrade your plan to unlock export.")
        assert "register?bind=anon_" in text
        shown = next(shown for shown in here.adapter.shown if shown.text == text)
        links = [button.url for row in shown.outbound.buttons for button in row if button.url]
        assert [link.partition("=")[0] for link in links] == [
            "https://nemovideo.com/workspace/claim?ct"
        ]
        await here.adapter.presses("Export")
        await here.adapter.result()
        assert (posted(here, "turn"), posted(here, "session")) == (1, 1)


@pytest.mark.parametrize("slug", list(load()))
async def test_every_request_names_the_skill_of_its_conversation(tmp_path: Path, slug: str) -> None:
    async with world(tmp_path, SKILL_SOURCE="clawhub") as here:
        await here.adapter.says(slug, command=Command.SKILL)
        await here.adapter.says(MAKE, photo())
        await here.adapter.result()
        calls = [call for call in here.standin.calls if call.endpoint != "file"]
        names = ("x-skill-source", "x-skill-version", "x-skill-platform")
        assert {tuple(call.headers.get(name) for name in names) for call in calls} == {
            (slug, "1.0.0", "clawhub")
        }
        assert all(call.token for call in calls), "and whose token it is"


async def test_the_operators_choice_of_skill_greets_everybody(tmp_path: Path) -> None:
    async with world(tmp_path, NEMO_SKILL="how-to-create-ai-video") as here:
        await here.adapter.says("hello")
        await said(here, load()["how-to-create-ai-video"].greeting["en"])


async def test_a_profile_of_the_operators_own_is_chosen_and_names_where_it_lies(
    tmp_path: Path,
) -> None:
    folder = tmp_path / ".clawhub" / "skills"
    folder.mkdir(parents=True)
    shipped = (SHIPPED / "for-beginners-ai-image.md").read_text(encoding="utf-8")
    own = shipped.replace("slug: for-beginners-ai-image", "slug: wedding-album").replace(
        '"1.0.0"', '"2.1"'
    )
    (folder / "wedding.md").write_text(own, encoding="utf-8")
    async with world(tmp_path, SKILLS_FOLDER=str(folder)) as here:
        await here.adapter.says("", command=Command.SKILL)
        await said(here, "Which kind of help")
        assert sum(len(row) for row in here.adapter.shown[0].outbound.buttons) == 6
        await here.adapter.says("wedding-album", command=Command.SKILL)
        await here.adapter.says(MAKE, photo())
        await here.adapter.result()
        headers = here.standin.asked("render")[0].headers
        assert [headers[f"x-skill-{name}"] for name in ("source", "version", "platform")] == [
            "wedding-album",
            "2.1",
            "clawhub",
        ]


async def test_words_for_a_video_in_the_making_wait_for_it_and_are_about_it(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        here.standin.faults.set("turn", "silence:0.3", None)
        await here.adapter.says(MAKE, photo())
        await here.adapter.until(
            lambda adapter: any("Creating" in shown.text for shown in adapter.shown)
        )
        await here.adapter.says("make it 3 seconds")
        assert "• Length 2s → 3s" in (await here.adapter.result(2)).text
        assert (
            "👍 On it. It starts as soon as your running video is done."
            in here.adapter.transcript()
        )
        assert not any(call.facts.get("overlap") for call in here.standin.asked("turn"))
        assert posted(here, "session") == 1
