"""Commands and buttons: what each one does, without any reading of words (D37)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from math import ceil

from core import i18n
from core.domain.admission import MOST_OPEN, Space, Verdict, afford, named
from core.domain.conversation.amendments import EDITED
from core.domain.conversation.answering import languages
from core.domain.conversation.chat import (
    Chat,
    Context,
    Decision,
    Start,
    asking,
    asks,
    queued,
    reply,
    suggestion_buttons,
    to_job,
    toast,
    what_now,
)
from core.domain.gathering import Bundle, Item, Line
from core.domain.intents import resolution
from core.domain.numbers import whole
from core.domain.privacy import described
from core.domain.requests import (
    READ_ONLY,
    USUAL_CREDITS,
    Facts,
    Job,
    Kept,
    Notice,
    Plan,
    Project,
    Step,
)
from core.domain.sizes import fitting
from core.domain.understanding import Wish, read
from core.i18n import placed, text
from core.messages import Button, Command, Inbound, Outbound, Video
from core.skills import Skill

Obey = Callable[[Context, Inbound, float], Decision]


def obey(context: Context, inbound: Inbound, command: Command, now: float) -> Decision:
    """Carry out a command. In a group, what is for one reader's eyes is answered aside, and the
    group is told so."""
    decision = COMMANDS.get(command, _help)(context, inbound, now)
    return told_aside(context, inbound, decision, later=command in ASIDE)


def told_aside(
    context: Context, inbound: Inbound, decision: Decision, *, later: bool = False
) -> Decision:
    """The same, with words where it was asked that the whole answer is (or, `later`, will be) in
    private.

    For all to read under a message, for who pressed alone under a button.
    """
    aside = bool(decision.posts) and all(post.address == inbound.aside for post in decision.posts)
    if inbound.private or not inbound.aside or not (aside or later):
        return decision
    words = text("talk.in_private", context.chat.speaks)
    note = (
        reply(context, inbound, words) if inbound.ticket is None else toast(context, inbound, words)
    )
    return replace(decision, posts=(*decision.posts, note))


ASIDE = frozenset({Command.CREDITS, Command.LOGIN})
"""Commands whose answer comes later, and in private."""


def owns(inbound: Inbound, job: Job) -> bool:
    """Whether the job that a button names belongs to who pressed it."""
    return (job.user, job.address.platform) == (inbound.user, inbound.address.platform)


def not_yours(context: Context, inbound: Inbound) -> Decision:
    """A button under somebody else's message is answered with words and does nothing."""
    key = (
        "talk.masked_video"
        if context.named and _in_a_chats_name(context.named)
        else "talk.not_yours"
    )
    return Decision(
        context.chat, posts=(toast(context, inbound, text(key, context.chat.speaks)),), refused=key
    )


def _in_a_chats_name(job: Job) -> bool:
    """A request of an earlier version, taken from somebody who wrote as a group or channel: those
    have such numbers."""
    return job.user.startswith("-")


def too_many(context: Context, inbound: Inbound, verdict: Verdict, now: float) -> Decision:
    """A limit: what was sent is kept, and the words say when it is possible again."""
    hours, minutes = (max(1, ceil((verdict.again - now) / seconds)) for seconds in (3600, 60))
    waiting = context.chat.holds(now)
    wished = inbound.command in (None, Command.VIDEO) and isinstance(
        read(inbound.text, context.chat.speaks), Wish
    )
    wish = inbound.text.strip() if wished else ""
    keep = Kept(
        waiting.files + inbound.attachments, wish or waiting.wish, context.wanted or waiting.skill
    )
    words = text(verdict.reason, context.chat.speaks, hours=hours, minutes=minutes, count=MOST_OPEN)
    posts = (reply(context, inbound, words, discreet=True),)
    return Decision(context.chat.keeping(keep, now), posts=posts, refused=verdict.reason)


IMPERSONAL = frozenset({Command.START, Command.HELP, Command.PRIVACY, Command.SETTINGS})
"""Commands whose answer is the same for everybody in a place."""


