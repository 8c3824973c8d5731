"""Every failure at every step leads to its remedy, and whatever was sent once is never sent
twice."""

import errno
import time
from dataclasses import replace
from typing import Any

import pytest

from core import media
from core.adapter import FileGone, Flooded, Gone, Refused, TooLarge, Unavailable, Unclear, Unsent
from core.domain.recovery import WORTH_TELLING, Failure, backoff, recover
from core.domain.recovery.failure import FORMATS
from core.domain.recovery.files import ASKED_FOR
from core.domain.recovery.waiting import BACKS, GIVE_UP_SECONDS, LONGEST_RETRY_PAUSE
from core.domain.requests import (
    PLANS,
    SELF,
    Account,
    Fail,
    Job,
    Kept,
    Next,
    Notice,
    Outcome,
    Part,
    Payer,
    Plan,
    Project,
    Reply,
    Retry,
    Rewind,
    Secret,
    Step,
    Wait,
    advance,
)
from core.domain.requests.polling import render_lasted, still_rendering
from core.domain.requests.turn_reading import RAW, read_reply
from core.domain.tokens.accounts import PaymentOptions
from core.i18n import text
from core.messages import Address, Attachment, Button, Command
from core.nemo import errors
from core.nemo.gui import GuiAction
from core.nemo.stream import Question, Reader, TurnCut, with_question
from core.settings import Settings, read
from core.skills import load
from core.vault import WrongKey
from tests.knowing import knowing

NOW = 1_800_000_000.0
SKILL = load()["ai-video-generator-from-image"]
FILES = (Attachment("fake:1", "cat.jpg"), Attachment("fake:2", "dog.jpg"))
PAID = (Step.CHECK, Step.NAME, Step.RENDER, Step.POLL)


def failure(error: Exception, step: Step, **more: Any) -> Failure:
    plan = more.pop("plan", Plan.MAKE)
    payer = more.pop("payer", Payer.ANONYMOUS)
    facts = knowing(
        words="make a video", files=FILES, fresh=True, payer=payer, session="s-1", render="r-1"
    )
    job = Job(1, "lock", "u", Address("fake", "c"), plan, step, facts, created=NOW - 10)
    changed = {name: more.pop(name) for name in ("attempts", "rewinds", "created") if name in more}
    job = replace(job, **changed)
    chosen = {"NEMO_RETRY_SECONDS": str(more.pop("retry_seconds", 1))}
    maker = more.pop("maker", 0)
    return Failure(
        job,
        error,
        NOW,
        settings=read(Settings, chosen),
        skill=SKILL,
        account=Account("u", "client", anonymous="anon_1"),
        payment_options=more.pop("payment_options", PaymentOptions(read(Settings, {}))),
        project=Project("s-1", maker=maker) if maker else None,
        **more,
    )


def bringing(known: Failure, *files: Attachment, **more: Any) -> Failure:
    """The same of a request for these files."""
    progress = knowing(known.job.progress, files=files, **more)
    return replace(known, job=replace(known.job, progress=progress))


def words_of(outcome: Outcome) -> str:
    say = getattr(outcome, "notice", None)
    return say.words if say else ""


def commands_of(outcome: Outcome) -> list[Command | None]:
    say = getattr(outcome, "notice", None)
    return [button.command for row in (say.buttons if say else ()) for button in row]


@pytest.mark.parametrize("step", [Step.CONNECT, Step.UPLOAD, Step.SNAPSHOT, Step.GENERATE])
def test_an_expired_free_token_is_renewed_and_the_request_goes_on(step: Step) -> None:
    outcome = recover(failure(errors.TokenRejected(code=1001), step))
    assert isinstance(outcome, Rewind)
    assert (outcome.to, outcome.drop_token) == (Step.CONNECT, True)
    assert outcome.progress.connection.payer is None
    assert outcome.progress.connection.session is None, (
        "the old session may belong to the old token"
    )
    assert words_of(outcome) == ""


@pytest.mark.parametrize("step", PAID)
def test_an_expired_token_after_the_paid_turn_comes_back_to_the_same_step(step: Step) -> None:
    outcome = recover(failure(errors.TokenRejected(code=1001), step))
    assert isinstance(outcome, Rewind)
    assert outcome.progress.connection.resume is step
    assert outcome.progress.session.id == "s-1"


