"""Commands and buttons one by one: what each says and does, to whom it belongs, and who may use the
bot at all."""

from dataclasses import replace

import pytest

from core.domain.conversation import Chat, Context, Decision, close, decide
from core.domain.gathering import Bundle, Item, Line
from core.domain.limits.admission import (
    MOST_OPEN,
    MOST_OWED,
    TOLD_AT_MOST,
    TOLD_AT_MOST_WHO_WAITS,
    Space,
    Spent,
)
from core.domain.requests import (
    Does,
    Job,
    Kept,
    Member,
    Notice,
    Offer,
    Payer,
    Plan,
    Project,
    Secret,
    State,
    Step,
)
from core.domain.requests.posting import numbered
from core.domain.tokens.pasted import token_sealed
from core.domain.versions import Version, Versions
from core.i18n import text
from core.messages import (
    Address,
    Amended,
    Attachment,
    Button,
    Command,
    Confided,
    Heard,
    Inbound,
    Presence,
    Span,
    Style,
    Ticket,
)
from core.settings import Settings
from core.skills import load
from tests import messages
from tests.knowing import knowing

NOW = 1_800_000_000.0
HERE, GROUP, ASIDE = Address("telegram", "7"), Address("telegram", "-100"), Address("telegram", "7")
PROJECT = Project("s-1", "t-1", "anon_1", Payer.ANONYMOUS, made=True)
SKILLS = load()


def known(**more: object) -> Context:
    chat = more.pop("chat", Chat("7", HERE))
    settings = more.pop("settings", Settings())
    return Context(chat, SKILLS, settings, **more)  # type: ignore[arg-type]


def asks(command: Command | None, words: str = "", **more: object) -> Inbound:
    return messages.asked(id="m1", user="7", address=HERE, text=words, command=command, **more)  # type: ignore[arg-type]


def in_group(command: Command | None, words: str = "", **more: object) -> Inbound:
    group = {"address": GROUP, "private": False, "space": "-100", "message": "55", "aside": ASIDE}
    more = {"text": words, "command": command, **group, **more}
    return messages.asked("m1", "7", **more)  # type: ignore[arg-type]


def job(
    step: Step = Step.LINK, plan: Plan = Plan.MAKE, state: State = State.OPEN, **facts: object
) -> Job:
    learnt = knowing(
        words="a dreamy video", session="s-1", payer=Payer.ANONYMOUS, task="t-1", **facts
    )
    return Job(4, "lock", "7", HERE, plan, step, learnt, state=state, created=NOW - 86400)


def words_of(turn: Decision) -> list[str]:
    """What is said; whatever it is, the chat goes on, and there are words."""
    assert isinstance(turn.chat, Chat)
    assert all(isinstance(post.text, str) for post in turn.posts)
    return [post.text for post in turn.posts]


def buttons_of(turn: Decision) -> list[Button]:
    return [button for post in turn.posts for row in post.buttons for button in row]


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
@pytest.mark.parametrize(
    "command", [command for command in Command if command is not Command.VIDEO]
)
def test_every_command_answers_or_begins_something_in_both_languages(
    command: Command, language: str
) -> None:
    turn = decide(known(chat=Chat("7", HERE, language=language)), asks(command), NOW)
    assert words_of(turn) or turn.start


@pytest.mark.parametrize("command", list(Command))
def test_a_button_of_somebody_else_is_refused_whatever_it_asks(command: Command) -> None:
    theirs = replace(job(url="https://x/v.mp4", before='{"t": []}', asked=True), user="8")
    turn = decide(known(named=theirs, open=(theirs,)), asks(command, "yes", job=4), NOW)
    assert words_of(turn) == [text("talk.not_yours", "en")]
    assert turn.posts[0].toast
    assert not turn.start
    assert not (turn.cancel)
    assert not (turn.confirm)
    assert not (turn.erase)


def test_the_same_number_on_another_platform_is_somebody_else() -> None:
    theirs = replace(job(), address=Address("discord", "7"))
    assert words_of(decide(known(named=theirs), asks(Command.AGAIN, job=4), NOW)) == [
        text("talk.not_yours", "en")
    ]


def test_export_and_status_are_about_the_project_and_its_own_token() -> None:
    for command, plan in ((Command.EXPORT, Plan.EXPORT), (Command.STATUS, Plan.STATUS)):
        (start,) = decide(known(chat=Chat("7", HERE, project=PROJECT)), asks(command), NOW).start
        assert (
            start.job.plan,
            start.job.progress.session.id,
            start.job.progress.connection.payer,
        ) == (
            plan,
            "s-1",
            Payer.ANONYMOUS,
        )


def test_status_without_a_project_says_what_runs() -> None:
    running = job(Step.GENERATE)
    assert words_of(decide(known(open=(running,)), asks(Command.STATUS), NOW)) == [
        text("talk.status_running", "en", count=1)
    ]


def test_looking_again_polls_the_old_render_and_makes_no_new_one() -> None:
    slow = job(Step.POLL, state=State.FAILED, render="render_1", waited=900.0)
    (start,) = decide(known(named=slow), asks(Command.EXPORT, "check", job=4), NOW).start
    assert (start.job.plan, start.job.progress.render.id, start.job.progress.render.waited) == (
        Plan.WATCH,
        "render_1",
        0.0,
    )


def test_looking_again_at_what_is_there_exports_it_anew() -> None:
    there = job(state=State.DONE, render="render_1", url="https://video.example/v.mp4")
    turn = decide(known(named=there), asks(Command.EXPORT, "check", job=4), NOW)
    assert Plan.WATCH not in [start.job.plan for start in turn.start]


@pytest.mark.parametrize("command", [Command.VIDEO, Command.EDIT])
def test_what_a_forgotten_request_was_told_to_do_begins_nothing(command: Command) -> None:
    turn = decide(known(), asks(command, "do-it", job=9), NOW)
    assert (turn.start, words_of(turn)) == ((), [text("ask.stale", "en")])


