"""Runs a conversation written as text through the pure core: `>` is said, `<` is answered, `=` is
what it amounts to.

    > [photo] make a video a message; `[photo]`, `[photo 3]`, `[video]`, `[file 300MB a.mov]` are
    attachments
    > edit: other words           the last message is changed to that
    > /status a command; `> (Export)` presses the newest button whose label contains that
    ~ 📷 Got your photo.            the status message, edited in place and silent
    < There is no video …           a new message that rings;  ` | ` before its buttons' labels
    (wait)                          the settling time passes: piles close
    (later 25h)                     so many hours, minutes or seconds pass
    (unheard 60s) the same, while nobody listens: what is said before and after arrives together
    (done)                          the oldest running request ends with a video
    (wonders Shall I?)              it ends with a question of the service in plain words
    (asks A | B)                    it ends with a question of the service that these words answer
    @ es the platform's language; `@ confirm always`: what the operator has set
    = make files=1 fresh: words     the request that was begun;  `= kept 1`, `= wish …`, `= nothing`

A line that ends in … needs only its beginning to match. Lines with # are comments.
"""

import re
from dataclasses import dataclass, field, replace

from core.domain.conversation import Chat, Context, Decision, close, decide, lookup
from core.domain.conversation.arrival import counts_as_past, session_spoken_of
from core.domain.conversation.chat.memory import chat_after_step
from core.domain.replies import buttons
from core.domain.replies.results import no_such_version
from core.domain.requests import (
    READ_ONLY,
    Job,
    Next,
    Notice,
    Payer,
    Plan,
    Project,
    Reply,
    State,
    Step,
    advance,
    to_outbound,
)
from core.domain.versions import Move, Version, Versions
from core.messages import (
    Address,
    Amended,
    Attachment,
    Button,
    Called,
    Command,
    Happened,
    Outbound,
    Pressed,
    Said,
)
from core.settings import Settings, read
from core.skills import load
from tests import messages
from tests.knowing import knowing

ADDRESS = Address("fake", "chat-1")
MB = 1024 * 1024
PIECE = re.compile(r"\[(photo|video|file|audio)(?: (\d+))?(MB)?(?: ([^\]]+))?\]")
SKILLS = load()
SPAN = {"s": 1.0, "m": 60.0, "h": 3600.0}