@pytest.mark.parametrize("error", [errors.TokenRejected(code=1001), errors.SessionGone(code=1002)])
def test_what_is_refused_again_right_after_it_was_made_anew_ends_the_request(
    error: Exception,
) -> None:
    first = failure(error, Step.UPLOAD)
    outcome = recover(first)
    assert isinstance(outcome, Rewind)
    outcome = recover(
        replace(
            first, job=replace(first.job, progress=knowing(outcome.progress, payer=Payer.ANONYMOUS))
        )
    )
    assert isinstance(outcome, Fail)
    assert outcome.keep == Kept(FILES, "make a video")


@pytest.mark.parametrize(
    ("payer", "beginning"), [(Payer.OWN, "🔑 Your"), (Payer.OPERATOR, "😕 This bot is out")]
)
def test_a_rejected_token_of_ones_own_ends_the_step_with_words(
    payer: Payer, beginning: str
) -> None:
    outcome = recover(failure(errors.TokenRejected(code=1001), Step.CONNECT, payer=payer))
    assert isinstance(outcome, Fail)
    assert words_of(outcome).startswith(beginning)
    assert outcome.keep == Kept(FILES, "make a video")


def test_a_lost_session_is_made_anew_with_its_files_before_the_paid_turn() -> None:
    outcome = recover(failure(errors.SessionGone(status=404), Step.GENERATE))
    assert isinstance(outcome, Rewind)
    assert outcome.progress.connection.session is None
    assert words_of(outcome) == "Starting a fresh project…"


def test_what_was_uploaded_into_a_lost_session_is_uploaded_anew() -> None:
    known = failure(errors.SessionGone(status=404), Step.GENERATE)
    facts = knowing(
        known.job.progress, uploaded=True, upload_unconfirmed=True, upload_tries=3, restarted=False
    )
    outcome = recover(replace(known, job=replace(known.job, progress=facts)))
    fresh = knowing(
        facts,
        session="",
        fresh=True,
        uploaded=False,
        upload_unconfirmed=False,
        upload_tries=0,
        restarted=True,
    )
    say = Notice(text("status.fresh_project", "en"))
    assert outcome == Rewind(fresh, Step.CONNECT, say, drop_project=True)


def test_photos_for_a_lost_timeline_begin_a_fresh_project_and_their_user_is_told() -> None:
    known = failure(errors.SessionGone(code=1002), Step.GENERATE)
    added = replace(
        known, job=replace(known.job, progress=knowing(known.job.progress, fresh=False))
    )
    outcome = recover(added)
    assert isinstance(outcome, Rewind)
    assert words_of(outcome).startswith("The earlier timeline is gone")
    assert (outcome.progress.connection.fresh, outcome.progress.connection.lost) == (True, True)
    again = recover(replace(added, job=replace(added.job, progress=outcome.progress)))
    assert not isinstance(again, Rewind), "once"
    new = recover(failure(errors.SessionGone(code=1002), Step.GENERATE))
    assert isinstance(new, Rewind)
    assert not new.progress.connection.lost, "there was none"


@pytest.mark.parametrize(
    ("step", "plan", "maker", "files", "begins"),
    [
        (Step.SNAPSHOT, Plan.EDIT, 7, FILES, 7),
        (Step.SNAPSHOT, Plan.EDIT, 0, FILES, 0),
        (Step.CHECK, Plan.MAKE, 0, FILES, 1),
        (Step.CHECK, Plan.MAKE, 7, (), 7),
        (Step.CHECK, Plan.MAKE, 0, (), 0),
        (Step.NAME, Plan.EXPORT, 7, (), 7),
    ],
)
def test_a_project_that_is_gone_can_begin_again_from_its_own_photos(
    step: Step, plan: Plan, maker: int, files: tuple[Attachment, ...], begins: int
) -> None:
    known = failure(errors.SessionGone(code=1002), step, plan=plan, maker=maker)
    gone = bringing(known, *files)
    outcome = recover(gone)
    assert isinstance(outcome, Fail)
    assert ("Shall I start again from your photos?" in words_of(outcome)) is bool(begins)
    assert commands_of(outcome) == [Command.AGAIN, Command.NEW] if begins else [Command.NEW]
    assert not begins or outcome.notice.buttons[0][0].job == begins
    assert outcome.keep == gone.everything
    assert outcome.keep is not None or plan is not Plan.EDIT, "the words of an edit are kept"


@pytest.mark.parametrize(
    ("step", "plan"),
    [(Step.SNAPSHOT, Plan.EDIT), (Step.CHECK, Plan.MAKE), (Step.NAME, Plan.EXPORT)],
)
def test_a_lost_session_that_held_the_work_is_told(step: Step, plan: Plan) -> None:
    outcome = recover(failure(errors.SessionGone(code=1002), step, plan=plan))
    assert isinstance(outcome, Fail)
    assert outcome.drop_project
    assert "gone" in words_of(outcome)