def test_cancelling_an_export_tells_the_backend() -> None:
    rendering = job(Step.POLL, render="render_1")
    turn = decide(known(open=(rendering,)), asks(Command.CANCEL), NOW)
    assert turn.cancel == (4,)
    assert [start.job.plan for start in turn.start] == [Plan.ABANDON]
    assert turn.start[0].job.lock == "", "it does not wait behind anything"


def test_what_of_a_set_has_not_begun_is_dropped_without_a_cost() -> None:
    def part(number: int, step: Step) -> Job:
        known_by_now = job(step)
        member = Member(number, 3, number, batch=1)
        wish = replace(known_by_now.progress.wish, member=member)
        learnt = replace(known_by_now.progress, wish=wish)
        return replace(known_by_now, id=number + 1, progress=learnt)

    running = (part(1, Step.GENERATE), part(2, Step.CONNECT), part(3, Step.CONNECT))
    drop = text("batch.dropped", "en", count=2)
    rest = decide(known(open=running), asks(Command.CANCEL, job=1), NOW)
    assert (rest.cancel, words_of(rest)) == ((3, 4), [drop])
    everything = decide(known(open=running), asks(Command.CANCEL), NOW)
    assert everything.cancel == (2, 3, 4)
    assert words_of(everything) == [f"{text('talk.cancelling', 'en')}\n{drop}"]
    assert numbered(running[0], Notice("On", spans=(Span(0, 2, Style.BOLD),))) == Notice(
        "🖼 1 of 3 – photo 1\nOn", spans=(Span(19, 21, Style.BOLD),)
    )


def test_an_old_cancel_button_says_that_it_is_over() -> None:
    turn = decide(known(named=job(state=State.DONE)), asks(Command.CANCEL, job=4), NOW)
    assert words_of(turn) == [text("talk.already_over", "en")]


def test_a_price_is_accepted_once() -> None:
    waiting = job(Step.PRICE, asked=True)
    accepted = decide(known(open=(waiting,), named=waiting), asks(Command.CONFIRM, job=4), NOW)
    assert (accepted.confirm, words_of(accepted)) == ((4,), [text("status.on_it", "en")])
    agreed = replace(waiting, progress=knowing(waiting.progress, confirmed=True))
    again = decide(known(open=(agreed,), named=agreed), asks(Command.CONFIRM, job=4), NOW)
    assert not again.confirm
    assert words_of(again) == [text("talk.already_over", "en")]


def test_a_new_wish_takes_the_place_of_an_unanswered_price() -> None:
    waiting = job(Step.PRICE, asked=True)
    turn = decide(
        known(open=(waiting,), chat=Chat("7", HERE, project=PROJECT)),
        asks(None, "make it blue"),
        NOW,
    )
    assert turn.cancel == (4,)
    assert len(turn.start) == 1


def test_an_export_that_waits_tells_its_place() -> None:
    turn = decide(
        known(chat=Chat("7", HERE, project=PROJECT), open=(job(Step.POLL),)),
        asks(Command.EXPORT),
        NOW,
    )
    assert (
        turn.start[0].notice[0].words
        == f"{text('status.exporting', 'en')} {text('status.queued_one', 'en')}"
    )


def test_an_export_before_the_first_video_is_there_is_told_that_it_comes() -> None:
    turn = decide(known(open=(job(Step.GENERATE),)), asks(None, "export"), NOW)
    assert words_of(turn) == [text("talk.status_running", "en", count=1)]


@pytest.mark.parametrize(
    ("words", "resolution"),
    [("export 1080p MP4", "1080p"), ("导出高清视频", "1080p"), ("export", "")],
)
def test_an_export_asks_for_the_resolution_that_was_said(words: str, resolution: str) -> None:
    (start,) = decide(known(chat=Chat("7", HERE, project=PROJECT)), asks(None, words), NOW).start
    assert start.job.progress.wish.resolution == resolution


@pytest.mark.parametrize(("admin", "asked"), [(True, True), (False, False)])
def test_only_admins_see_what_a_group_has_spent(admin: bool, asked: bool) -> None:
    (start,) = decide(known(), in_group(Command.CREDITS, admin=admin), NOW).start
    assert start.job.progress.wish.for_group is asked
    (alone,) = decide(known(), asks(Command.CREDITS, admin=True), NOW).start
    assert not alone.job.progress.wish.for_group


def test_again_takes_the_files_and_links_of_the_request() -> None:
    files = (Attachment("telegram:1"), Attachment("telegram:2"))
    done = job(state=State.DONE, files=files, links=("https://x/a.jpg",))
    (start,) = decide(known(named=done), asks(Command.AGAIN, job=4), NOW).start
    assert [file.ref for file in start.job.bundle.files] == [
        "telegram:1",
        "telegram:2",
        "url:https://x/a.jpg",
    ]
    assert start.job.bundle.words == "a dreamy video"
    assert words_of(decide(known(), asks(Command.AGAIN, job=4), NOW)) == [
        text("talk.again_gone", "en")
    ]


@pytest.mark.parametrize(
    ("command", "words"),
    [(Command.AGAIN, ""), (Command.EDIT, "strip:audio"), (Command.EDIT, "do-it"), (Command.EDIT,
    "slower"),
     (Command.UNDO, ""), (Command.EXPORT, "")],
)  # fmt: skip
def test_a_button_pressed_twice_begins_one_request(command: Command, words: str) -> None:
    done = job(state=State.DONE, unrequested=("audio",), raw="Drag it.", before='{"t": []}')
    versions = Versions((Version(1, 0, "a film"), Version(2, 1, "a dreamy video", job=4)), 2)
    here = {"named": done, "chat": Chat("7", HERE, project=PROJECT), "versions": versions}
    (first,) = decide(known(**here), asks(command, words, job=4), NOW).start
    running = replace(first.job, id=5)
    twice = decide(known(**here, open=(running,)), asks(command, words, job=4), NOW + 1)
    assert (twice.start, words_of(twice)) == ((), [text("talk.pressed", "en")])
    assert twice.posts[0].toast
    other = decide(
        known(**here, open=(running,)), asks(Command.EDIT, "make it round", job=4), NOW + 1
    )
    over = decide(
        known(**here, open=(replace(running, cancelled=True),)),
        asks(command, words, job=4),
        NOW + 1,
    )
    assert other.start or other.grow
    assert len(over.start) == 1