@dataclass
class Talk:
    """One user's conversation with the decisions, without a store and without a network."""

    now: float = 1_800_000_000.0
    chat: Chat = field(default_factory=lambda: Chat("user-1", ADDRESS))
    jobs: list[Job] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    buttons: list[Button] = field(default_factory=list)
    said: int = 0
    last: int = 0
    unheard: float = 0.0
    language: str = ""
    settings: Settings = field(default_factory=Settings)
    histories: dict[str, Versions] = field(default_factory=dict)

    def play(self, script: str) -> None:
        """Run a whole script. An answer that was not expected fails as much as one that is
        missing."""
        for number, line in enumerate(script.splitlines(), 1):
            line = line.strip()
            if not line or line.startswith("#"):
                continue
            where = f"line {number}: {line}"
            match line[0]:
                case ">":
                    assert not self.heard, f"{where}\nbefore that the bot also said {self.heard}"
                    self.say(line[1:].strip())
                case "(":
                    assert not self.heard, f"{where}\nbefore that the bot also said {self.heard}"
                    self.pass_time(line.strip("()"))
                case "=":
                    assert self.state() == line[1:].strip(), (where, self.state())
                case "@":
                    self.set_up(line[1:].strip())
                case _:
                    assert self.heard, f"{where}\nbut the bot said nothing"
                    expect(self.heard.pop(0), line, where)
        assert not self.heard, f"at the end the bot also said {self.heard}"

    def set_up(self, what: str) -> None:
        """`es`: what the platform says of the language; `confirm always`: what the operator has
        set."""
        if what.startswith("confirm "):
            self.settings = read(Settings, {"NEMO_CONFIRM": what.removeprefix("confirm ")})
        else:
            self.language = what

    def say(self, words: str) -> None:
        """One message, command or press."""
        self.said += 1
        what = self._happened(words)
        order = self.last if isinstance(what, Amended) else self.said
        self.last = order
        at = self.now + self.unheard
        inbound = messages.happened(
            f"m{self.said}", "user-1", ADDRESS, what, order=order, at=at, language=self.language
        )
        named = next((job for job in self.jobs if job.id == inbound.job), None)
        open_jobs = tuple(job for job in self.jobs if job.state is State.OPEN)
        past = [
            job
            for job in reversed(self.jobs)
            if job.state is not State.OPEN and counts_as_past(lookup(inbound).past, job)
        ]
        known = Context(
            self.chat,
            SKILLS,
            self.settings,
            open_jobs,
            named,
            tuple(past),
            versions=self.histories.get(session_spoken_of(named, self.chat), Versions()),
            histories=self.histories,
        )
        self._apply(decide(known, inbound, self.now))

    def _happened(self, words: str) -> Happened:
        if words.startswith("("):
            label = words.strip("()")
            button = next(it for it in reversed(self.buttons) if label in it.label)
            assert button.command is not None
            return Pressed(button.command, button.text, button.job)
        if words.startswith("edit:"):
            return Amended(words[5:].strip())
        if words.startswith("/"):
            name, _, rest = words[1:].partition(" ")
            return Called(Command(name), rest)
        files = tuple(
            self._file(*found.groups())
            for found in PIECE.finditer(words)
            for _ in range(_count(found))
        )
        return Said(PIECE.sub("", words).strip().replace("\\n", "\n"), files)

    def _file(
        self, kind: str, number: str | None, megabytes: str | None, name: str | None
    ) -> Attachment:
        self.said += 1
        size = int(number) * MB if megabytes and number else 1 * MB
        mime = "audio/mp4" if kind == "audio" else ""
        return Attachment(f"fake:{self.said}", name or "", mime, bytes=size)

    def _apply(self, turn: Decision) -> None:
        self.chat = turn.chat
        for message in turn.posts:
            self._hear(message)
        for cancelled in turn.cancel:
            self._put(
                next(
                    replace(job, state=State.CANCELLED) for job in self.jobs if job.id == cancelled
                )
            )
        for grown in turn.grow:
            self._put(replace(grown.job, bundle=grown.bundle, due=grown.due))
            self._hear(
                to_outbound(replace(grown.job, bundle=grown.bundle), grown.notice)
            ) if grown.notice else None
        for start in turn.start:
            job = replace(start.job, id=len(self.jobs) + 1)
            self.jobs.append(job)
            for words in start.notice:
                self._hear(to_outbound(job, words))

    def _put(self, job: Job) -> None:
        self.jobs = [job if job.id == known.id else known for known in self.jobs]

    def _hear(self, message: Outbound) -> None:
        labels = [
            button
            for row in message.buttons
            for button in row
            if button.command is not Command.CANCEL
        ]
        self.buttons += [button for row in message.buttons for button in row]
        sign = "~" if message.slot else "<"
        tail = " | " + " · ".join(button.label for button in labels) if labels else ""
        self.heard.append(f"{sign} {' / '.join(filter(None, message.text.split(chr(10))))}{tail}")

    def pass_time(self, what: str) -> None:
        """`wait`, `done`, `later 25h`, or `unheard 60s`."""
        if what == "done":
            self._finish()
            return
        if what.startswith("wonders "):
            self._finish(question=what.removeprefix("wonders "))
            return
        if what.startswith("asks "):
            self._finish(tuple(answer.strip() for answer in what[5:].split("|")))
            return
        span = re.fullmatch(r"(?:later|unheard) (\d+)([smh])", what)
        if span and what.startswith("unheard"):
            self.unheard += float(span[1]) * SPAN[span[2]]
            return
        self.unheard = 0.0
        self.now += float(span[1]) * SPAN[span[2]] if span else 6.0
        for job in [
            job for job in self.jobs if job.state is State.OPEN and job.step is Step.GATHER
        ]:
            if job.due <= self.now:
                self._commit(job, close(job, self.chat, SKILLS[job.skill], self.now, self.settings))
        self._connect()

    def _connect(self) -> None:
        """The request whose turn has come says that it begins, as the first step after gathering
        does."""
        running = [
            job for job in self.jobs if job.state is State.OPEN and job.plan not in READ_ONLY
        ]
        if (
            running
            and running[0].step is Step.CONNECT
            and not running[0].progress.connection.announced
        ):
            first = running[0]
            self._put(replace(first, progress=knowing(first.progress, announced=True)))
            if first.plan in (Plan.MAKE, Plan.EDIT):
                self._hear(
                    to_outbound(first, Notice(SKILLS[first.skill].connecting[first.language]))
                )

    def _finish(self, answers: tuple[str, ...] = (), question: str = "") -> None:
        job = next(job for job in self.jobs if job.state is State.OPEN)
        if (move := job.progress.export.move) and not self._moved(job, move):
            return
        known = self.chat.project
        session = known.session if known and not job.progress.connection.fresh else f"s{job.id}"
        before = (
            '{"t":[]}'
            if known and known.session == session and job.plan in (Plan.MAKE, Plan.EDIT)
            else ""
        )
        job = replace(
            job,
            progress=knowing(job.progress, payer=Payer.ANONYMOUS, session=session, before=before),
        )
        asks = bool(answers or question)
        made = bool(known and known.session == session and known.made) or not asks
        project = Project(session, made=made, asks=asks, options=answers)
        say = Notice("❓" if asks else "🎬", buttons.options(Reply(options=answers)), final=True)
        learnt = knowing(job.progress, options=answers, reply=question)
        if job.plan in (Plan.MAKE, Plan.EDIT) and not asks:
            versions = self.histories.get(session, Versions())
            wish = job.progress.wish
            made_now = Version(0, versions.shown, wish.words, wish.everything, job.id)
            self.histories[session] = versions.grown(made_now)
        self._commit(job, Next(learnt, say, last=True, project=project))

    def _moved(self, job: Job, move: Move) -> bool:
        """Whether there is such a version; then it is shown from here on."""
        session = job.progress.session.id
        versions = self.histories.get(session, Versions())
        if number := move.end(versions):
            self.histories[session] = replace(versions, shown=number)
            return True
        self._commit(
            job, Next(job.progress, no_such_version(move.direction, job.language), last=True)
        )
        return False

    def _commit(self, job: Job, outcome: Next) -> None:
        advanced = advance(job, outcome, self.now)
        self._put(advanced.job)
        self.chat = chat_after_step(self.chat, advanced, self.now)
        for message in advanced.posts:
            self._hear(message)
        for spawned in advanced.spawn:
            self.jobs.append(replace(spawned, id=len(self.jobs) + 1))
        if advanced.job.state is not State.OPEN:
            self._connect()

    def state(self) -> str:
        """What the newest open request amounts to, else what is kept."""
        running = [job for job in self.jobs if job.state is State.OPEN]
        if running and running[-1].step is Step.GATHER:
            return f"gathering {len(running[-1].bundle.items)}"
        if running:
            job = running[-1]
            wish = job.progress.wish
            files = f" files={len(wish.files)}" if wish.files else ""
            links = f" links={len(wish.links)}" if wish.links else ""
            fresh = " fresh" if job.progress.connection.fresh else ""
            said = " / ".join(wish.words.splitlines())
            return f"{job.plan}{files}{links}{fresh}: {said}".rstrip(": ")
        holds = self.chat.holds(self.now)
        kept = [f"kept {len(holds.files)}"] if holds.files else []
        words = [f"wish {holds.wish}"] if holds.wish else []
        return " ".join(kept + words) or "nothing"


def _count(found: re.Match[str]) -> int:
    return int(found[2]) if found[2] and not found[3] else 1


def expect(heard: str, line: str, where: str) -> None:
    """One answer against one expected line."""
    if line.endswith("…") and not heard.endswith("…"):
        assert heard.startswith(line[:-1]), f"{where}\nbut the bot said {heard}"
    else:
        assert heard == line, f"{where}\nbut the bot said {heard}"
