"""What to do about a failure: one table from what happened to an outcome, in the words of
docs/backend.md 11."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial

from core.adapter import DeliveryError, FileGone, Flooded, TooLarge, Unsent
from core.domain.accounts import PaymentOptions, refused
from core.domain.payloads import Payload
from core.domain.requests import (
    PLANS,
    READ_ONLY,
    SELF,
    Account,
    Fail,
    Job,
    Kept,
    Next,
    Notice,
    Outcome,
    Payer,
    Plan,
    Progress,
    Project,
    Reply,
    Retry,
    Rewind,
    Step,
    Upload,
    Wait,
    sent,
)
from core.domain.spans import DAY
from core.i18n import text
from core.media import (
    ConverterMissing,
    DamagedFile,
    Occupied,
    PictureTooLarge,
    RawPhoto,
    SoundTooLong,
    TooMuchTogether,
    TooSlow,
    UnsupportedMedia,
)
from core.messages import Attachment, Button, Command
from core.nemo import errors, gui
from core.nemo.questions import Question, alternatives, as_told
from core.nemo.stream import TurnCut
from core.nemo.wire import ACCEPTED, register_link
from core.ops import machine
from core.settings import Settings
from core.skills import Skill

GIVE_UP_SECONDS = DAY
"""A request that cannot reach the backend waits so long before it is given up."""
LONGEST_RETRY_PAUSE = 64.0
"""Seconds between two tries at most, however many have failed."""
TOLD_AFTER = 2
"""Failures in a row after which the user hears that we keep trying."""
LONGEST_PLATFORM_PAUSE = 3600.0
"""Seconds that a platform's pause is kept before it is asked again, however long it was said to
be."""
ASKED_FOR = 12
"""Times that a file is asked for which may be gone, or not there only for now: about seven
minutes."""
WORTH_TELLING = 10.0
"""Seconds; shorter pauses are everyday."""
FORMATS = ", ".join(ACCEPTED).upper()
"""What files may be, for people."""
BACKS = 4
"""How often a job may begin anew from an earlier step before it counts as broken."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A step that failed: the job, the error and the time, and what the words may need.

    `luck` is a random number from 0 to 1, so that many jobs that failed together do not all come
    back together. `project` is the chat's, None where there is none."""

    job: Job
    error: Exception
    now: float
    settings: Settings
    skill: Skill
    account: Account
    payment_options: PaymentOptions
    project: Project | None = None
    luck: float = 1.0

    @property
    def files(self) -> list[Attachment]:
        """The files of the request, those that came late included."""
        return sent.files_of(self.job)

    @property
    def bind(self) -> str:
        """What binds what was made to a free account, as far as it is known."""
        session = self.job.progress.connection.session
        return session.bind if session and session.bind else self.account.anonymous

    @property
    def maker(self) -> int:
        """The job whose files the chat's project began with, 0 if unknown."""
        return self.project.maker if self.project else 0

    def notice(self, key: str, *rows: tuple[Button, ...], **params: object) -> Notice:
        """The last words of a failing job."""
        return Notice(text(key, self.job.language, **params), rows, final=True)

    def say_aside(self, key: str, *rows: tuple[Button, ...], **params: object) -> Notice:
        """The same for its user alone: an account, or the link that makes all of its videos theirs,
        is in there."""
        return replace(self.notice(key, *rows, **params), discreet=not self.job.private)

    def button(self, label: str, command: Command, words: str = "", job: int = SELF) -> Button:
        """A button that names this job, or another one."""
        return Button(text(f"button.{label}", self.job.language), command, job, words)

    @property
    def everything(self) -> Kept | None:
        """All that the user sent, for the chat to hold; None where the job brought nothing, or has
        used it."""
        asks = self.job.plan in (Plan.MAKE, Plan.EDIT) and not after_paid(self.job)
        return sent.everything(self.job) if asks else None

    @property
    def again(self) -> tuple[tuple[Button, ...], ...]:
        """A row to run the wish once more, where there was one; after the paid turn, to export what
        came of it."""
        if after_paid(self.job) or self.job.plan in (Plan.EXPORT, Plan.WATCH):
            return ((self.button("export", Command.EXPORT),),)
        return (
            ((self.button("again", Command.AGAIN),),)
            if self.job.plan in (Plan.MAKE, Plan.EDIT)
            else ()
        )

    @property
    def platform(self) -> str:
        """The chat platform as people call it."""
        return self.job.address.platform.capitalize()

    def over(self, key: str, **params: object) -> Fail:
        """The end of a job that can go on no longer.

        Before the paid turn what was sent is handed back. After it the project is there, and may
        hold the video."""
        job = self.job
        if job.plan in READ_ONLY:
            return Fail(self.say_aside("trouble.try_later"))
        if after_paid(job) or job.plan in (Plan.EXPORT, Plan.WATCH):
            return Fail(self.notice(f"{key}_later", *self.again, **params), project=begun(job))
        return Fail(self.notice(key, *self.again, **params), self.everything)