@pytest.mark.parametrize("kind", ["audio", "text"])
def test_one_button_strips_what_was_added_unasked(kind: str) -> None:
    done = job(state=State.DONE, unrequested=(kind,))
    here = known(named=done, chat=Chat("7", HERE, project=PROJECT))
    (start,) = decide(here, asks(Command.EDIT, f"strip:{kind}", job=4), NOW).start
    bundle = start.job.bundle
    assert (bundle.agreed, bundle.addressed) == (True, True)
    assert bundle.words == text(f"wish.strip_{kind}", "en")


def test_other_words_of_a_button_under_a_video_are_made_as_they_are() -> None:
    told = job(state=State.DONE, raw="Drag the clip to the end.")
    here = known(named=told, chat=Chat("7", HERE, project=PROJECT))
    (start,) = decide(here, asks(Command.EDIT, "make it round", job=4), NOW).start
    assert start.job.bundle.words == "make it round"


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("make a video of http://192.168.1.5/a.jpg", Kept(wish="make a video of")),
        ("what is http://192.168.1.5/a.jpg ?", Kept()),
    ],
)
def test_a_wish_about_a_link_into_a_private_net_waits_for_another_photo(
    words: str, kept: Kept
) -> None:
    turn = decide(known(), asks(None, words), NOW)
    assert words_of(turn) == [text("talk.private_link", "en")]
    assert (turn.start, turn.chat.holds(NOW)) == ((), kept)


def test_a_strip_button_that_makes_no_sense_any_more_only_asks() -> None:
    here = known(named=job(Step.UPLOAD, state=State.FAILED))  # nothing is in its project
    assert words_of(decide(here, asks(Command.EDIT, "strip:audio", job=4), NOW)) == [
        text("talk.nothing_to_edit", "en")
    ]


def test_do_it_for_me_sends_what_the_backend_told_the_user_to_do() -> None:
    told = job(state=State.DONE, raw="Drag the clip to the end.")
    here = known(named=told, chat=Chat("7", HERE, project=PROJECT))
    (start,) = decide(here, asks(Command.EDIT, "do-it", job=4), NOW).start
    assert "Drag the clip to the end." in start.job.bundle.words


@pytest.mark.parametrize(
    ("files", "said", "language"),
    [
        (1, "one file", "en"),
        (1, "1 个文件", "zh-Hans"),
        (2, "2 files", "en"),
        (2, "2 个文件", "zh-Hans"),
    ],
)
def test_more_files_than_one_request_may_have_are_named(
    files: int, said: str, language: str
) -> None:
    chat = Chat("7", HERE, language=language)
    sent = asks(None, attachments=tuple(Attachment(f"telegram:{number}") for number in range(3)))
    words = words_of(
        decide(known(chat=chat, settings=Settings(files_per_request=files)), sent, NOW)
    )
    assert any(said in told for told in words)


def test_going_on_without_a_file_begins_the_kept_wish() -> None:
    chat = replace(
        Chat("7", HERE),
        kept=(Attachment("telegram:1"),),
        kept_at=NOW,
        wish="a dreamy video",
        wish_at=NOW,
    )
    (begun,) = decide(known(chat=chat), asks(Command.VIDEO, "go"), NOW).start
    assert begun.job.bundle.words == "a dreamy video"


def test_history_lists_and_posts_again() -> None:
    done = replace(job(state=State.DONE, url="https://x/v.mp4"), clip="telegram:clip")
    listed = decide(known(past=(done,)), asks(Command.HISTORY), NOW)
    assert "1. 2027-01-14 · a dreamy video" in words_of(listed)[0]
    assert [(button.command, button.job) for button in buttons_of(listed)] == [(Command.HISTORY, 4)]
    picture = listed.posts[0].video
    assert picture is not None
    assert picture.ref == "telegram:clip", "it has its picture where that needs no upload"
    without = decide(known(past=(replace(done, clip=""),)), asks(Command.HISTORY), NOW)
    assert without.posts[0].media is None
    again = decide(known(named=done), asks(Command.HISTORY, job=4), NOW)
    video = again.posts[0].video
    assert video is not None
    assert (video.url, video.ref) == ("https://x/v.mp4", "telegram:clip")
    assert words_of(decide(known(), asks(Command.HISTORY), NOW)) == [
        text("talk.history_empty", "en")
    ]


@pytest.mark.parametrize(
    ("private", "plan", "balance", "words"),
    [
        (True, Plan.MAKE, 150, text("talk.confirm", "en", needed=100, available=150)),
        (True, Plan.EDIT, 60, text("talk.confirm", "en", needed=50, available=60)),
        (True, Plan.MAKE, None, text("talk.confirm_group", "en", needed=100)),
        (False, Plan.MAKE, 150, text("talk.confirm_group", "en", needed=100)),
    ],
)
def test_what_waits_for_a_yes_to_its_price_is_asked_about_once_more(
    private: bool, plan: Plan, balance: int | None, words: str
) -> None:
    waiting = job(Step.PRICE, plan, asked=True, balance=balance)
    turn = decide(known(open=(waiting,)), asks(Command.STATUS, private=private), NOW)
    assert words_of(turn) == [words]
    assert buttons_of(turn) == [
        Button(text("button.confirm", "en"), Command.CONFIRM, 4),
        Button(text("button.cancel", "en"), Command.CANCEL, 4),
    ]


