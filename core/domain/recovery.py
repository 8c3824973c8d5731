"""What to do about a failure: one table from what happened to an outcome, in the words of
docs/backend.md 11."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial

from core.adapter import DeliveryError, FileGone, Flooded, TooLarge, Unsent
from core.domain.accounts import PaymentOptions, refused
from core.domain.requests import (
    PLANS,
    READ_ONLY,
    SELF,
    Facts,
    Fail,
    Job,
    Kept,
    Next,
    Notice,
    Outcome,
    Payer,
    Plan,
    Project,
    Retry,
    Rewind,
    Step,
    Wait,
)
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
from core.nemo.wire import register_link
from core.ops import machine
from core.skills import Skill

PATIENCE = 24 * 3600.0
"""A request that cannot reach the backend waits so long before it is given up."""
LONGEST_PAUSE = 64.0
"""Seconds between two tries at most, however many have failed."""
TOLD_AFTER = 2
"""Failures in a row after which the user hears that we keep trying."""
LONGEST_WAIT = 3600.0
"""Seconds that a platform's pause is kept before it is asked again, however long it was said to
be."""
ASKED_FOR = 12
"""Times that a file is asked for which may be gone, or not there only for now: about seven
minutes."""
WORTH_TELLING = 10.0
"""Seconds; shorter pauses are everyday."""
BACKS = 4
"""How often a job may begin anew from an earlier step before it counts as broken."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A step that failed: the job, the error and the time, and what the words may need.

    `luck` is a random number from 0 to 1, so that many jobs that failed together do not all come
    back together. `maker` is the job whose files the chat's project began with, 0 if unknown."""

    job: Job
    error: Exception
    now: float
    skill: Skill
    purse: PaymentOptions
    web_url: str
    bind: str = ""
    busy_seconds: float = 30.0
    retry_seconds: float = 1.0
    luck: float = 1.0
    poll_seconds: float = 30.0
    render_limit: float = 900.0
    files: tuple[Attachment, ...] = ()
    accepted: str = ""
    maker: int = 0

    def say(self, key: str, *rows: tuple[Button, ...], **params: object) -> Notice:
        """The last words of a failing job."""
        return Notice(text(key, self.job.language, **params), rows, final=True)

    def say_aside(self, key: str, *rows: tuple[Button, ...], **params: object) -> Notice:
        """The same for its user alone: an account, or the link that makes all of its videos theirs,
        is in there."""
        return replace(self.say(key, *rows, **params), discreet=not self.job.private)

    def button(self, label: str, command: Command, words: str = "", job: int = SELF) -> Button:
        """A button that names this job, or another one."""
        return Button(text(f"button.{label}", self.job.language), command, job, words)

    @property
    def everything(self) -> Kept | None:
        """All that the user sent, for the chat to hold; None where the job brought nothing, or has
        used it."""
        asks = self.job.plan in (Plan.MAKE, Plan.EDIT) and not after_paid(self.job)
        return Kept((*self.files, *self.job.facts.linked), self.job.facts.words) if asks else None

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
            return Fail(self.say(f"{key}_later", *self.again, **params), project=begun(job))
        return Fail(self.say(key, *self.again, **params), self.everything)


Remedy = Callable[[Failure], Outcome]


def recover(situation: Failure) -> Outcome:
    """The outcome for an error: the first row of REMEDIES that fits. What fits none is our defect.

    A token that could not be tried is given up with words of its own: nothing was asked for that
    could be kept."""
    outcome = next(
        (remedy(situation) for kind, remedy in REMEDIES if isinstance(situation.error, kind)),
        _ours(situation),
    )
    if situation.job.plan is Plan.LOGIN and not isinstance(outcome, Retry):
        return Fail(situation.say_aside("trouble.login_later"))
    return bounded(outcome, situation)


class Restless(Exception):
    """A job keeps going back to an earlier step: something is wrong that nobody has named."""


def bounded(outcome: Outcome, situation: Failure) -> Outcome:
    """The outcome, unless the job has begun anew too often: an endless round would cost and tell
    its user nothing."""
    return (
        _ours(situation)
        if isinstance(outcome, Rewind) and situation.job.backs >= BACKS
        else outcome
    )