Remedy = Callable[[Failure], Outcome]


def recover(failure: Failure) -> Outcome:
    """The outcome for an error: the first row of REMEDIES that fits. What fits none is our defect.

    A token that could not be tried is given up with words of its own: nothing was asked for that
    could be kept."""
    outcome = next(
        (remedy(failure) for kind, remedy in REMEDIES if isinstance(failure.error, kind)),
        _ours(failure),
    )
    if failure.job.plan is Plan.LOGIN and not isinstance(outcome, Retry):
        return Fail(failure.say_aside("trouble.login_later"))
    return bounded(outcome, failure)


class Restless(Exception):
    """A job keeps going back to an earlier step: something is wrong that nobody has named."""


def bounded(outcome: Outcome, failure: Failure) -> Outcome:
    """The outcome, unless the job has begun anew too often: an endless round would cost and tell
    its user nothing."""
    return (
        _ours(failure) if isinstance(outcome, Rewind) and failure.job.rewinds >= BACKS else outcome
    )


def still_rendering(job: Job, limit: float, every: float, percent: int | None = None) -> Outcome:
    """Keep polling the same id, until the limit: then the id is kept and a button looks again
    (D28)."""
    render = job.progress.render
    waited = render.waited + every
    if waited > limit:
        row = (
            Button(text("button.check_again", job.language), Command.EXPORT, SELF, Payload.CHECK),
        )
        return Fail(Notice(text("trouble.render_slow", job.language), (row,), final=True))
    notice = (
        None
        if percent is None
        else Notice(text("status.rendering", job.language, percent=percent), percent=percent)
    )
    export = replace(job.progress.export, render=replace(render, waited=waited))
    return Wait(replace(job.progress, export=export), every, notice)


def read_reply(words: str, asked: Question | None = None) -> Reply:
    """The backend's answer with its button talk taken out, and with what it asks."""
    said = gui.translate(words)
    told = as_told(said.text, asked) if asked else said.text
    return Reply(
        words=told,
        raw=(words or told)[:RAW],
        actions=tuple(map(str, said.actions)),
        asking=asked is not None,
        options=asked.options if asked else alternatives(told),
    )


RAW = 1000
"""Characters of an answer that are kept as they came."""


def _before_paid(job: Job) -> bool:
    """Whether the paid request of this job has certainly not been accepted yet."""
    steps = PLANS[job.plan]
    return Step.GENERATE in steps and steps.index(job.step) <= steps.index(Step.GENERATE)


def after_paid(job: Job) -> bool:
    """Whether the job has a paid request, and it was sent."""
    return Step.GENERATE in PLANS[job.plan] and not _before_paid(job)


def begun(job: Job) -> Project | None:
    """The project of a job whose turn was sent: it may hold a video, so new photos do not go into
    it."""
    payer, session = job.progress.connection.payer, job.progress.connection.session
    if not after_paid(job) or payer is None or session is None:
        return None
    return Project(
        session.id,
        session.task,
        session.bind,
        payer,
        made=True,
        maker=job.id if job.progress.connection.fresh else 0,
    )


def _anew(job: Job, *, restarted: bool = False) -> Rewind:
    """From the session on once more, with the files; the payer and what was paid for stay as they
    are."""
    known = job.progress.connection
    connection = replace(known, session=None, fresh=True, restarted=known.restarted or restarted)
    progress = replace(
        job.progress, connection=connection, upload=Upload(job.progress.upload.parts)
    )
    key = "status.fresh_project" if known.fresh else "status.timeline_gone"
    return Rewind(progress, Step.CONNECT, Notice(text(key, job.language)), drop_project=True)