def test_history_tells_the_day_and_the_beginning_of_the_wish_or_that_it_was_an_export() -> None:
    long = replace(job(state=State.DONE, url="https://x/v.mp4"), id=5, created=NOW)
    long = replace(long, progress=knowing(long.progress, words="a \n  blue film " + "x" * 99))
    exported = replace(long, id=6, progress=knowing(long.progress, words="", session="s-2"))
    turn = decide(
        known(chat=Chat("7", HERE, language="de"), past=(long, exported)),
        asks(Command.HISTORY),
        NOW,
    )
    assert words_of(turn) == [
        "\n".join(
            (
                text("talk.history", "de"),
                f"1. 2027-01-15 · a, blue film {'x' * 27}…",
                f"2. 2027-01-15 · {text('talk.history_export', 'de')}",
            )
        )
    ]
    assert [(button.label, button.job) for button in buttons_of(turn)] == [("▶️ 1", 5), ("▶️ 2", 6)]


@pytest.mark.parametrize(
    ("was_private", "private", "discreet"),
    [(True, False, True), (False, False, False), (True, True, False), (False, True, False)],
)
def test_a_video_comes_again_with_its_link_and_a_private_one_only_to_its_owner(
    was_private: bool, private: bool, discreet: bool
) -> None:
    done = replace(job(state=State.DONE, url="https://x/v.mp4"), private=was_private)
    turn = decide(known(named=done), asks(Command.HISTORY, job=4, private=private), NOW)
    assert words_of(turn) == [text("talk.history_again", "en", url="https://x/v.mp4")]
    (post,) = turn.posts
    assert (post.discreet, post.job) == (discreet, 4)
    assert post.video is not None
    assert post.video.name == "video-4.mp4"


@pytest.mark.parametrize(
    ("command", "words", "wish"),
    [
        (None, "a dreamy video", "a dreamy video"),
        (Command.VIDEO, "a dreamy video", "a dreamy video"),
        (Command.VIDEO, "", "slower"),
        (Command.VIDEO, "how much is it?", "slower"),
    ],
)
def test_beyond_a_limit_the_wish_and_the_photos_are_kept(
    command: Command | None, words: str, wish: str
) -> None:
    photo = Attachment("telegram:1")
    chat = Chat("7", HERE, wish="slower", wish_at=NOW)
    here = known(chat=chat, settings=Settings(daily_per_user=1), spent=Spent((NOW - 5,)))
    turn = decide(here, asks(command, words, attachments=(photo,)), NOW)
    assert turn.refused == "talk.daily_user"
    assert turn.chat.holds(NOW) == Kept((photo,), wish)


NO_VIDEOS = (
    replace(job(state=State.FAILED, registration="https://nemovideo.com/register"), id=5),
    replace(job(state=State.FAILED, url="https://x/v.mp4"), id=7),
    replace(job(state=State.CANCELLED, url="https://x/v.mp4"), id=8),
    replace(job(state=State.DONE, registration="https://nemovideo.com/register"), id=9),
    replace(job(url="https://x/v.mp4"), id=10),
)


def test_only_finished_videos_are_in_the_history() -> None:
    done = replace(job(state=State.DONE, url="https://x/v.mp4"), id=4)
    listed = decide(known(past=(*NO_VIDEOS, done)), asks(Command.HISTORY), NOW)
    assert [button.job for button in buttons_of(listed)] == [4]
    assert words_of(decide(known(past=NO_VIDEOS), asks(Command.HISTORY), NOW)) == [
        text("talk.history_empty", "en")
    ]


@pytest.mark.parametrize("named", [*NO_VIDEOS, None])
def test_a_button_of_an_old_list_posts_nothing_that_is_no_video(named: Job | None) -> None:
    turn = decide(known(named=named), asks(Command.HISTORY, job=4), NOW)
    assert words_of(turn) == [text("talk.history_gone", "en")]
    assert turn.posts[0].video is None


def test_the_skill_in_force_is_ticked_and_another_can_be_chosen() -> None:
    shown = buttons_of(decide(known(), asks(Command.SKILL), NOW))
    assert [button.text for button in shown if button.label.startswith("✓")] == [
        "ai-video-generator-from-image"
    ]
    chosen = decide(known(), asks(Command.SKILL, "for-beginners-ai-image"), NOW)
    assert chosen.chat.skill == "for-beginners-ai-image"


def test_a_deep_link_brings_its_reader_to_the_profile_it_names() -> None:
    turn = decide(known(), asks(Command.START, "for-beginners-ai-image"), NOW)
    assert turn.chat.skill == "for-beginners-ai-image"
    assert words_of(turn)[0].startswith(SKILLS["for-beginners-ai-image"].greeting["en"])
    assert decide(known(), asks(Command.START, "somewhere"), NOW).chat.skill == ""


def test_logging_in_needs_a_place_where_nobody_else_reads() -> None:
    for pasted in (
        in_group(None, what=Confided("sealed", by_command=True)),
        in_group(None, what=Confided("sealed", False, heard=Heard.OVERHEARD)),
    ):
        turn = decide(known(chat=Chat("7", GROUP)), pasted, NOW)
        assert (turn.start, words_of(turn)) == ((), [text("talk.token_in_public", "en")])
        assert turn.posts[0].address == GROUP, "where it has to be deleted"
    option = in_group(
        None, what=Confided("sealed", by_command=False), ticket=Ticket("t", NOW + 900), aside=None
    )
    assert not decide(known(chat=Chat("7", GROUP)), option, NOW).start
    form = in_group(None, what=Confided("sealed", by_command=True), ticket=Ticket("t", NOW + 900))
    assert decide(known(chat=Chat("7", GROUP)), form, NOW).start, "a modal is read by nobody else"


