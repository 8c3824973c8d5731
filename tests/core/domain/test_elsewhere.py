"""The same video elsewhere: which words and buttons ask for it, of which video, and that nothing is
paid for without a tap."""

from dataclasses import replace

import pytest

from core.domain.conversation import Chat, Context, Decision, decide
from core.domain.conversation.arrival import lookup
from core.domain.conversation.chat import Past
from core.domain.conversation.commands.elsewhere import IN_SIGHT
from core.domain.recovery import Failure, recover
from core.domain.replies import copies
from core.domain.requests import (
    Copy,
    CopyKind,
    Does,
    Fail,
    Job,
    Payer,
    Plan,
    Progress,
    Project,
    State,
    Step,
)
from core.domain.understanding import Again, CommandKind, read
from core.domain.understanding import Command as Free
from core.domain.understanding.orders import copied_as, same_in_another_shape
from core.i18n import LANGUAGES, text
from core.messages import Address, Command, Form, Inbound
from core.nemo.errors import Unknown
from core.settings import Settings
from core.skills import load
from tests import messages
from tests.core.runtime import test_turn
from tests.knowing import knowing

NOW = 1_800_000_000.0
HERE, GROUP = Address("telegram", "7"), Address("telegram", "-100")
PROJECT = Project("s-2", "t-2", "anon_1", Payer.ANONYMOUS, made=True)
SKILLS = load()

GIFS = """
en as a GIF please | en send it as gif | zh-Hans 做成动图 | zh-Hant 做成GIF | es mándamelo como gif
pt-BR manda como gif | ru сделай гифку | de als GIF bitte | fr en gif stp | hi GIF में बनाओ
ar أرسله كصورة متحركة | ja gifにして | id jadi gif dong | ko 움짤로 만들어줘 | tr gif olarak gönder
it come gif
"""
SMALLER = """
en make it smaller | zh-Hans 小一点 | zh-Hant 檔案小一點 | es más pequeño | pt-BR menor por favor
ru поменьше пожалуйста | de kleiner bitte | fr plus petit | hi छोटी फाइल भेजो | ar أصغر من فضلك
ja もっと小さくして | id kecilkan videonya | ko 더 작게 해줘 | tr daha küçük
it più piccolo per favore
"""
SHAPES = """
en same for TikTok | en a square version | zh-Hans 同样的做成方形 | zh-Hant 直式版
es lo mismo para TikTok | pt-BR o mesmo para TikTok | ru то же самое для тиктока
de dasselbe für TikTok | fr la même chose pour TikTok | hi वही टिकटॉक के लिए
ar نفس الفيديو لتيك توك | ja TikTok用に同じもの
id yang sama untuk TikTok | ko 틱톡용으로 똑같이 만들어줘
tr aynısını TikTok için | it lo stesso per TikTok
"""


def said(table: str) -> list[tuple[str, str]]:
    lines = (line.strip().split(" ", 1) for line in table.replace("\n", "|").split("|"))
    return [(line[0], line[1]) for line in lines if len(line) == 2]


@pytest.mark.parametrize(
    ("table", "meaning"),
    [
        (GIFS, Free(CommandKind.ELSEWHERE)),
        (SMALLER, Free(CommandKind.ELSEWHERE)),
    ],
)
def test_a_copy_is_asked_for_in_every_language(table: str, meaning: Free) -> None:
    assert {language for language, _ in said(table)} == set(LANGUAGES)
    assert [words for code, words in said(table) if read(words, code) != meaning] == []


def test_the_same_in_another_shape_is_never_clear_enough_to_pay_for_in_any_language() -> None:
    assert {language for language, _ in said(SHAPES)} == set(LANGUAGES)
    wanted = [(words, read(words, code)) for code, words in said(SHAPES)]
    assert [it for it in wanted if it[1] != Again(it[0], clear=False)] == []


@pytest.mark.parametrize(
    "words",
    [
        "put a gif in the corner",
        "make the title smaller",
        "music smaller",
        "square",
        "tiktok",
        "the same again",
        "a smaller square",
        "gif " * 20,
        "",
        "?!",
    ],
)
def test_what_speaks_of_anything_else_is_no_order_for_a_copy(words: str) -> None:
    copy = copied_as(words) if words != "a smaller square" else ""
    assert (copy, same_in_another_shape(words)) == ("", False)