def _token_rejected(failure: Failure) -> Outcome:
    job = failure.job
    match job.progress.connection.payer:
        case Payer.OWN:
            return Fail(failure.say_aside("trouble.own_token"), failure.everything)
        case Payer.OPERATOR:
            return Fail(failure.notice("trouble.operator_token"), failure.everything)
    if (
        job.progress.connection.renewed
    ):  # a new token is refused as well; asking on and on would use up the quota of the address
        return failure.over("trouble.ours")
    renewed = replace(job.progress.connection, payer=None, renewed=True)
    if job.plan is Plan.MAKE and renewed.fresh and _before_paid(job):
        unpaid = replace(job, progress=replace(job.progress, connection=renewed))
        return replace(_anew(unpaid), notice=None, drop_token=True)
    resume = None if job.step is Step.CONNECT else job.step
    progress = replace(job.progress, connection=replace(renewed, resume=resume))
    return Rewind(progress, Step.CONNECT, drop_token=True)


def _session_gone(failure: Failure) -> Outcome:
    job = failure.job
    progress = job.progress
    brought = job.plan is Plan.MAKE and bool(
        failure.files or progress.wish.links or progress.connection.fresh
    )
    if brought and _before_paid(job) and job.progress.connection.restarted:
        return failure.over("trouble.ours")
    if brought and _before_paid(job):
        return _anew(job, restarted=True)
    new = failure.button("new", Command.NEW)
    maker = failure.maker or (job.id if job.plan is Plan.MAKE and failure.files else 0)
    if not maker:
        return Fail(
            failure.notice("trouble.project_gone", (new,)), failure.everything, drop_project=True
        )
    row = (failure.button("from_photos", Command.AGAIN, job=maker), new)
    return Fail(
        failure.notice("trouble.project_gone_photos", row), failure.everything, drop_project=True
    )


def _no_credits(failure: Failure) -> Outcome:
    job = failure.job
    match job.progress.connection.payer:
        case Payer.OPERATOR:
            notice = failure.notice("trouble.no_credits_operator")
        case Payer.OWN:
            notice = failure.say_aside("trouble.no_credits_own", _more(failure), *failure.again)
        case _:
            notice = failure.say_aside("trouble.no_credits_free", _more(failure), *failure.again)
    return Fail(notice, failure.everything, project=begun(job))


def _more(failure: Failure) -> tuple[Button, ...]:
    """The way to more credits, as a button."""
    return (Button(text("button.more_credits", failure.job.language), url=_registration(failure)),)


def _registration(failure: Failure) -> str:
    """Where the user registers and keeps the history; who pays with a token of an account has none
    to keep (D8)."""
    error, web = failure.error, failure.settings.nemo_web_url
    if failure.job.progress.connection.payer in (Payer.OWN, Payer.OPERATOR):
        return register_link(web, "")
    assert isinstance(error, errors.NemoError), "only the backend's own refusals lead here"
    return error.register_url or register_link(web, error.bind or failure.bind)


def _export_blocked(failure: Failure) -> Outcome:
    job = failure.job
    connection, export = job.progress.connection, job.progress.export
    opens = connection.session and connection.payer and job.private
    if opens and job.step is not Step.LINK and export.registration is None:
        # the project link belongs to these words: fetched first, then they are said
        blocked = replace(export, url="", registration=_registration(failure))
        return Rewind(replace(job.progress, export=blocked), Step.LINK)
    row = (failure.button("export", Command.EXPORT),)
    notice = failure.say_aside("trouble.export_blocked", row, link=_registration(failure))
    return Fail(notice, failure.everything, project=begun(job))


def _bad_file(key: str, failure: Failure) -> Outcome:
    """One file cannot be used: nothing is paid for, the others and the words are kept, a button
    goes on without it."""
    number = len(failure.job.progress.upload.parts)
    bad = failure.files[number] if number < len(failure.files) else None
    others = (
        *(file for file in failure.files if file is not bad),
        *failure.job.progress.wish.linked,
    )
    words = failure.notice(
        key,
        name=(bad.name if bad else "")
        or text("trouble.numbered", failure.job.language, number=number + 1),
        accepted=FORMATS,
        limit=_limit_of(failure),
    )
    if others and failure.job.progress.wish.words:
        more = text("trouble.others_kept", failure.job.language, count=len(others))
        row = (failure.button("go_on", Command.VIDEO, Payload.GO_ON),)
        words = replace(words, text=f"{words.text}\n\n{more}", buttons=(row,))
    return Fail(words, Kept(others, failure.job.progress.wish.words))