@pytest.mark.parametrize("more", [{}, {"heard": Heard.OVERHEARD}, {"by_command": True}])
@pytest.mark.parametrize(
    "chat", [Chat("7", HERE), Chat("7", HERE, project=PROJECT), Chat("7", HERE, wish="a lake")]
)
def test_a_token_is_tried_and_nothing_else_is_done_whatever_there_is(
    chat: Chat, more: dict[str, object]
) -> None:
    secret = replace(Confided("sealed", by_command=False), **more)  # type: ignore[arg-type]
    pasted = asks(None, what=secret)
    turn = decide(known(chat=chat), pasted, NOW)
    assert [(it.job.plan, it.job.secret, it.job.progress) for it in turn.start] == [
        (Plan.LOGIN, Secret("sealed"), knowing())
    ]
    assert (turn.posts, turn.grow) == ((), ())


def test_the_photo_that_came_with_a_token_waits_for_words() -> None:
    photo = Attachment("fake:1", "a.jpg", bytes=5)
    turn = decide(known(), asks(None, what=Confided("sealed", False, (photo,))), NOW)
    assert turn.chat.kept == (photo,)
    assert words_of(turn) == [text("talk.what_now_one", "en")]
    assert len(turn.start) == 1


def test_a_token_in_the_caption_of_a_photo_of_an_album_that_is_not_meant_is_let_be() -> None:
    photo = Attachment("fake:1")
    pasted = in_group(
        None, "nmv_usr_0123456789", attachments=(photo,), album="a", heard="overheard"
    )
    item = token_sealed(pasted, str.upper)
    turn = decide(known(chat=Chat("7", GROUP)), item, NOW)
    assert (turn.posts, [it.job.plan for it in turn.start]) == ((), [Plan.MAKE])


def test_a_login_whose_token_is_none_asks_for_one() -> None:
    assert words_of(decide(known(), asks(Command.LOGIN), NOW)) == [text("talk.login_ask", "en")]


@pytest.mark.parametrize("private", [True, False])
def test_forgetting_is_asked_about_and_then_erases_all_and_stops_what_runs(private: bool) -> None:
    chat = Chat("7", HERE, spoken="de", project=PROJECT, wish="slower", wish_at=NOW)
    here = known(chat=chat, open=(job(Step.GENERATE),))
    asked = decide(here, asks(Command.FORGET, private=private), NOW)
    assert (asked.erase, asked.cancel, asked.chat.project) == (False, (), PROJECT)
    (button,) = buttons_of(asked)
    assert (button.command, button.text) == (Command.FORGET, "yes")
    done = decide(here, asks(Command.FORGET, "yes", private=private), NOW)
    assert (done.erase, done.cancel, words_of(done)) == (True, (4,), [text("talk.forgotten", "de")])
    assert done.chat == Chat("7", HERE, spoken="de", private=private)


def test_logging_out_forgets_the_project_of_that_account() -> None:
    turn = decide(known(chat=Chat("7", HERE, project=PROJECT)), asks(Command.LOGOUT), NOW)
    assert turn.log_out
    assert turn.chat.project is None


@pytest.mark.parametrize(
    "command", [Command.MYDATA, Command.PRIVACY, Command.HISTORY, Command.FORGET, Command.LOGIN]
)
def test_what_is_for_one_readers_eyes_is_answered_aside_and_the_group_is_told(
    command: Command,
) -> None:
    private, public = decide(known(chat=Chat("7", GROUP)), in_group(command), NOW).posts
    assert private.address == ASIDE
    assert private.discreet
    assert public.address == GROUP
    assert public.text == text("talk.in_private", "en")


def test_the_balance_is_told_aside_as_well() -> None:
    turn = decide(known(chat=Chat("7", GROUP)), in_group(Command.CREDITS), NOW)
    assert turn.start[0].job.aside == ASIDE
    assert words_of(turn) == [text("talk.in_private", "en")]


def test_strangers_are_told_in_private_and_met_with_silence_in_groups() -> None:
    settings = Settings(allowed_users=frozenset({"telegram:8"}))
    assert words_of(decide(known(settings=settings), asks(None, "hello"), NOW)) == [
        text("talk.stranger", "en", id="telegram:7")
    ]
    assert decide(known(settings=settings), in_group(None, "hello"), NOW).posts == ()
    assert decide(known(settings=settings), asks(None, "hello", heard="overheard"), NOW).posts == ()


WAITS = Ticket("dc", NOW + 900)
FULL = Settings(daily_per_user=1, daily_per_group=0)
WITH_PHOTO: dict[str, object] = {"attachments": (Attachment("telegram:1"),)}


@pytest.mark.parametrize(
    ("what", "inbound", "reason"),
    [
        (
            {"settings": Settings(allowed_users=frozenset({"8"}))},
            asks(None, "hello"),
            "talk.stranger",
        ),
        (
            {"settings": FULL, "spent": Spent((NOW,))},
            asks(None, "make a video of the sea", **WITH_PHOTO),
            "talk.daily_user",
        ),
        (
            {"settings": Settings(allowed_groups=frozenset({"-1"}))},
            in_group(None, "hello", ticket=WAITS),
            "talk.not_here",
        ),
        ({"space": Space(on=False)}, in_group(None, "hello", ticket=WAITS), "talk.not_here"),
        ({"named": replace(job(), user="8")}, asks(Command.AGAIN, job=1), "talk.not_yours"),
        (
            {"named": replace(job(), user="8")},
            asks(Command.AGAIN, job=1, ticket=WAITS),
            "talk.not_yours",
        ),
        (
            {"waiting": MOST_OPEN},
            asks(None, "make a video of the sea", **WITH_PHOTO),
            "talk.too_many_open",
        ),
        ({"owed": MOST_OWED}, asks(Command.HELP), "talk.slowly"),
    ],
)
def test_each_refusal_is_said_a_few_times_and_then_no_more(
    what: dict[str, object], inbound: Inbound, reason: str
) -> None:
    most = TOLD_AT_MOST_WHO_WAITS if inbound.ticket else TOLD_AT_MOST
    once, last, more = (
        decide(known(refused={reason: before, "talk.other": 99}, **what), inbound, NOW)
        for before in (0, most - 1, most)
    )
    assert (once.refused, len(once.posts), len(last.posts)) == (reason, 1, 1)
    assert (more.refused, more.posts) == (reason, ())
    assert not [*once.start, *once.grow, *more.start, *more.grow]