def test_used_up_free_credits_lead_to_registration_that_keeps_the_history() -> None:
    outcome = recover(failure(errors.NoCredits(code=2001), Step.GENERATE))
    assert isinstance(outcome, Fail)
    links = [button.url for row in outcome.notice.buttons for button in row if button.url]
    assert links == ["https://nemovideo.com/register?bind=anon_1"]
    assert outcome.keep == Kept(FILES, "make a video")


def test_used_up_credits_of_an_account_lead_to_topping_up_without_a_history_in_the_link() -> None:
    outcome = recover(failure(errors.NoCredits(code=2001), Step.GENERATE, payer=Payer.OWN))
    assert "Top up" in words_of(outcome)
    assert isinstance(outcome, Fail)
    more, again = (button for row in outcome.notice.buttons for button in row)
    assert (more.url, again.command) == ("https://nemovideo.com/register", Command.AGAIN)


@pytest.mark.parametrize("payer", [Payer.OWN, Payer.ANONYMOUS])
def test_used_up_credits_after_the_paid_turn_keep_the_project(payer: Payer) -> None:
    outcome = recover(failure(errors.NoCredits(code=2001), Step.NAME, payer=payer))
    assert isinstance(outcome, Fail)
    assert outcome.project == Project("s-1", payer=payer, made=True, maker=1)
    assert Command.EXPORT in commands_of(outcome)


@pytest.mark.parametrize(
    "error", [errors.Cut(), errors.Trouble(status=502), errors.Trouble(status=503)]
)
def test_a_paid_turn_that_broke_off_is_looked_at_and_never_sent_again(error: Exception) -> None:
    outcome = recover(failure(error, Step.GENERATE))
    assert isinstance(outcome, Next)
    assert outcome.progress.turn.cut


@pytest.mark.parametrize("step", [Step.UPLOAD, Step.RENDER])
def test_what_may_have_arrived_is_given_up_after_a_day(step: Step) -> None:
    outcome = recover(failure(errors.Cut(), step, created=NOW - GIVE_UP_SECONDS))
    assert isinstance(outcome, Fail)


def test_what_was_heard_before_the_cut_is_kept() -> None:
    reader = Reader()
    reader.feed(
        "message",
        '{"content":{"role":"model","parts":[{"text":"Here it is."}]},"author":"nemo_agent"}',
    )
    cut = TurnCut(reader.finish(cut=True))
    outcome = recover(failure(cut, Step.GENERATE))
    assert isinstance(outcome, Next)
    assert outcome.progress.turn.reply.words == "Here it is."


def test_a_turn_that_never_left_may_be_sent_again() -> None:
    assert recover(failure(errors.NotSent(), Step.GENERATE)) == Retry(1.0)


def test_an_unreachable_backend_keeps_the_request_and_says_so_once() -> None:
    pauses, told = [], 0
    for attempts in range(12):
        outcome = recover(failure(errors.NotSent(), Step.CONNECT, attempts=attempts))
        assert isinstance(outcome, Retry)
        pauses.append(outcome.after)
        told += bool(outcome.notice)
    assert pauses == [1, 2, 4, 8, 16, 32, 64, 64, 64, 64, 64, 64]
    assert told == 1
    late = recover(failure(errors.NotSent(), Step.CONNECT, created=NOW - 25 * 3600))
    assert isinstance(late, Fail)
    assert late.keep == Kept(FILES, "make a video")


@pytest.mark.parametrize("luck", [0.0, 0.3, 1.0])
def test_those_who_failed_together_come_back_at_different_times(luck: float) -> None:
    outcome = recover(
        failure(errors.NotSent(), Step.CONNECT, attempts=3, retry_seconds=2.0, luck=luck)
    )
    assert isinstance(outcome, Retry)
    assert outcome.after == 16 * (1 + luck) / 2


def test_a_pause_never_grows_out_of_bounds() -> None:
    assert backoff(10_000, 1.0, 1.0) == LONGEST_RETRY_PAUSE
    assert backoff(0, 0.0, 1.0) == 0