def still_rendering(job: Job, limit: float, every: float, percent: int | None = None) -> Outcome:
    """Keep polling the same id, until the limit: then the id is kept and a button looks again
    (D28)."""
    waited = job.facts.waited + every
    if waited > limit:
        row = (Button(text("button.check_again", job.language), Command.EXPORT, SELF, "check"),)
        return Fail(Notice(text("trouble.render_slow", job.language), (row,), final=True))
    say = (
        None
        if percent is None
        else Notice(text("status.rendering", job.language, percent=percent), percent=percent)
    )
    return Wait(replace(job.facts, waited=waited), every, say)


def heard(facts: Facts, words: str, failed: bool = False, asked: Question | None = None) -> Facts:
    """The facts with the backend's answer, its button talk taken out, and with what it asks."""
    said = gui.translate(words)
    told = as_told(said.text, asked) if asked else said.text
    return replace(
        facts,
        heard=told,
        raw=(words or told)[:RAW],
        actions=tuple(map(str, said.actions)),
        failed=failed,
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
    facts = job.facts
    if not after_paid(job) or facts.payer is None:
        return None
    return Project(
        facts.session,
        facts.task,
        facts.bind,
        facts.payer,
        made=True,
        maker=job.id if facts.fresh else 0,
    )


def _anew(job: Job) -> Rewind:
    """From the session on once more, with the files; the payer and what was paid for stay as they
    are."""
    facts = replace(job.facts, session="", fresh=True, uploaded=False, doubt=False, upload_tries=0)
    key = "status.fresh_project" if job.facts.fresh else "status.timeline_gone"
    return Rewind(facts, Step.CONNECT, Notice(text(key, job.language)), drop_project=True)


def _token_rejected(situation: Failure) -> Outcome:
    job = situation.job
    match job.facts.payer:
        case Payer.OWN:
            return Fail(situation.say_aside("trouble.own_token"), situation.everything)
        case Payer.OPERATOR:
            return Fail(situation.say("trouble.operator_token"), situation.everything)
    if (
        job.facts.renewed
    ):  # a new token is refused as well; asking on and on would use up the quota of the address
        return situation.over("trouble.ours")
    facts = replace(job.facts, payer=None, renewed=True)
    if job.plan is Plan.MAKE and job.facts.fresh and _before_paid(job):
        return replace(_anew(replace(job, facts=facts)), say=None, drop_token=True)
    resume = None if job.step is Step.CONNECT else job.step
    return Rewind(replace(facts, resume=resume), Step.CONNECT, drop_token=True)


def _session_gone(situation: Failure) -> Outcome:
    job = situation.job
    brought = job.plan is Plan.MAKE and bool(situation.files or job.facts.links or job.facts.fresh)
    if brought and _before_paid(job) and job.facts.restarted:
        return situation.over("trouble.ours")
    if brought and _before_paid(job):
        return _anew(replace(job, facts=replace(job.facts, restarted=True)))
    new = situation.button("new", Command.NEW)
    maker = situation.maker or (job.id if job.plan is Plan.MAKE and situation.files else 0)
    if not maker:
        return Fail(
            situation.say("trouble.project_gone", (new,)), situation.everything, drop_project=True
        )
    row = (situation.button("from_photos", Command.AGAIN, job=maker), new)
    return Fail(
        situation.say("trouble.project_gone_photos", row), situation.everything, drop_project=True
    )


def _no_credits(situation: Failure) -> Outcome:
    job = situation.job
    match job.facts.payer:
        case Payer.OPERATOR:
            say = situation.say("trouble.no_credits_operator")
        case Payer.OWN:
            say = situation.say_aside("trouble.no_credits_own", _more(situation), *situation.again)
        case _:
            say = situation.say_aside("trouble.no_credits_free", _more(situation), *situation.again)
    return Fail(say, situation.everything, project=begun(job))


def _more(situation: Failure) -> tuple[Button, ...]:
    """The way to more credits, as a button."""
    return (
        Button(text("button.more_credits", situation.job.language), url=_registration(situation)),
    )


def _registration(situation: Failure) -> str:
    """Where the user registers and keeps the history; who pays with a token of an account has none
    to keep (D8)."""
    error = situation.error
    if situation.job.facts.payer in (Payer.OWN, Payer.OPERATOR):
        return register_link(situation.web_url, "")
    assert isinstance(error, errors.NemoError), "only the backend's own refusals lead here"
    return error.register_url or register_link(situation.web_url, error.bind or situation.bind)


def _export_blocked(situation: Failure) -> Outcome:
    job = situation.job
    opens = job.facts.session and job.facts.payer and job.private
    if opens and job.step is not Step.LINK and not job.facts.blocked:
        # the project link belongs to these words: fetched first, then they are said
        return Rewind(
            replace(job.facts, blocked=True, url="", page=_registration(situation)), Step.LINK
        )
    row = (situation.button("export", Command.EXPORT),)
    say = situation.say_aside("trouble.export_blocked", row, link=_registration(situation))
    return Fail(say, situation.everything, project=begun(job))


def _bad_file(key: str, situation: Failure) -> Outcome:
    """One file cannot be used: nothing is paid for, the others and the words are kept, a button
    goes on without it."""
    number = len(situation.job.facts.parts)
    bad = situation.files[number] if number < len(situation.files) else None
    others = (*(file for file in situation.files if file is not bad), *situation.job.facts.linked)
    words = situation.say(
        key,
        name=(bad.name if bad else "")
        or text("trouble.numbered", situation.job.language, number=number + 1),
        accepted=situation.accepted,
        limit=_limit_of(situation),
    )
    if others and situation.job.facts.words:
        more = text("trouble.others_kept", situation.job.language, count=len(others))
        row = (situation.button("go_on", Command.VIDEO, "go"),)
        words = replace(words, text=f"{words.text}\n\n{more}", buttons=(row,))
    return Fail(words, Kept(others, situation.job.facts.words))


def _limit_of(situation: Failure) -> int:
    """Minutes of sound; else megabytes, of all files together or of one."""
    match situation.error:
        case TooMuchTogether(limit=limit):
            return limit
        case SoundTooLong(seconds=seconds):
            return round(seconds / 60)
    return situation.skill.max_mb


def _refused_upload(key: str, situation: Failure) -> Outcome:
    """The backend itself refused a file. Which one is not said, so all of them go back to the
    user."""
    if situation.job.step is Step.BRING:
        return _bad_file(key, situation)
    one = text("trouble.a_file", situation.job.language)
    params = {"name": one, "accepted": situation.accepted, "limit": situation.skill.max_mb}
    keep = None if after_paid(situation.job) else Kept((), situation.job.facts.words)
    return Fail(situation.say(key, **params), keep, project=begun(situation.job))


def _busy(situation: Failure) -> Outcome:
    job, error = situation.job, situation.error
    assert isinstance(error, errors.Busy)
    if error.endpoint == "token":
        return _quota(situation)
    if job.step is Step.POLL:
        return still_rendering(
            job, situation.render_limit, max(situation.poll_seconds, error.retry_after or 0.0)
        )
    if job.attempts == 0:
        pause = error.retry_after if error.retry_after is not None else situation.busy_seconds
        return Retry(pause, Notice(text("status.busy", job.language)))
    return situation.over("trouble.busy")


def _quota(situation: Failure) -> Outcome:
    """A 429 on the token call: the operator pays if there is one, else nobody can for a while
    (D3)."""
    until = refused(situation.purse, situation.now)
    if situation.purse.operator:
        return Rewind(
            replace(situation.job.facts, payer=Payer.OPERATOR), Step.CONNECT, closed_until=until
        )
    day = datetime.fromtimestamp(until, UTC).strftime("%Y-%m-%d")
    return Fail(
        situation.say("trouble.no_free_tokens", day=day), situation.everything, closed_until=until
    )


def _unclear(situation: Failure) -> Outcome:
    """Cut, or a server error after the request arrived: nobody knows what was done, so look before
    acting (D20)."""
    job, error = situation.job, situation.error
    match job.step:
        case Step.GENERATE:
            said = error.end.text if isinstance(error, TurnCut) else ""
            return Next(replace(heard(job.facts, said), cut=True))
        case Step.UPLOAD:
            facts = replace(job.facts, doubt=True, upload_tries=job.facts.upload_tries + 1)
            return (
                replace(_patience(situation), facts=facts)
                if _patient(situation)
                else _give_up(situation)
            )
        case Step.RENDER:
            facts = replace(job.facts, doubt=True)
            return (
                replace(_patience(situation), facts=facts)
                if _patient(situation)
                else _give_up(situation)
            )
    return _not_sent(situation)


def _not_sent(situation: Failure) -> Outcome:
    if situation.job.step is Step.POLL:
        return still_rendering(situation.job, situation.render_limit, situation.poll_seconds)
    return _patience(situation) if _patient(situation) else _give_up(situation)


def _patient(situation: Failure) -> bool:
    return situation.now - situation.job.created < PATIENCE


def _patience(situation: Failure, key: str = "status.unreachable") -> Retry:
    """Later, in growing steps; the request stays queued and its user knows, with the name of who
    cannot be reached."""
    job = situation.job
    say = (
        Notice(text(key, job.language, platform=situation.platform))
        if job.attempts + 1 == TOLD_AFTER
        else None
    )
    return Retry(backoff(job.attempts, situation.retry_seconds, situation.luck), say)


def _not_fetched(situation: Failure) -> Outcome:
    """The platform does not hand a file out at present: it is the one to name, not the video
    service."""
    if _patient(situation):
        return _patience(situation, "status.platform_away")
    return situation.over("trouble.platform_away", platform=situation.platform)


def _paused(situation: Failure) -> Outcome:
    """The platform asks for a pause while a file is fetched: kept as a due time, then the request
    goes on by itself."""
    job, error = situation.job, situation.error
    assert isinstance(error, Flooded)
    if not _patient(situation):
        return situation.over("trouble.platform_away", platform=situation.platform)
    pause = min(
        max(error.seconds, backoff(job.attempts, situation.retry_seconds, situation.luck)),
        LONGEST_WAIT,
    )
    say = Notice(text("status.platform_pause", job.language, platform=situation.platform))
    return Retry(pause, say if pause >= WORTH_TELLING else None)


def _perhaps_gone(situation: Failure) -> Outcome:
    """A sentence with two meanings is read as the one that costs its user nothing: asked again
    first."""
    if situation.job.attempts + 1 < ASKED_FOR:
        return _patience(situation, "status.platform_away")
    return _bad_file("trouble.file_gone", situation)


def _short(situation: Failure) -> Outcome:
    """This machine has run out of disk or handles: it passes when its operator makes room, so the
    request waits."""
    if not machine.short(situation.error):
        return _ours(situation)
    if situation.job.step in (Step.GENERATE, Step.RENDER, Step.POLL):
        return _unclear(situation)
    return (
        _patience(situation, "status.machine")
        if _patient(situation)
        else situation.over("trouble.machine")
    )


def backoff(failures: int, first: float, luck: float, longest: float = LONGEST_PAUSE) -> float:
    """Seconds until the next try: doubled with every failure up to `longest`, then between half and
    all of it."""
    return min(first * 2.0 ** min(failures, 32), longest) * (1 + luck) / 2


def _give_up(situation: Failure) -> Outcome:
    return situation.over("trouble.unreachable")


def _client_id(situation: Failure) -> Outcome:
    return Retry(0.0) if situation.job.attempts == 0 else _ours(situation)


def _ours(situation: Failure) -> Outcome:
    """Something on our side: said plainly, and what the user sent is kept."""
    return situation.over("trouble.ours")


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
    (Occupied, lambda situation: situation.over("trouble.converter_busy")),
    (ConverterMissing, partial(_bad_file, "trouble.no_converter")),
)