def film(
    number: int = 4, session: str = "s-1", user: str = "7", url: str = "https://x/v.mp4"
) -> Job:
    learnt = knowing(words="a film", session=session, payer=Payer.ANONYMOUS, url=url, render="r-1")
    done = Job(number, "", user, HERE, Plan.MAKE, Step.LINK, learnt, state=State.DONE, created=NOW)
    return replace(done, clip="telegram:c-1")


def here(**more: object) -> Context:
    context = Context(Chat("7", HERE, project=PROJECT), SKILLS, Settings())
    return replace(context, **more)  # type: ignore[arg-type]


def presses(words: str = "", job: int = 4) -> Inbound:
    return messages.asked(
        id="m1", user="7", address=HERE, text=words, command=Command.ELSEWHERE, job=job
    )


def says(words: str, **more: object) -> Inbound:
    return messages.asked(id="m1", user="7", address=HERE, text=words, **more)  # type: ignore[arg-type]


def copied(decision: Decision) -> Copy | None:
    return decision.start[0].job.progress.copy if decision.start else None


def test_the_button_opens_choices_that_stay_in_one_place_and_cost_nothing() -> None:
    decision = decide(here(named=film()), presses(), NOW)
    (post,) = decision.posts
    carried = [button.text for row in post.buttons for button in row]
    assert carried == ["as:9:16", "as:1:1", "as:16:9", "as:gif", "as:mp4"]
    assert {button.job for row in post.buttons for button in row} == {4}
    assert (post.silent, decision.start) == (True, ())
    again = decide(here(named=film()), presses(), NOW + 1).posts[0].slot
    later = decide(here(named=film()), presses(), NOW + IN_SIGHT).posts[0].slot
    assert post.slot == again != later, "a message of last week is not where anybody looks"


@pytest.mark.parametrize(
    ("context", "inbound", "copy"),
    [
        (
            here(named=film()),
            presses("as:gif"),
            Copy(CopyKind.GIF, 4, "https://x/v.mp4", "r-1", "telegram:c-1"),
        ),
        (
            here(named=film()),
            presses("as:mp4"),
            Copy(CopyKind.SMALLER, 4, "https://x/v.mp4", "r-1", "telegram:c-1"),
        ),
        # the one that is answered, and not the newest
        (
            here(answered=film(), past=(film(9, "s-2"),)),
            says("as a gif"),
            Copy(CopyKind.GIF, 4, "https://x/v.mp4", "r-1", "telegram:c-1"),
        ),
        # of a message about a video, that of its project
        (
            here(answered=film(5, url=""), past=(film(9, "s-2"), film())),
            says("as a gif"),
            Copy(CopyKind.GIF, 4, "https://x/v.mp4", "r-1", "telegram:c-1"),
        ),
        (
            here(past=(film(9, "s-2"), film())),
            says("smaller"),
            Copy(CopyKind.SMALLER, 9, "https://x/v.mp4", "r-1", "telegram:c-1"),
        ),
    ],
)
def test_a_copy_is_made_of_the_video_that_is_meant_by_a_request_that_pays_nothing(
    context: Context, inbound: Inbound, copy: Copy
) -> None:
    decision = decide(context, inbound, NOW)
    assert copied(decision) == copy
    job = decision.start[0].job
    assert (job.plan, job.step, job.lock) == (Plan.COPY, Step.COPY, "")


def test_without_an_export_of_its_own_a_copy_knows_only_the_link() -> None:
    bare = film()
    export = replace(bare.progress.export, render=None)
    bare = replace(bare, progress=replace(bare.progress, export=export))
    decision = decide(here(named=bare), presses("as:gif"), NOW)
    assert copied(decision) == Copy(CopyKind.GIF, 4, "https://x/v.mp4", "", "telegram:c-1")


@pytest.mark.parametrize(
    ("context", "inbound", "words"),
    [
        (here(), presses("as:gif"), "I no longer have that video"),
        (here(), says("as a gif"), "no video to copy yet"),
        (here(answered=film(user="8"), past=(film(),)), says("as a gif"), "no video to copy yet"),
        (
            here(answered=replace(film(5, url=""), step=Step.UPLOAD), past=(film(),)),
            says("as a gif"),
            "no video to copy yet",
        ),
    ],
)
def test_where_there_is_no_such_video_that_is_said(
    context: Context, inbound: Inbound, words: str
) -> None:
    decision = decide(context, inbound, NOW)
    assert decision.start == ()
    assert words in decision.posts[0].text