@pytest.mark.parametrize("step", [Step.UPLOAD, Step.RENDER])
def test_an_upload_or_render_in_doubt_is_looked_for_first(step: Step) -> None:
    outcome = recover(failure(errors.Cut(), step))
    assert isinstance(outcome, Retry)
    assert outcome.progress is not None
    upload, render = outcome.progress.upload, outcome.progress.export.render
    assert render is not None
    assert (upload.unconfirmed, render.unconfirmed) == (step is Step.UPLOAD, step is Step.RENDER)
    assert upload.tries == (1 if step is Step.UPLOAD else 0)


@pytest.mark.parametrize(
    ("error", "pause"),
    [
        (errors.NotSent(), 10),
        (errors.Cut(), 10),
        (errors.Trouble(status=500), 10),
        (errors.Busy(), 30),
    ],
)
@pytest.mark.parametrize("began", [0.0, NOW - 60])
def test_polling_goes_on_through_passing_trouble(
    error: Exception, pause: float, began: float
) -> None:
    failed = failure(error, Step.POLL)
    job = replace(failed.job, progress=knowing(failed.job.progress, began=began))
    outcome = recover(replace(failed, job=job))
    assert isinstance(outcome, Wait)
    assert outcome.after == pause


@pytest.mark.parametrize(
    ("began", "waited", "seconds"), [(NOW - 60, 5, 60), (0.0, 5, 5), (NOW + 60, 5, 0)]
)
def test_how_long_an_export_has_been_running(began: float, waited: float, seconds: float) -> None:
    job = replace(failure(errors.Cut(), Step.POLL).job, progress=knowing(render="r"))
    assert (
        render_lasted(replace(job, progress=knowing(job.progress, began=began, waited=waited)), NOW)
        == seconds
    )


def test_a_render_that_takes_too_long_keeps_its_id_and_offers_to_look_again() -> None:
    job = failure(errors.Cut(), Step.POLL).job
    outcome = still_rendering(replace(job, progress=knowing(job.progress, waited=871)), 900, 30, 50)
    assert isinstance(outcome, Fail)
    row = (Button(text("button.check_again", "en"), Command.EXPORT, SELF, "check"),)
    assert outcome.notice == Notice(text("trouble.render_slow", "en"), (row,), final=True)


@pytest.mark.parametrize("percent", [None, 0, 50])
def test_until_then_it_is_waited_for_with_the_share_that_is_done(percent: int | None) -> None:
    job = replace(failure(errors.Cut(), Step.POLL).job, language="zh-Hans")
    outcome = still_rendering(
        replace(job, progress=knowing(job.progress, waited=870)), 900, 30, percent
    )
    say = (
        None
        if percent is None
        else Notice(text("status.rendering", "zh-Hans", percent=percent), percent=percent)
    )
    assert outcome == Wait(knowing(job.progress, waited=900), 30, say)


@pytest.mark.parametrize(
    ("attempts", "age", "retried", "told"),
    [
        (0, 60, True, True),
        (1, 60, True, False),
        (9, 60, True, False),
        (9, GIVE_UP_SECONDS, False, True),
    ],
)
def test_a_turn_that_is_refused_for_the_number_of_others_is_tried_until_its_turn_has_come(
    attempts: int, age: float, retried: bool, told: bool
) -> None:
    failed = failure(errors.Busy(status=429, endpoint="turn"), Step.GENERATE, attempts=attempts)
    job = replace(failed.job, created=failed.now - age)
    outcome = recover(replace(failed, job=job, crowded=True))
    assert isinstance(outcome, Retry if retried else Fail)
    assert (outcome.notice is not None) is told


def test_a_rate_limit_waits_as_told_and_is_tried_once_more() -> None:
    busy = errors.Busy(status=429, endpoint="session")
    assert recover(failure(busy, Step.CONNECT)).after == 30  # type: ignore[union-attr]
    busy.retry_after = 7
    assert recover(failure(busy, Step.CONNECT)).after == 7  # type: ignore[union-attr]
    second = recover(failure(busy, Step.CONNECT, attempts=1))
    assert isinstance(second, Fail)
    assert commands_of(second) == [Command.AGAIN]


def test_a_429_on_the_token_call_is_the_quota_and_the_operator_pays_if_there_is_one() -> None:
    busy = errors.Busy(status=429, endpoint="token")
    service = read(Settings, {"NEMO_TOKEN": "nmv_usr_x", "NEMO_TOKEN_MODE": "fallback"})
    outcome = recover(
        failure(busy, Step.CONNECT, payer=None, payment_options=PaymentOptions(service))
    )
    assert isinstance(outcome, Rewind)
    assert (outcome.progress.connection.payer, outcome.to) == (Payer.OPERATOR, Step.CONNECT)
    assert outcome.closed_until == NOW + 86400, "nobody else is asked for meanwhile"