def unnamed(context: Context, inbound: Inbound, now: float) -> Decision:
    """Somebody whom the platform hides: what is everybody's is answered, for all else they must
    show themselves.

    Nothing is kept, since it would belong to all who write under that name. Who floods is answered
    a few times."""
    if not inbound.addressed or context.owed >= ENOUGH:
        return Decision(context.chat)
    if inbound.command in IMPERSONAL:
        decision = COMMANDS[inbound.command](context, inbound, now)
        return Decision(context.chat, posts=decision.posts, space=decision.space)
    key = "talk.token_in_public" if inbound.token else "talk.masked"
    return Decision(
        context.chat, posts=(reply(context, inbound, text(key, context.chat.speaks)),), refused=key
    )


ENOUGH = 3
"""Answers on their way to one such name."""


def _private(context: Context, inbound: Inbound, key: str, **params: object) -> Outbound:
    return reply(context, inbound, text(key, context.chat.speaks, **params), discreet=True)


def _short(context: Context, inbound: Inbound, key: str) -> Outbound:
    """A word to who asked alone: where others read, a line under the button that was pressed is
    enough."""
    if inbound.aside and inbound.ticket:
        return toast(context, inbound, text(key, context.chat.speaks))
    return _private(context, inbound, key)


def _start(context: Context, inbound: Inbound, now: float) -> Decision:
    """The greeting. A deep link (`?start=slug`) brings its reader to the profile that it names."""
    language = context.chat.speaks
    if inbound.text.strip() in context.skills:
        context = replace(context, chat=replace(context.chat, skill=inbound.text.strip()))
    how = placed("how", language, inbound.address.platform, private=inbound.private)
    words = "\n\n".join((context.skill.greeting[language], how, text("talk.third_party", language)))
    chat = replace(context.chat, introduced=True)
    return Decision(
        chat, posts=(reply(context, inbound, words, *suggestion_buttons(context.skill, language)),)
    )


def _help(context: Context, inbound: Inbound, now: float) -> Decision:
    language = context.chat.speaks
    tips = "\n".join(f"• {tip}" for tip in context.skill.tips[language])
    place = partial(
        placed, language=language, platform=inbound.address.platform, private=inbound.private
    )
    words = text(
        "talk.help",
        language,
        send=place("send"),
        change=place("change"),
        tips=tips,
        formats=", ".join(context.skill.formats).upper(),
        limit=context.skill.max_mb,
        time=_promised(context.skill, language),
        example=context.skill.example[language],
    )
    return Decision(context.chat, posts=(reply(context, inbound, words),))


def _promised(skill: Skill, language: str) -> str:
    """How long the service says that a video takes; what we see ourselves is told with each request
    (D39)."""
    shortest, longest = skill.expected_seconds
    if shortest < MINUTE:
        return text("talk.help_seconds", language, shortest=shortest, longest=longest)
    return text(
        "talk.help_minutes", language, shortest=shortest // MINUTE, longest=ceil(longest / MINUTE)
    )


MINUTE = 60


def _new(context: Context, inbound: Inbound, now: float) -> Decision:
    dropped = _dropped(context, now)
    chat = replace(context.chat, kept=(), wish="", offers=(), project=None, renewed=now)
    going_on = [
        job for job in context.open if job.plan not in READ_ONLY and job.step is not Step.GATHER
    ]
    running = text("talk.new_running", chat.speaks) if going_on else ""
    words = "\n".join(filter(None, (dropped, f"{text('talk.new', chat.speaks)} {running}".strip())))
    words = asking(words, chat.speaks, inbound.address, private=inbound.private)
    gathered = tuple(job.id for job in context.open if job.step is Step.GATHER)
    return Decision(chat, posts=(reply(context, inbound, words),), cancel=gathered)


def _dropped(context: Context, now: float) -> str:
    """What goes with cancel and new, in words; empty where nothing waits."""
    waiting = context.chat.holds(now)
    gathered = [job for job in context.open if job.step is Step.GATHER and not job.cancelled]
    photos = len(waiting.files) + sum(len(job.bundle.items) for job in gathered)
    if photos:
        return text("ask.dropped_photo", context.chat.speaks, count=photos)
    offered = context.chat.offered(now)
    return (
        text("ask.dropped_words", context.chat.speaks)
        if waiting.wish or gathered or offered
        else ""
    )


