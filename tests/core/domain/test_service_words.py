"""What the service says in Markdown reaches the platform as plain words and what is set apart."""

from core.adapter import Blame, Refused
from core.domain.replies import results
from core.domain.requests import Job, Plan, Step, advance
from core.domain.requests.outcomes import Next
from core.messages import Address, Outbound, Span, Style, Video
from core.nemo.draft import Digest
from core.runtime.engine.fitting import without_link
from core.runtime.engine.refusals import poorer
from core.runtime.steps.context import plain
from core.store.statements import rows
from tests.knowing import knowing
from tests.outgoing import outgoing

ANSWER = "### Done\n\n**Video**: `10 s`\n\n| Track | What |\n|---|---|\n| 1 | photo |\n\n---\nMore?"
SAID = "Done\n\nVideo: 10 s\n\nTrack · What\n1 · photo\n\nMore?"


def job(words: str = ANSWER) -> Job:
    known = knowing(words="waves_and_*stars*", reply=words, url="https://e.com/a.mp4")
    here = Address("telegram", "1")
    return Job(4, "lock", "7", here, Plan.MAKE, Step.LINK, known)


def apart(message: Outbound) -> list[str]:
    return [message.text[span.start : span.stop] for span in message.spans]


def test_a_result_takes_of_the_service_what_is_asked_as_it_was_set_apart() -> None:
    notice = results.video_ready(job())
    (*_, post) = advance(job(), Next(job().progress, notice, last=True), 9.0).posts

    assert SAID in post.text
    assert apart(post) == ["Done", "Video", "10 s", "Track · What"]
    assert rows.MESSAGE.read(rows.text(rows.MESSAGE, post)) == post


def test_answers_about_a_project_do_so_too() -> None:
    notice = results.project_changed(job())
    assert notice.text.startswith(SAID)
    assert [span.style for span in notice.spans][:2] == [Style.BOLD, Style.BOLD]

    silent = results.project_changed(job("---"))
    assert silent.spans == ()
    assert silent.text.startswith("✅")


def test_a_status_shows_no_signs_even_of_what_has_not_ended() -> None:
    assert plain("I add **soft mus") == "I add soft mus"
    assert plain("**Done**: use `x") == "Done: use x"


def test_words_that_lose_their_link_keep_what_is_set_apart_before_it() -> None:
    text = "🎬 Ready\n\nbold\n\n🔗 https://e.com/a.mp4\n\nlast"
    message = outgoing(
        Address("telegram", "1"),
        text,
        Video("https://e.com/a.mp4"),
        spans=(Span(9, 13, Style.BOLD), Span(len(text) - 4, len(text), Style.BOLD)),
    )

    less = without_link(message)

    assert apart(less) == ["bold"]


def test_a_message_that_is_refused_loses_its_formatting_before_its_words() -> None:
    here = Address("telegram", "1")
    message = outgoing(here, "a b", spans=(Span(0, 1, Style.BOLD),))

    assert poorer(message, Refused("no", Blame.FORMAT)) == outgoing(here, "a b")
    assert poorer(message, Refused("no")) == outgoing(here, "a b")


def test_a_file_of_ours_is_called_as_people_call_it_also_where_nothing_changed() -> None:
    state = Digest(text="{}", fingerprint="f")

    notice = results.project_unchanged(job("I looked at `7-2.jpg` and 7-1-voice.m4a."), state)

    assert notice.text.startswith("I looked at photo 2 and voice message 1.")