def _limit_of(failure: Failure) -> int:
    """Minutes of sound; else megabytes, of all files together or of one."""
    match failure.error:
        case TooMuchTogether(limit=limit):
            return limit
        case SoundTooLong(seconds=seconds):
            return round(seconds / 60)
    return failure.skill.max_mb


def _refused_upload(key: str, failure: Failure) -> Outcome:
    """The backend itself refused a file. Which one is not said, so all of them go back to the
    user."""
    if failure.job.step is Step.BRING:
        return _bad_file(key, failure)
    one = text("trouble.a_file", failure.job.language)
    params = {"name": one, "accepted": FORMATS, "limit": failure.skill.max_mb}
    keep = None if after_paid(failure.job) else Kept((), failure.job.progress.wish.words)
    return Fail(failure.notice(key, **params), keep, project=begun(failure.job))


def _busy(failure: Failure) -> Outcome:
    job, error = failure.job, failure.error
    assert isinstance(error, errors.Busy)
    if error.endpoint == "token":
        return _quota(failure)
    if job.step is Step.POLL:
        return _polled_later(failure, error.retry_after or 0.0)
    if job.attempts == 0:
        pause = (
            error.retry_after
            if error.retry_after is not None
            else failure.settings.nemo_busy_seconds
        )
        return Retry(pause, Notice(text("status.busy", job.language)))
    return failure.over("trouble.busy")


def _quota(failure: Failure) -> Outcome:
    """A 429 on the token call: the operator pays if there is one, else nobody can for a while
    (D3)."""
    until = refused(failure.payment_options, failure.now)
    if failure.payment_options.operator:
        progress = failure.job.progress
        paid_for = replace(progress.connection, payer=Payer.OPERATOR)
        return Rewind(replace(progress, connection=paid_for), Step.CONNECT, closed_until=until)
    day = datetime.fromtimestamp(until, UTC).strftime("%Y-%m-%d")
    return Fail(
        failure.notice("trouble.no_free_tokens", day=day), failure.everything, closed_until=until
    )


def _unclear(failure: Failure) -> Outcome:
    """Cut, or a server error after the request arrived: nobody knows what was done, so look before
    acting (D20)."""
    error, progress = failure.error, failure.job.progress
    match failure.job.step:
        case Step.GENERATE:
            said = read_reply(error.end.text if isinstance(error, TurnCut) else "")
            turn = replace(progress.turn, reply=said, failed=False, cut=True)
            return Next(replace(progress, turn=turn))
        case Step.UPLOAD:
            tried = replace(progress.upload, unconfirmed=True, tries=progress.upload.tries + 1)
            return _look_first(failure, replace(progress, upload=tried))
        case Step.RENDER:
            started = replace(progress.render, unconfirmed=True)
            export = replace(progress.export, render=started)
            return _look_first(failure, replace(progress, export=export))
    return _not_sent(failure)


def _look_first(failure: Failure, progress: Progress) -> Outcome:
    """Later, with a note that it may have arrived."""
    if not _patient(failure):
        return _give_up(failure)
    return replace(_patience(failure), progress=progress)


def _polled_later(failure: Failure, at_least: float = 0.0) -> Outcome:
    settings = failure.settings
    every = max(settings.nemo_render_poll_seconds, at_least)
    return still_rendering(failure.job, settings.nemo_render_limit_seconds, every)


def _not_sent(failure: Failure) -> Outcome:
    if failure.job.step is Step.POLL:
        return _polled_later(failure)
    return _patience(failure) if _patient(failure) else _give_up(failure)


def _patient(failure: Failure) -> bool:
    return failure.now - failure.job.created < GIVE_UP_SECONDS


def _patience(failure: Failure, key: str = "status.unreachable") -> Retry:
    """Later, in growing steps; the request stays queued and its user knows, with the name of who
    cannot be reached."""
    job = failure.job
    notice = (
        Notice(text(key, job.language, platform=failure.platform))
        if job.attempts + 1 == TOLD_AFTER
        else None
    )
    return Retry(backoff(job.attempts, failure.settings.nemo_retry_seconds, failure.luck), notice)