def _export(context: Context, inbound: Inbound, now: float) -> Decision:
    asked = context.named
    if asked is not None and asked.facts.render and not asked.facts.url and inbound.text == "check":
        facts = replace(asked.facts, looks=0, waited=0.0)
        job = replace(to_job(context, inbound, Plan.WATCH, facts, now), skill=asked.skill)
        return _begin(context, job, "status.checking")
    if context.chat.project is None:
        return Decision(
            context.chat, posts=(_underway(context, inbound, "talk.nothing_to_export", now),)
        )
    facts = replace(_about(context.chat.project), resolution=resolution(inbound.text))
    job = to_job(context, inbound, Plan.EXPORT, facts, now)
    return _begin(context, job, "status.exporting")


def _about(project: Project) -> Facts:
    """Facts of a job about the project at hand: its session belongs to the token that made it."""
    return Facts(session=project.session, task=project.task, bind=project.bind, payer=project.payer)


def _underway(context: Context, inbound: Inbound, otherwise: str, now: float) -> Outbound:
    """How many requests run, which photos wait for words, or what to say where there is nothing at
    all."""
    language, running = context.chat.speaks, _running(context)
    if running and all(job.facts.asked and not job.facts.confirmed for job in running):
        return _price_again(context, inbound, running[-1])
    if running:
        return reply(context, inbound, text("talk.status_running", language, count=len(running)))
    unsaid = (
        job
        for job in context.open
        if job.step is Step.GATHER and not job.cancelled and not job.bundle.words
    )
    gathered = sum(len(job.bundle.items) for job in unsaid)
    photos = len(context.chat.holds(now).files) + gathered
    if inbound.attachments:  # what to make of them is asked in a moment
        return reply(context, inbound, text("talk.no_video_yet", language))
    if photos:
        words = text("talk.no_video_yet", language)
        words += f"\n{text('answer.next_photo', language, count=photos)}"
        return reply(context, inbound, words, *suggestion_buttons(context.skill, language))
    return asks(context, inbound, otherwise)


def _price_again(context: Context, inbound: Inbound, job: Job) -> Outbound:
    """What waits for a yes to its price is not in progress: the question once more."""
    language, balance = context.chat.speaks, job.facts.balance
    key = "talk.confirm" if inbound.private and balance is not None else "talk.confirm_group"
    words = text(key, language, needed=USUAL_CREDITS.get(job.plan, 0), available=balance)
    row = (
        Button(text("button.confirm", language), Command.CONFIRM, job.id),
        Button(text("button.cancel", language), Command.CANCEL, job.id),
    )
    return reply(context, inbound, words, row)


def _running(context: Context) -> list[Job]:
    mine = (job for job in context.open if job.plan not in READ_ONLY and not job.cancelled)
    return [job for job in mine if job.step is not Step.GATHER or job.bundle.words]


def _status(context: Context, inbound: Inbound, now: float) -> Decision:
    if context.chat.project is None:
        return Decision(
            context.chat, posts=(_underway(context, inbound, "talk.status_nothing", now),)
        )
    job = to_job(context, inbound, Plan.STATUS, _about(context.chat.project), now)
    return Decision(context.chat, start=(Start(job),))


def _credits(context: Context, inbound: Inbound, now: float) -> Decision:
    administers = inbound.admin or named(context.rules.admins, inbound, inbound.user)
    facts = Facts(for_group=bool(inbound.space) and administers)
    return Decision(
        context.chat, start=(Start(to_job(context, inbound, Plan.CREDITS, facts, now)),)
    )


def _edit(context: Context, inbound: Inbound, now: float) -> Decision:
    """The Edit button: it only asks; `/edit words` is read as words."""
    return Decision(
        context.chat,
        posts=(
            asks(context, inbound, "talk.edit" if context.chat.project else "talk.nothing_to_edit"),
        ),
    )


def _again(context: Context, inbound: Inbound, now: float) -> Decision:
    """Run a finished wish once more, as the user's own decision to pay again."""
    again = context.named
    if again is None or not (again.bundle.items or again.facts.words):
        return Decision(context.chat, posts=(_short(context, inbound, "talk.again_gone"),))
    words = context.chat.wish if inbound.text == EDITED else again.facts.words or again.bundle.words
    return _made_again(context, inbound, again, words, now)