def test_without_an_operator_the_quota_names_the_day_and_nobody_is_asked_until_then() -> None:
    busy = errors.Busy(status=429, endpoint="token")
    outcome = recover(
        failure(
            busy,
            Step.CONNECT,
            payer=None,
            payment_options=PaymentOptions(read(Settings, {}), (NOW - 86400,)),
        )
    )
    assert isinstance(outcome, Fail)
    assert outcome.closed_until == NOW + 6 * 86400
    assert " 2027-01-21" in words_of(outcome)
    assert outcome.keep == Kept(FILES, "make a video")
    assert "/login" in words_of(outcome), "the other way out"


@pytest.mark.parametrize("payer", [Payer.OWN, Payer.OPERATOR])
def test_an_account_of_ones_own_is_never_bound_to_an_anonymous_history(payer: Payer) -> None:
    blocked = errors.ExportBlocked(status=402, bind="anon_2")
    words = words_of(recover(failure(blocked, Step.LINK, payer=payer)))
    assert words.endswith("https://nemovideo.com/register")


def test_a_blocked_export_speaks_of_the_plan_and_not_of_credits() -> None:
    first = recover(failure(errors.ExportBlocked(status=402), Step.RENDER))
    assert isinstance(first, Rewind), "the project link is fetched first"
    assert (first.to, first.progress.export.url) == (Step.LINK, "")
    assert first.progress.export.registration == "https://nemovideo.com/register?bind=anon_1"
    outcome = recover(failure(errors.ExportBlocked(status=402), Step.LINK))
    assert isinstance(outcome, Fail)
    assert words_of(outcome).startswith("🔒 Register or upgrade your plan to unlock export.")
    assert commands_of(outcome) == [Command.EXPORT]
    assert outcome.project is not None, "the video is there"


@pytest.mark.parametrize(
    ("error", "part"),
    [
        (media.UnsupportedMedia("exe"), "can't use cat.jpg"),
        (media.RawPhoto("nef"), "raw file"),
        (media.DamagedFile("x"), "damaged"),
        (media.TooSlow("x"), "can't convert"),
        (media.SoundTooLong(1800), "30 minutes"),
        (media.PictureTooLarge(1, 1), "pixels"),
        (media.TooMuchTogether(5), "more than 5 MB"),
        (media.ConverterMissing("x"), "can't convert"),
        (FileGone("x"), "can't get cat.jpg"),
        (TooLarge(1), "too large for me to fetch"),
        (errors.FileTooLarge(endpoint="bring"), "200 MB is the limit"),
    ],
)
def test_one_bad_file_stops_before_anything_is_paid_and_keeps_the_others(
    error: Exception, part: str
) -> None:
    outcome = recover(failure(error, Step.BRING))
    assert isinstance(outcome, Fail)
    assert part in words_of(outcome)
    assert outcome.keep == Kept((FILES[1],), "make a video")
    assert commands_of(outcome) == [Command.VIDEO]


def test_a_file_that_the_backend_refuses_is_answered_with_the_accepted_formats() -> None:
    outcome = recover(failure(errors.UnsupportedFile(code=4001), Step.UPLOAD))
    assert isinstance(outcome, Fail)
    assert "JPG" in words_of(outcome)


def test_a_download_that_fails_for_the_moment_is_tried_again() -> None:
    assert isinstance(recover(failure(Unsent(), Step.BRING)), Retry)


def test_a_pause_while_fetching_is_kept_and_the_request_goes_on() -> None:
    outcome = recover(failure(Flooded(2.0), Step.BRING))
    assert isinstance(outcome, Retry)
    assert outcome.after == 2.0
    assert words_of(outcome) == "", "a short pause is everyday"
    outcome = recover(failure(Flooded(40.0), Step.BRING))
    assert isinstance(outcome, Retry)
    assert outcome.after == 40.0
    assert words_of(outcome).startswith("⏳ Fake asks me to wait")


def test_pauses_of_no_length_grow_and_pauses_of_days_are_asked_about_within_the_hour() -> None:
    pauses = [recover(failure(Flooded(0.0), Step.BRING, attempts=tries)) for tries in (0, 3, 40)]
    assert [outcome.after for outcome in pauses if isinstance(outcome, Retry)] == [
        1.0,
        8.0,
        LONGEST_RETRY_PAUSE,
    ]
    outcome = recover(failure(Flooded(1e9), Step.BRING))
    assert isinstance(outcome, Retry)
    assert outcome.after == 3600.0