def _not_fetched(failure: Failure) -> Outcome:
    """The platform does not hand a file out at present: it is the one to name, not the video
    service."""
    if _patient(failure):
        return _patience(failure, "status.platform_away")
    return failure.over("trouble.platform_away", platform=failure.platform)


def _paused(failure: Failure) -> Outcome:
    """The platform asks for a pause while a file is fetched: kept as a due time, then the request
    goes on by itself."""
    job, error = failure.job, failure.error
    assert isinstance(error, Flooded)
    if not _patient(failure):
        return failure.over("trouble.platform_away", platform=failure.platform)
    pause = min(
        max(
            error.seconds, backoff(job.attempts, failure.settings.nemo_retry_seconds, failure.luck)
        ),
        LONGEST_PLATFORM_PAUSE,
    )
    notice = Notice(text("status.platform_pause", job.language, platform=failure.platform))
    return Retry(pause, notice if pause >= WORTH_TELLING else None)


def _perhaps_gone(failure: Failure) -> Outcome:
    """A sentence with two meanings is read as the one that costs its user nothing: asked again
    first."""
    if failure.job.attempts + 1 < ASKED_FOR:
        return _patience(failure, "status.platform_away")
    return _bad_file("trouble.file_gone", failure)


def _short(failure: Failure) -> Outcome:
    """This machine has run out of disk or handles: it passes when its operator makes room, so the
    request waits."""
    if not machine.short(failure.error):
        return _ours(failure)
    if failure.job.step in (Step.GENERATE, Step.RENDER, Step.POLL):
        return _unclear(failure)
    return (
        _patience(failure, "status.machine")
        if _patient(failure)
        else failure.over("trouble.machine")
    )


def backoff(
    failures: int, first: float, luck: float, longest: float = LONGEST_RETRY_PAUSE
) -> float:
    """Seconds until the next try: doubled with every failure up to `longest`, then between half and
    all of it."""
    return min(first * 2.0 ** min(failures, 32), longest) * (1 + luck) / 2


def _give_up(failure: Failure) -> Outcome:
    return failure.over("trouble.unreachable")


def _client_id(failure: Failure) -> Outcome:
    return Retry(0.0) if failure.job.attempts == 0 else _ours(failure)


def _ours(failure: Failure) -> Outcome:
    """Something on our side: said plainly, and what the user sent is kept."""
    return failure.over("trouble.ours")


REMEDIES: tuple[tuple[type[Exception], Remedy], ...] = (
    (errors.TokenRejected, _token_rejected),
    (errors.SessionGone, _session_gone),
    (errors.NoCredits, _no_credits),
    (errors.UnsupportedFile, partial(_refused_upload, "trouble.unsupported")),
    (errors.FileTooLarge, partial(_refused_upload, "trouble.too_large")),
    (errors.ClientIdMissing, _client_id),
    (errors.ExportBlocked, _export_blocked),
    (errors.Busy, _busy),
    (errors.NotSent, _not_sent),
    (errors.Cut, _unclear),
    (errors.Trouble, _unclear),
    (errors.BadRequest, _ours),
    (errors.Unknown, _ours),
    (Flooded, _paused),
    (Unsent, _not_fetched),
    (FileGone, partial(_bad_file, "trouble.file_gone")),
    (TooLarge, partial(_bad_file, "trouble.too_large_platform")),
    (DeliveryError, _perhaps_gone),
    (OSError, _short),
    (RawPhoto, partial(_bad_file, "trouble.raw_photo")),
    (UnsupportedMedia, partial(_bad_file, "trouble.unsupported")),
    (PictureTooLarge, partial(_bad_file, "trouble.picture_too_large")),
    (TooMuchTogether, partial(_bad_file, "trouble.too_much_together")),
    (SoundTooLong, partial(_bad_file, "trouble.sound_too_long")),
    (TooSlow, partial(_bad_file, "trouble.no_converter")),
    (DamagedFile, partial(_bad_file, "trouble.damaged")),
    (Occupied, lambda failure: failure.over("trouble.converter_busy")),
    (ConverterMissing, partial(_bad_file, "trouble.no_converter")),
)