def once_more(context: Context, inbound: Inbound, change: str, now: float) -> Decision:
    """The last video once more, as words ask for it, with the change that they name."""
    again = next(
        (
            job
            for job in context.past
            if job.plan is Plan.MAKE and (job.bundle.items or job.facts.words)
        ),
        None,
    )
    if again is None:
        return Decision(context.chat, posts=(asks(context, inbound, "ask.nothing_made"),))
    words = "\n".join(filter(None, (again.facts.words or again.bundle.words, change.strip())))
    return _made_again(context, inbound, again, words, now)


def _made_again(context: Context, inbound: Inbound, again: Job, words: str, now: float) -> Decision:
    afforded = afford(context.rules, context.space, context.spent, now)
    if not afforded.allowed:
        return too_many(context, inbound, afforded, now)
    job = to_job(context, inbound, Plan.MAKE, Facts(), now)
    files = (*again.facts.files, *again.facts.linked) or again.bundle.files
    items = tuple(Item(place, file) for place, file in enumerate(files))
    bundle = Bundle(items, (Line(0, words),), opened=now, addressed=True, anew=True, agreed=True)
    return _begin(context, replace(job, bundle=bundle, skill=again.skill), "status.on_it")


def _cancel(context: Context, inbound: Inbound, now: float) -> Decision:
    """Stop what runs; without a button that names one, drop what waits as well, and say so."""
    mine = [job for job in context.open if job.plan not in READ_ONLY and not job.cancelled]
    chosen = [job for job in mine if job.id == inbound.job] if inbound.job else mine
    dropped = "" if inbound.job else _dropped(context, now)
    if not chosen and not dropped:
        key = "talk.already_over" if inbound.job else "talk.nothing_to_cancel"
        return Decision(context.chat, posts=(_short(context, inbound, key),))
    stopped = [job for job in chosen if job.step is not Step.GATHER]
    words = filter(None, (_stopping(context, stopped), dropped))
    chat = replace(context.chat, kept=(), wish="", offers=()) if dropped else context.chat
    rendering = [
        job for job in stopped if job.facts.render and job.step in (Step.RENDER, Step.POLL)
    ]
    return Decision(
        chat,
        cancel=tuple(job.id for job in chosen),
        posts=(
            reply(context, inbound, "\n".join(words) or text("talk.cancelling_early", chat.speaks)),
        ),
        start=tuple(
            Start(replace(to_job(context, inbound, Plan.ABANDON, job.facts, now)))
            for job in rendering
        ),
    )


def _stopping(context: Context, stopped: list[Job]) -> str:
    """Credits are spoken of only where the paid request may be on its way."""
    if not stopped:
        return ""
    early = all(job.step in UNPAID for job in stopped)
    return text("talk.cancelling_early" if early else "talk.cancelling", context.chat.speaks)


UNPAID = frozenset({Step.GATHER, Step.CONNECT, Step.BRING, Step.UPLOAD, Step.PRICE, Step.MARK})
"""Steps before the paid request."""


def _confirm(context: Context, inbound: Inbound, now: float) -> Decision:
    """The price is accepted: the request goes on."""
    waiting = [
        job
        for job in context.open
        if job.id == inbound.job and job.facts.asked and not job.facts.confirmed
    ]
    if not waiting:
        return Decision(context.chat, posts=(_short(context, inbound, "talk.already_over"),))
    posts = (reply(context, inbound, text("status.on_it", context.chat.speaks)),)
    return Decision(context.chat, confirm=(waiting[0].id,), posts=posts)


def _undo(context: Context, inbound: Inbound, now: float) -> Decision:
    """The version before: its stored draft is exported as it was. Exporting is free."""
    before = context.named or _last_change(context)
    if before is None or not before.facts.before:
        key = "talk.again_gone" if inbound.job else "talk.nothing_to_undo"
        return Decision(context.chat, posts=(_short(context, inbound, key),))
    kept = before.facts
    facts = Facts(
        session=kept.session, payer=kept.payer, task=kept.task, draft=kept.before, pinned=True
    )
    job = replace(to_job(context, inbound, Plan.EXPORT, facts, now), skill=before.skill)
    return _begin(context, job, "status.undoing")


def _last_change(context: Context) -> Job | None:
    """The last request that changed the timeline of the project at hand."""
    project = context.chat.project
    same = (
        job for job in context.past if project is not None and job.facts.session == project.session
    )
    return next(same, None)