@pytest.mark.parametrize("error", [Flooded(30.0), Unsent()])
def test_a_platform_that_hands_nothing_out_for_a_day_is_named_and_all_is_kept(
    error: Exception,
) -> None:
    outcome = recover(failure(error, Step.BRING, created=NOW - 86_401))
    assert isinstance(outcome, Fail)
    assert "from Fake for a whole day" in words_of(outcome)
    assert outcome.keep == Kept(FILES, "make a video")


@pytest.mark.parametrize("error", [Unavailable("x"), Refused("x"), Gone("x"), Unclear("x")])
def test_what_may_be_gone_only_for_now_is_asked_for_again_before_its_user_is(
    error: Exception,
) -> None:
    outcome = recover(failure(error, Step.BRING, attempts=1))
    assert isinstance(outcome, Retry)
    assert words_of(outcome).startswith("⏳ I can't get your file from Fake")
    last = recover(failure(error, Step.BRING, attempts=ASKED_FOR - 1))
    assert isinstance(last, Fail)
    assert "can't get cat.jpg" in words_of(last)
    assert last.keep == Kept((FILES[1],), "make a video")


def test_a_platform_that_is_away_is_not_called_the_video_service() -> None:
    outcome = recover(failure(Unsent(), Step.BRING, attempts=1))
    assert isinstance(outcome, Retry)
    assert "from Fake right now" in words_of(outcome)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EMFILE])
def test_a_machine_that_has_run_out_of_something_waits_and_says_so(number: int) -> None:
    outcome = recover(failure(OSError(number, "x"), Step.BRING, attempts=1))
    assert isinstance(outcome, Retry)
    assert "run out of room" in words_of(outcome)
    last = recover(failure(OSError(number, "x"), Step.BRING, created=NOW - 86_401))
    assert "operator" in words_of(last)


def test_a_machine_that_runs_out_in_the_paid_turn_never_sends_it_twice() -> None:
    outcome = recover(failure(OSError(errno.EMFILE, "x"), Step.GENERATE))
    assert isinstance(outcome, Next)
    assert outcome.progress.turn.cut


def test_links_are_kept_like_files() -> None:
    known = failure(errors.Busy(status=429), Step.CONNECT, attempts=1)
    facts = knowing(known.job.progress, links=("https://x/a.jpg",))
    here = replace(known, job=replace(known.job, progress=facts))
    outcome = recover(here)
    assert isinstance(outcome, Fail)
    assert outcome.keep == Kept((*FILES, Attachment("url:https://x/a.jpg")), "make a video")
    bad = recover(
        replace(here, error=media.DamagedFile("x"), job=replace(here.job, step=Step.BRING))
    )
    assert isinstance(bad, Fail)
    assert bad.keep == Kept((FILES[1], Attachment("url:https://x/a.jpg")), "make a video")


@pytest.mark.parametrize(
    ("error", "step"),
    [
        (errors.BadRequest(status=422), Step.GENERATE),
        (errors.Unknown(code=77), Step.GENERATE),
        (ZeroDivisionError(), Step.SNAPSHOT),  # in a turn it is looked at what became of that
    ],
)
def test_a_defect_of_ours_is_said_plainly_and_keeps_what_was_sent(
    error: Exception, step: Step
) -> None:
    outcome = recover(failure(error, step))
    assert isinstance(outcome, Fail)
    assert words_of(outcome).startswith("😕 Something went wrong on our side")
    assert outcome.keep == Kept(FILES, "make a video")


@pytest.mark.parametrize(
    "error", [errors.BadRequest(status=422), errors.Unknown(code=77), errors.Busy(), KeyError()]
)
@pytest.mark.parametrize("step", [Step.CHECK, Step.NAME, Step.RENDER])
def test_what_was_paid_for_is_never_handed_back_as_if_it_were_not(
    error: Exception, step: Step
) -> None:
    outcome = recover(failure(error, step, attempts=1))
    assert isinstance(outcome, Fail)
    assert outcome.keep is None, "its photos are used"
    assert outcome.project is not None
    assert (outcome.project.session, outcome.project.made) == ("s-1", True)
    assert "safe" in words_of(outcome)
    assert commands_of(outcome) == [Command.EXPORT]