def test_what_is_no_refusal_is_answered_however_often() -> None:
    turn = decide(known(refused={"": 99, "talk.stranger": 99}), asks(Command.HELP), NOW)
    assert (turn.refused, len(turn.posts)) == ("", 1)


@pytest.mark.parametrize(
    ("settings", "served"),
    [
        (Settings(), True),
        (Settings(allowed_groups=frozenset({"-100"})), True),
        (Settings(allowed_groups=frozenset({"telegram:-100"})), True),
        (Settings(allowed_groups=frozenset({"-200"})), False),
        (Settings(allowed_groups=frozenset({"-200"}), admins=frozenset({"7"})), True),
        (Settings(allowed_users=frozenset({"8"})), False),
        (Settings(allowed_users=frozenset({"8"}), allowed_groups=frozenset({"-100"})), True),
        (Settings(allowed_users=frozenset({"7"})), True),
    ],
)
def test_groups_are_served_as_the_operator_has_listed_them(
    settings: Settings, served: bool
) -> None:
    turn = decide(known(settings=settings, chat=Chat("7", GROUP)), in_group(None, "hello"), NOW)
    assert bool(turn.posts) is served


def test_a_group_that_is_off_or_a_channel_that_is_not_listed_hears_nothing() -> None:
    for space in (Space(on=False), Space(channels=("-300",))):
        assert (
            decide(known(space=space, chat=Chat("7", GROUP)), in_group(None, "hello"), NOW).posts
            == ()
        )
    listed = Space(channels=("-100",))
    assert decide(known(space=listed, chat=Chat("7", GROUP)), in_group(None, "hello"), NOW).posts


def test_an_admin_sets_the_group_and_nobody_else_does() -> None:
    said = (
        "off language=zh skill=best-image-to-video-ai daily=3 channels=1,2 skill=nonsense "
        "daily=x nothing"
    )
    turn = decide(known(chat=Chat("7", GROUP)), in_group(Command.SETTINGS, said, admin=True), NOW)
    assert turn.space == Space(False, ("1", "2"), "zh-Hans", "best-image-to-video-ai", 3)
    refused = decide(known(chat=Chat("7", GROUP)), in_group(Command.SETTINGS, said), NOW)
    assert refused.space is None
    assert text("talk.settings_admins", "en") in words_of(refused)
    by_operator = known(
        chat=Chat("7", GROUP),
        settings=Settings(admins=frozenset({"telegram:7"})),
        space=Space(on=False),
    )
    assert decide(by_operator, in_group(Command.SETTINGS, "on"), NOW).space == Space()


def test_an_admin_sets_it_by_buttons_in_place() -> None:
    here = known(chat=Chat("7", GROUP))
    (post,) = decide(here, in_group(Command.SETTINGS, "", admin=True), NOW).posts
    assert "=" not in post.text, "nobody has to type a key and a value"
    label = {button.label: button for row in post.buttons for button in row}
    assert "✓ 🔊" in label
    assert "✓ ∞ a day" in label
    pressed = in_group(Command.SETTINGS, label["3 a day"].text, admin=True)
    turn = decide(here, pressed, NOW + 60)
    assert turn.space == Space(daily=3)
    (changed,) = turn.posts
    assert (changed.slot, changed.prompt) == (post.slot, True)
    assert "✓ 3 a day" in [button.label for row in changed.buttons for button in row]
    for asked, words in (("🗣", "language=zh-Hans"), ("🎛", "skill=best-image-to-video-ai")):
        button = next(it for name, it in label.items() if asked in name)
        (post,) = decide(here, in_group(Command.SETTINGS, button.text, admin=True), NOW).posts
        offered = [it.text for row in post.buttons for it in row]
        assert any(text.startswith(f"{words} ") for text in offered)


def test_every_profile_says_for_whom_it_is() -> None:
    (post,) = decide(known(), asks(Command.SKILL), NOW).posts
    skills = known().skills.values()
    assert [skill.audience["en"] in post.text for skill in skills] == [True] * len(skills)


@pytest.mark.parametrize(
    ("written", "daily"), [("٣", 3), ("²", 5), ("1²", 5), ("-1", 5), ("", 5), ("9" * 4000, 5)]
)
def test_a_daily_limit_is_a_number_of_any_script_or_stays_as_it_was(
    written: str, daily: int
) -> None:
    before = known(chat=Chat("7", GROUP), space=Space(daily=5))
    assert decide(
        before, in_group(Command.SETTINGS, f"daily={written}", admin=True), NOW
    ).space == Space(daily=daily)


@pytest.mark.parametrize(
    ("pressed", "number"),
    [("s0", 0), ("s١", 1), ("s²", None), ("s9", None), ("s" + "9" * 5000, None)],
)
def test_a_suggestion_is_meant_by_its_number_and_anything_else_is_words(
    pressed: str, number: int | None
) -> None:
    suggestions = known().skill.suggestions["en"]
    turn = decide(known(), asks(Command.EDIT, pressed), NOW)
    assert turn.chat.wish == (pressed if number is None else suggestions[number])


def test_the_custom_of_the_group_is_its_language_and_skill() -> None:
    here = known(chat=Chat("7", GROUP), space=Space(language="zh", skill="for-beginners-ai-image"))
    greeting = SKILLS["for-beginners-ai-image"].greeting["zh"]
    assert words_of(decide(here, in_group(Command.START), NOW))[0].startswith(greeting)