def _language(context: Context, inbound: Inbound, now: float) -> Decision:
    wanted = i18n.named(inbound.text)
    if wanted:
        context = replace(context, chat=replace(context.chat, language=wanted))
        return Decision(
            context.chat, posts=(reply(context, inbound, text("talk.language_set", wanted)),)
        )
    rows = languages()
    return Decision(
        context.chat,
        posts=(reply(context, inbound, text("talk.language_ask", context.chat.speaks), *rows),),
    )


def _skill(context: Context, inbound: Inbound, now: float) -> Decision:
    language = context.chat.speaks
    chosen = context.skills.get(inbound.text.strip())
    if chosen is not None:
        chat = replace(context.chat, skill=chosen.slug)
        words = text(
            "talk.skill_set",
            language,
            title=chosen.title[language],
            greeting=chosen.greeting[language],
        )
        return Decision(
            chat, posts=(reply(context, inbound, words, *suggestion_buttons(chosen, language)),)
        )
    rows = tuple(
        (
            Button(
                f"{'✓ ' if skill.slug == context.skill.slug else ''}{skill.title[language]}",
                Command.SKILL,
                None,
                slug,
            ),
        )
        for slug, skill in context.skills.items()
    )
    return Decision(
        context.chat, posts=(reply(context, inbound, text("talk.skill_ask", language), *rows),)
    )


def _privacy(context: Context, inbound: Inbound, now: float) -> Decision:
    words = described(context.chat.speaks)
    return Decision(context.chat, posts=(reply(context, inbound, words, discreet=True),))


def _forget(context: Context, inbound: Inbound, now: float) -> Decision:
    """Ask first; the button carries `yes`. Running requests end, and everything kept of the user is
    erased."""
    language = context.chat.speaks
    if inbound.text.strip() == "yes":
        chat = Chat(
            user=inbound.user, address=inbound.address, spoken=language, private=inbound.private
        )
        return Decision(
            chat,
            posts=(reply(context, inbound, text("talk.forgotten", language), discreet=True),),
            cancel=tuple(job.id for job in context.open),
            erase=True,
        )
    row = (Button(text("button.forget", language), Command.FORGET, None, "yes"),)
    return Decision(
        context.chat,
        posts=(reply(context, inbound, text("talk.forget_ask", language), row, discreet=True),),
    )


def _login(context: Context, inbound: Inbound, now: float) -> Decision:
    """Asked for without a token: how to come by one, and where to say it."""
    unseen = inbound.private or inbound.ticket is not None
    return Decision(
        context.chat,
        posts=(
            _private(context, inbound, "talk.login_ask" if unseen else "talk.login_in_private"),
        ),
    )


def log_in(context: Context, inbound: Inbound, now: float) -> Decision:
    """A token, sealed before it came here. Where others read it is not used: everybody there has
    it.

    Of the words beside it nothing is left; photos wait for words.
    """
    if not inbound.private and (inbound.command is not Command.LOGIN or inbound.ticket is None):
        return Decision(
            context.chat,
            posts=(reply(context, inbound, text("talk.token_in_public", context.chat.speaks)),),
        )
    job = replace(to_job(context, inbound, Plan.LOGIN, Facts(), now), secret=inbound.token)
    if not inbound.attachments:
        return Decision(context.chat, start=(Start(job),))
    waiting, language = context.chat.holds(now), context.chat.speaks
    files = waiting.files + fitting(inbound.attachments, waiting.files, context.rules)
    words = what_now(len(files), language, inbound.address, private=inbound.private)
    question = reply(context, inbound, words, *suggestion_buttons(context.skill, language))
    chat = context.chat.keeping(replace(waiting, files=files), now)
    return Decision(chat, posts=(question,), start=(Start(job),))


def _logout(context: Context, inbound: Inbound, now: float) -> Decision:
    chat = replace(context.chat, project=None, renewed=now)
    return Decision(chat, posts=(_private(context, inbound, "talk.logged_out"),), log_out=True)