@pytest.mark.parametrize("plan", [Plan.CREDITS, Plan.STATUS])
def test_a_question_that_cannot_be_answered_says_so_without_a_button(plan: Plan) -> None:
    outcome = recover(failure(errors.BadRequest(status=422), PLANS[plan][-1], plan=plan))
    assert isinstance(outcome, Fail)
    assert words_of(outcome).startswith("😕 I couldn't find that out just now.")
    assert (commands_of(outcome), outcome.keep) == ([], None)


REFUSALS = (
    errors.NoCredits(code=2001),
    errors.ExportBlocked(status=402),
    errors.FileTooLarge(),
    errors.SessionGone(),
)


@pytest.mark.parametrize(
    "error", [errors.BadRequest(status=403), errors.Busy(), WrongKey(), KeyError(), *REFUSALS]
)
def test_a_token_that_cannot_be_tried_is_forgotten_and_said_so(error: Exception) -> None:
    failed = failure(error, Step.VERIFY, plan=Plan.LOGIN, attempts=1)
    outcome = recover(replace(failed, job=replace(failed.job, secret=Secret("sealed"))))
    assert words_of(outcome).startswith(
        "🔑 I could not check that token just now, and I have forgotten it."
    )
    assert advance(replace(failed.job, secret=Secret("sealed")), outcome, NOW).job.secret is None


def test_a_read_that_fails_takes_no_kept_photos_with_it() -> None:
    outcome = recover(failure(errors.BadRequest(), Step.BALANCE, plan=Plan.CREDITS))
    assert isinstance(outcome, Fail)
    assert outcome.keep is None


def test_a_request_does_not_begin_anew_for_ever() -> None:
    assert isinstance(recover(failure(errors.SessionGone(), Step.GENERATE, rewinds=BACKS)), Fail)


def test_a_missing_client_id_is_sent_once_more() -> None:
    assert recover(failure(errors.ClientIdMissing(), Step.CONNECT)) == Retry(0.0)
    assert isinstance(recover(failure(errors.ClientIdMissing(), Step.CONNECT, attempts=1)), Fail)


def test_words_of_failures_never_carry_the_error() -> None:
    secret = errors.BadRequest("nmv_usr_secret went wrong", endpoint="turn", status=422)
    assert "nmv_usr" not in words_of(recover(failure(secret, Step.GENERATE)))


def test_a_bad_file_without_a_name_is_called_by_its_place() -> None:
    nameless = bringing(failure(media.DamagedFile(), Step.BRING), Attachment("fake:1"))
    assert words_of(recover(nameless)).startswith("📎 file 1 seems to be damaged")


def test_a_file_that_the_backend_refuses_is_not_named_wrongly() -> None:
    assert words_of(recover(failure(errors.FileTooLarge(code=4002), Step.UPLOAD))).startswith(
        "📎 one of your files is"
    )


def test_used_up_credits_of_the_bot_are_the_operators_affair() -> None:
    outcome = recover(failure(errors.NoCredits(code=2001), Step.GENERATE, payer=Payer.OPERATOR))
    assert "operator" in words_of(outcome)
    assert "bind" not in words_of(outcome)


def test_a_file_refused_by_the_export_still_names_the_way_to_register() -> None:
    blocked = errors.ExportBlocked(
        status=402, register_url="https://nemovideo.com/register?bind=anon_2"
    )
    outcome = recover(failure(blocked, Step.LINK))
    assert "bind=anon_2" in words_of(outcome)


@pytest.mark.parametrize("missing", ["session", "payer", "private"])
def test_without_a_project_of_ones_own_to_open_a_blocked_export_is_told_at_once(
    missing: str,
) -> None:
    known = failure(errors.ExportBlocked(status=402), Step.RENDER)
    job = known.job
    match missing:
        case "session":
            job = replace(job, progress=knowing(job.progress, session=""))
        case "payer":
            job = replace(job, progress=knowing(job.progress, payer=None))
        case _:
            job = replace(job, private=False)
    assert isinstance(recover(replace(known, job=job)), Fail)


def test_a_blocked_upload_keeps_what_was_sent() -> None:
    known = failure(errors.ExportBlocked(status=402), Step.UPLOAD)
    outcome = recover(
        replace(known, job=replace(known.job, progress=knowing(known.job.progress, session="")))
    )
    assert isinstance(outcome, Fail)
    assert outcome.keep == Kept(FILES, "make a video")