@pytest.mark.parametrize(
    ("settings", "spent", "hours"),
    [
        (Settings(daily_per_user=2), Spent(user=(NOW - 80000, NOW - 10)), 2),
        (Settings(daily_per_group=1), Spent(group=(NOW - 3600,)), 23),
    ],
)
def test_a_used_up_day_says_when_it_goes_on_and_keeps_what_was_sent(
    settings: Settings, spent: Spent, hours: int
) -> None:
    photo = (Attachment("telegram:1"),)
    turn = decide(
        known(settings=settings, spent=spent), asks(None, "make a video", attachments=photo), NOW
    )
    assert not turn.start
    assert f"about {hours} h" in words_of(turn)[0]
    assert turn.chat.holds(NOW).files == photo
    assert turn.chat.holds(NOW).wish == "make a video"
    once_more = decide(
        known(settings=settings, spent=spent, named=job(state=State.DONE)),
        asks(Command.AGAIN, job=4),
        NOW,
    )
    assert not once_more.start


def test_a_day_that_has_passed_counts_no_more() -> None:
    old = Spent(user=(NOW - 90000, NOW - 87000))
    assert decide(
        known(settings=Settings(daily_per_user=1), spent=old),
        asks(None, "make a video of the sea", attachments=(Attachment("telegram:1"),)),
        NOW,
    ).start


def test_a_note_from_the_platform_starts_nothing() -> None:
    turn = decide(known(), asks(None, what=Presence(True)), NOW)
    assert not turn.posts
    assert not turn.start


def test_an_album_half_hidden_by_privacy_mode_is_explained_once() -> None:
    album = in_group(
        None, "make a video", attachments=(Attachment("telegram:1"),), album="a", partial=True
    )
    first = decide(known(chat=Chat("7", GROUP)), album, NOW)
    assert text("talk.partial_album", "en") in words_of(first)
    assert len(first.start) == 1
    second = decide(known(chat=first.chat), messages.changed(album, album="b"), NOW)
    assert text("talk.partial_album", "en") not in words_of(second)


def test_a_photo_too_late_for_its_album_is_kept_and_told() -> None:
    running = replace(job(Step.GENERATE), bundle=replace(job().bundle, album="a", addressed=True))
    late = asks(None, attachments=(Attachment("telegram:9"),), album="a")
    turn = decide(known(open=(running,)), late, NOW)
    assert words_of(turn) == [text("talk.late_photo", "en")]
    assert not turn.start
    assert [file.ref for file in turn.chat.holds(NOW).files] == ["telegram:9"]
    clip = Attachment("telegram:9", "a.mp4", "video/mp4")
    (words,) = words_of(decide(known(open=(running,)), late.with_files((clip,)), NOW))
    assert "1 clip" in words


def test_a_file_that_the_platform_will_not_hand_out_is_told_before_anything_is_tried() -> None:
    large = asks(
        None, "make a video", attachments=(Attachment("telegram:9", "film.mov", bytes=30_000_000),)
    )
    turn = decide(known(largest_download=20 * 1024 * 1024), large, NOW)
    assert "20 MB" in words_of(turn)[0]
    assert turn.chat.wish == "make a video"
    assert not turn.start


def test_words_of_a_group_that_are_not_for_the_bot_are_left_alone() -> None:
    turn = decide(
        known(chat=Chat("7", GROUP)), in_group(None, "make a video", heard="overheard"), NOW
    )
    assert not turn.posts
    assert not turn.start
    album = in_group(None, heard="overheard", attachments=(Attachment("telegram:1"),), album="a")
    quiet = decide(known(chat=Chat("7", GROUP)), album, NOW)
    assert not quiet.posts
    assert len(quiet.start) == 1, "it may still be mentioned by its next item"
    assert quiet.start[0].notice == ()


def test_an_album_that_nobody_addressed_to_the_bot_ends_without_a_word() -> None:
    quiet = job(Step.GATHER)
    outcome = close(
        quiet, Chat("7", GROUP), SKILLS["ai-video-generator-from-image"], NOW, Settings()
    )
    assert (outcome.last, outcome.notice, outcome.keep) == (True, None, None)


def test_a_video_command_that_needs_a_photo_asks_for_it_and_keeps_the_words() -> None:
    turn = decide(known(), asks(Command.VIDEO, "animate this photo"), NOW)
    assert words_of(turn) == [text("talk.send_photo", "en")]
    assert turn.chat.wish == "animate this photo"


@pytest.mark.parametrize(
    ("running", "album"),
    [
        (replace(job(Step.BRING), cancelled=True), ""),
        (job(Step.BRING, plan=Plan.EXPORT), ""),
        (replace(job(Step.BRING), bundle=Bundle(album="other", opened=NOW)), "mine"),
        (
            replace(
                job(Step.BRING),
                bundle=Bundle((Item(1, Attachment("telegram:1")),), opened=NOW - 61),
            ),
            "",
        ),
    ],
)
def test_a_photo_does_not_join_a_request_it_has_nothing_to_do_with(
    running: Job, album: str
) -> None:
    photo = asks(None, attachments=(Attachment("telegram:9"),), album=album)
    turn = decide(known(open=(running,)), photo, NOW)
    assert not turn.grow
    assert len(turn.start) == 1


def test_a_late_item_of_an_album_joins_until_the_upload_begins() -> None:
    running = replace(
        job(Step.BRING), bundle=Bundle(album="mine", opened=NOW - 500, addressed=True)
    )
    late = asks(None, attachments=(Attachment("telegram:9"),), album="mine")
    (grown,) = decide(known(open=(running,)), late, NOW).grow
    assert [file.ref for file in grown.bundle.files] == ["telegram:9"]