def _history(context: Context, inbound: Inbound, now: float) -> Decision:
    """The last videos, each with a button that posts it again (free, and without an upload where
    possible)."""
    language = context.chat.speaks
    if context.named is not None and context.named.video:
        again = context.named
        words = text("talk.history_again", language, url=again.video)
        message = reply(context, inbound, words, discreet=again.private and not inbound.private)
        video = Video(again.video, name=f"video-{again.id}.mp4", ref=again.clip)
        return Decision(context.chat, posts=(replace(message, video=video, job=again.id),))
    if inbound.job:
        return Decision(context.chat, posts=(_short(context, inbound, "talk.history_gone"),))
    made = [job for job in context.past if job.video]
    if (
        not made
        and context.chat.project is None
        and (_running(context) or context.chat.holds(now).files)
    ):
        return Decision(
            context.chat,
            posts=(replace(_underway(context, inbound, "talk.history_empty", now), discreet=True),),
        )
    if not made:
        return Decision(context.chat, posts=(_private(context, inbound, "talk.history_empty"),))
    lines, row = [text("talk.history", language)], []
    for number, job in enumerate(made, 1):
        made_of = " ".join((job.facts.words or text("talk.history_export", language)).split())
        day = datetime.fromtimestamp(job.created, UTC).strftime("%Y-%m-%d")
        lines.append(f"{number}. {day} · {made_of[:80]}")
        row.append(Button(f"▶️ {number}", Command.HISTORY, job.id))
    return Decision(
        context.chat, posts=(reply(context, inbound, "\n".join(lines), tuple(row), discreet=True),)
    )


def _mydata(context: Context, inbound: Inbound, now: float) -> Decision:
    """The words here; the store adds what it keeps, as JSON, in the same write."""
    return Decision(context.chat, posts=(_private(context, inbound, "talk.mydata"),), copy=True)


def _settings(context: Context, inbound: Inbound, now: float) -> Decision:
    """`/settings on`, `/settings language=zh skill=… daily=3 channels=1,2`: for the admins of a
    group or server."""
    language = context.chat.speaks
    if not inbound.space or not (
        inbound.admin or named(context.rules.admins, inbound, inbound.user)
    ):
        return Decision(context.chat, posts=(_private(context, inbound, "talk.settings_admins"),))
    space = context.space
    for word in inbound.text.split():
        name, _, value = word.partition("=")
        space = _set(space, name, value, context)
    words = text(
        "talk.settings",
        language,
        on="✓" if space.on else "✗",
        channels=len(space.channels) or "–",
        speaks=space.language or "–",
        skill=space.skill or context.default_skill,
        daily=space.daily or "–",
    )
    return Decision(
        context.chat, posts=(reply(context, inbound, words, discreet=True),), space=space
    )


MOST_DAILY = 1_000_000
"""What a group may set as its daily limit."""


def _set(space: Space, name: str, value: str, context: Context) -> Space:
    """One setting; what cannot be used leaves everything as it is."""
    match name:
        case "on" | "off":
            return replace(space, on=name == "on")
        case "language" if i18n.named(value) or not value:
            return replace(space, language=i18n.named(value))
        case "skill" if value in context.skills or not value:
            return replace(space, skill=value)
        case "daily" if (daily := whole(value, MOST_DAILY)) is not None:
            return replace(space, daily=daily)
        case "channels":
            return replace(space, channels=tuple(filter(None, value.split(","))))
    return space


def _begin(context: Context, job: Job, key: str) -> Decision:
    job = replace(job, told=job.created)
    return Decision(
        context.chat, start=(Start(job, (Notice(text(key, job.language), queue=queued(context)),)),)
    )


COMMANDS: dict[Command, Obey] = {
    Command.START: _start,
    Command.HELP: _help,
    Command.NEW: _new,
    Command.EDIT: _edit,
    Command.AGAIN: _again,
    Command.EXPORT: _export,
    Command.STATUS: _status,
    Command.CREDITS: _credits,
    Command.CANCEL: _cancel,
    Command.CONFIRM: _confirm,
    Command.UNDO: _undo,
    Command.LANGUAGE: _language,
    Command.SKILL: _skill,
    Command.HISTORY: _history,
    Command.SETTINGS: _settings,
    Command.LOGIN: _login,
    Command.LOGOUT: _logout,
    Command.MYDATA: _mydata,
    Command.PRIVACY: _privacy,
    Command.FORGET: _forget,
}