def test_a_pause_is_told_from_ten_seconds_on_and_a_file_asked_for_as_often_as_is_said() -> None:
    told = [
        bool(words_of(recover(failure(Flooded(seconds), Step.BRING))))
        for seconds in (WORTH_TELLING - 1, WORTH_TELLING)
    ]
    assert told == [False, True]
    last_but_one = recover(failure(Refused("x"), Step.BRING, attempts=ASKED_FOR - 2))
    assert isinstance(last_but_one, Retry)


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of the process cannot be set")
def test_the_day_that_is_named_is_that_of_utc_wherever_the_machine_stands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    quota = failure(errors.Busy(status=429, endpoint="token"), Step.CONNECT, payer=None)
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("TZ", "XXX-14")
        time.tzset()
        said = words_of(recover(replace(quota, now=NOW - NOW % 86_400 + 86_399)))
    time.tzset()
    assert " 2027-01-16" in said


def test_trouble_with_a_file_that_is_no_lack_of_room_is_ours() -> None:
    outcome = recover(failure(FileNotFoundError(2, "No such file"), Step.BRING, attempts=99))
    assert words_of(outcome) == words_of(
        recover(failure(RuntimeError("a defect"), Step.BRING, attempts=99))
    )


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
@pytest.mark.parametrize(
    ("files", "parts", "words", "named"),
    [
        (FILES, 0, "make a video", "cat.jpg"),
        (FILES, 1, "make a video", "dog.jpg"),
        ((FILES[0], Attachment("fake:2")), 1, "make a video", 2),
        (FILES, 2, "make a video", 3),
        (FILES[:1], 0, "make a video", "cat.jpg"),
        (FILES, 0, "", "cat.jpg"),
    ],
)
def test_one_bad_file_is_named_and_the_others_wait_for_a_tap(
    language: str, files: tuple[Attachment, ...], parts: int, words: str, named: str | int
) -> None:
    known = failure(media.UnsupportedMedia("exe"), Step.BRING)
    known = bringing(known, *files, words=words, parts=(Part("a", "image/jpeg", 1),) * parts)
    known = replace(known, job=replace(known.job, language=language))
    outcome = recover(known)
    assert isinstance(outcome, Fail)
    others = tuple(file for place, file in enumerate(files) if place != parts)
    name = named if isinstance(named, str) else text("trouble.numbered", language, number=named)
    said = text("trouble.unsupported", language, name=name, accepted=FORMATS, limit=SKILL.max_mb)
    go_on = known.button("go_on", Command.VIDEO, "go")
    if others and words:
        said = f"{said}\n\n{text('trouble.others_kept', language, count=len(others))}"
    assert outcome.notice == Notice(said, ((go_on,),) if others and words else (), final=True)
    assert outcome.keep == Kept(others, words)


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
@pytest.mark.parametrize("step", [Step.UPLOAD, Step.CHECK])
@pytest.mark.parametrize(
    ("error", "key"),
    [
        (errors.UnsupportedFile(code=4001), "trouble.unsupported"),
        (errors.FileTooLarge(), "trouble.too_large"),
    ],
)
def test_files_that_the_backend_refuses_all_go_back_and_the_words_stay(
    error: Exception, key: str, step: Step, language: str
) -> None:
    known = failure(error, step)
    outcome = recover(replace(known, job=replace(known.job, language=language)))
    assert isinstance(outcome, Fail)
    one = text("trouble.a_file", language)
    assert words_of(outcome) == text(key, language, name=one, accepted=FORMATS, limit=SKILL.max_mb)
    paid = step is Step.CHECK
    assert outcome.keep == (None if paid else Kept((), "make a video"))
    assert outcome.project == (
        Project("s-1", payer=Payer.ANONYMOUS, made=True, maker=1) if paid else None
    )


def test_what_the_service_said_is_kept_as_it_came_and_without_its_talk_of_buttons() -> None:
    said = "Your video is done. Click the Export button to download it."
    told = read_reply(said)
    assert (told.raw, told.asking) == (said, False)
    assert "button" not in told.words
    assert told.actions == (str(GuiAction.EXPORT),)
    assert read_reply("x" * (RAW + 1)).raw == "x" * RAW
    assert read_reply("Here it is.") == Reply("Here it is.", "Here it is.")


def test_a_question_of_the_service_is_told_with_its_answers() -> None:
    asked = Question("Which music?\n1. Jazz\n2. Rock", ("Jazz", "Rock"))
    told = read_reply("One more thing.", asked)
    assert (told.asking, told.options, told.raw) == (True, ("Jazz", "Rock"), "One more thing.")
    assert told.words == with_question("One more thing.", asked)
    silent = read_reply("", asked)
    assert silent.raw == silent.words == with_question("", asked)