def test_a_second_tap_makes_no_second_copy() -> None:
    begun = decide(here(named=film()), presses("as:gif"), NOW).start[0].job
    again = decide(here(named=film(), open=(replace(begun, id=11),)), presses("as:gif"), NOW)
    assert (again.start, again.refused) == ((), "talk.pressed")
    other = decide(here(named=film(), open=(replace(begun, id=11),)), presses("as:mp4"), NOW)
    assert copied(other) is not None


def test_another_shape_names_its_price_and_waits_for_a_tap() -> None:
    decision = decide(here(named=film()), presses("as:9:16"), NOW)
    assert decision.start == ()
    assert "about 100 credits" in decision.posts[0].text
    assert "9:16" in decision.posts[0].text
    (offer,) = decision.chat.offers
    assert (offer.does, offer.words) == (Does.AGAIN, "in the shape 9:16")
    assert offer.about is not None
    assert offer.about.session == "s-1"
    (button, _) = decision.posts[0].buttons[0]
    assert (button.command, button.job) == (Command.VIDEO, 4), "the tap finds its video again"


def test_a_group_reel_has_no_other_shape_for_its_photos_are_gone() -> None:
    reel = film()
    wish = replace(reel.progress.wish, reel=3)
    reel = replace(reel, progress=replace(reel.progress, wish=wish))
    decision = decide(here(named=reel), presses("as:9:16"), NOW)
    assert [post.text for post in decision.posts] == [text("reel.again", "en")]
    assert (decision.start, decision.chat.offers) == ((), ())
    assert decide(here(named=reel), presses("as:gif"), NOW).start, "a copy is made of the film"


def test_words_for_another_shape_are_asked_about_too() -> None:
    decision = decide(here(past=(film(9, "s-2"),)), says("same for TikTok"), NOW)
    assert (decision.start, decision.chat.offers[0].does) == ((), Does.AGAIN)
    assert "about 100 credits" in decision.posts[0].text


def test_a_copy_can_be_stopped_and_says_that_nothing_was_paid() -> None:
    job = decide(here(named=film()), presses("as:gif"), NOW).start[0].job
    stopping = messages.asked(id="m2", user="7", address=HERE, command=Command.CANCEL, job=11)
    decision = decide(here(open=(replace(job, id=11),)), stopping, NOW)
    assert decision.cancel == (11,)
    assert decision.posts[0].text == "Okay, stopped. Nothing was paid."


def test_the_store_looks_up_the_videos() -> None:
    assert lookup(says("as a gif")).past is Past.VIDEOS
    assert lookup(presses("as:gif")).past is Past.VIDEOS


def test_a_copy_brings_its_file_and_its_size() -> None:
    job = Job(12, "", "7", HERE, Plan.COPY, Step.COPY)
    gif = copies.copy_ready(job, Copy(CopyKind.GIF, 4, "u"), "12-copy.gif", 2_345_678)
    assert gif.text == "🎞 Your video as a GIF (2.3 MB)"
    assert gif.video is not None
    assert (gif.video.name, gif.video.copy, gif.video.url) == ("video-4.gif", "12-copy.gif", "")
    assert gif.video.form is Form.MOVING
    small = copies.copy_ready(job, Copy(CopyKind.SMALLER, 4, "u"), "12-copy.mp4", 10)
    assert small.text == "🗜 Your video with fewer bytes (0.1 MB)"
    assert small.video is not None
    assert (small.video.name, small.video.form) == ("video-4.mp4", Form.CLIP)


@pytest.mark.parametrize(("key", "again"), [("copy.failed", True), ("copy.gone", False)])
def test_a_copy_that_fails_offers_another_try_where_that_may_help(key: str, again: bool) -> None:
    job = Job(12, "", "7", HERE, Plan.COPY, Step.COPY)
    said = copies.copy_failed(key, job, Copy(CopyKind.GIF, 4, "u"))
    buttons = [(button.command, button.job, button.text) for row in said.buttons for button in row]
    assert buttons == [(Command.ELSEWHERE, 4, "as:gif")] * again


def test_whatever_else_fails_a_copy_it_has_words_of_its_own() -> None:
    job = Job(12, "", "7", HERE, Plan.COPY, Step.COPY, Progress(copy=Copy(CopyKind.GIF, 4, "u")))
    known = test_turn.context(test_turn.Backend(), work=job)
    failure = Failure(
        job, Unknown(), NOW, known.settings, known.skill, known.account, known.payment_options
    )
    outcome = recover(failure)
    assert isinstance(outcome, Fail)
    assert outcome.notice.text.startswith("😕 The copy did not work. Nothing was paid")