@pytest.mark.parametrize(("step", "amended"), [(Step.GATHER, ""), (Step.UPLOAD, "make it square")])
def test_new_words_for_a_waiting_wish_take_the_place_of_the_old(step: Step, amended: str) -> None:
    waiting = replace(
        job(step), bundle=Bundle(lines=(Line(3, "make it round"), Line(2, "")), addressed=True)
    )
    edited = asks(None, what=Amended("make it square"), order=3)
    (grown,) = decide(known(open=(waiting,)), edited, NOW).grow
    assert grown.bundle.words == "make it square"
    assert grown.bundle.amended == amended


def test_words_written_under_a_photo_afterwards_are_its_wish() -> None:
    photo = (Item(3, Attachment("telegram:1")),)
    edited = asks(None, what=Amended("make it square"), order=3)
    waiting = replace(
        job(Step.GATHER), bundle=Bundle(photo, (Line(4, "and round"),), addressed=True)
    )
    (grown,) = decide(known(open=(waiting,)), edited, NOW).grow
    assert grown.bundle.words == "make it square\nand round"
    asked = replace(job(Step.GATHER, state=State.DONE), bundle=Bundle(photo, addressed=True))
    turn = decide(known(past=(asked,)), edited, NOW)
    assert words_of(turn) == [text("talk.edited_later", "en")]
    assert [grown.bundle.words for grown in turn.grow] == ["make it square"]
    assert not turn.chat.wish, "a photo that comes alone is not made with them"


def test_a_message_that_is_no_use_is_answered_and_costs_nothing() -> None:
    turn = decide(known(), asks(None, unusable=True), NOW)
    assert words_of(turn)[0].startswith("🤔 I can't use that kind of message.")
    assert not turn.start


@pytest.mark.parametrize(
    ("ticket", "said"), [(None, []), (Ticket("dc", NOW + 900), [text("talk.joined", "en")])]
)
def test_whoever_waits_for_the_answer_to_a_command_is_told_that_it_joined(
    ticket: Ticket | None, said: list[str]
) -> None:
    gathering = replace(
        job(Step.GATHER), bundle=Bundle((Item(1, Attachment("telegram:1")),), addressed=True)
    )
    turn = decide(known(open=(gathering,)), asks(None, "make it round", ticket=ticket), NOW)
    assert len(turn.grow) == 1
    assert words_of(turn) == said


@pytest.mark.parametrize(
    ("ticket", "said"), [(None, []), (Ticket("dc", NOW + 900), [text("talk.not_here", "en")])]
)
def test_where_the_bot_is_off_only_an_answer_that_somebody_waits_for_is_given(
    ticket: Ticket | None, said: list[str]
) -> None:
    turn = decide(known(space=Space(on=False)), in_group(None, "make a video", ticket=ticket), NOW)
    assert words_of(turn) == said
    assert not turn.start


@pytest.mark.parametrize("pressed", ["do-it", "strip:audio", "a0"])
def test_a_button_whose_request_is_forgotten_pays_for_nothing(pressed: str) -> None:
    turn = decide(
        known(chat=Chat("7", HERE, project=PROJECT)), asks(Command.EDIT, pressed, job=4), NOW
    )
    assert words_of(turn) == [text("ask.stale", "en")]
    assert not turn.start


@pytest.mark.parametrize(
    ("session", "pressed", "begun"), [("s-1", "a1", 1), ("s-1", "a2", 0), ("s-2", "a1", 1)]
)
def test_an_answer_goes_to_the_project_that_asked_or_nowhere(
    session: str, pressed: str, begun: int
) -> None:
    asked = job(state=State.DONE, options=("Warm", "Cold"))
    here = known(chat=Chat("7", HERE, project=replace(PROJECT, session=session)), named=asked)
    turn = decide(here, asks(Command.EDIT, pressed, job=4), NOW)
    assert [start.job.bundle.words for start in turn.start] == ["Cold"] * begun
    assert words_of(turn) == [text("ask.stale", "en")] * (1 - begun)


def test_a_choice_that_is_to_be_confirmed_is_offered_in_its_own_words() -> None:
    chat = replace(Chat("7", HERE), kept=(Attachment("tg:1"),), kept_at=NOW)
    turn = decide(known(chat=chat, settings=Settings(nemo_confirm="always")), asks(None, "2"), NOW)
    (offer,) = turn.chat.offers
    assert offer.words == SKILLS["ai-video-generator-from-image"].suggestions["en"][1]


def test_a_fresh_start_lets_go_of_what_waits_and_stops_only_what_gathers() -> None:
    chat = Chat("7", HERE, kept=(Attachment("telegram:1"),), kept_at=NOW, wish="slower")
    chat = replace(chat, wish_at=NOW, project=PROJECT, spoken="de", skill="best-image-to-video-ai")
    chat = chat.offering(Offer("o1", Does.MAKE, "a film", NOW))
    gathers = replace(job(Step.GATHER), id=5)
    here = known(chat=chat, open=(job(Step.GENERATE), gathers))
    turn = decide(here, asks(Command.NEW), NOW)
    assert turn.cancel == (5,)
    assert (turn.chat.holds(NOW), turn.chat.offers, turn.chat.project) == (Kept(), (), None)
    assert (turn.chat.renewed, turn.chat.spoken, turn.chat.skill) == (NOW, "de", chat.skill)
    assert text("talk.new_running", "de") in words_of(turn)[0]
    assert (
        text("talk.new_running", "en") not in words_of(decide(known(), asks(Command.NEW), NOW))[0]
    )


@pytest.mark.parametrize("words", ["s0", "go", "do-it", "o:1", "x:1", "a1", "strip:audio"])
def test_what_a_button_carries_is_no_more_than_words_where_somebody_types_it(words: str) -> None:
    chat = Chat("7", HERE, project=PROJECT, wish="a lake", wish_at=NOW)
    typed = messages.called("m1", "7", HERE, Command.VIDEO, words)
    (start,) = decide(known(chat=chat, named=job(state=State.DONE)), typed, NOW).start
    assert start.job.bundle.words == words
