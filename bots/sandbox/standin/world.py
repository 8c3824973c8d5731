"""All the backend remembers: accounts and their credits, sessions with media and draft, renders."""

import base64
import hashlib
import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bots.sandbox.standin.director import Medium, Project
from bots.sandbox.standin.recalling import Change

WEEK = 7 * 24 * 3600.0


@dataclass
class Account:
    """Somebody with a token; `label` stands for the token wherever it must not be seen. Times are
    epoch seconds."""

    token: str
    label: str
    user: str
    expires: float
    credits: int
    frozen: int = 0
    anonymous: bool = True
    client: str = ""

    @property
    def available(self) -> int:
        """Credits that are not reserved by running work."""
        return self.credits - self.frozen


@dataclass
class Session:
    """A project. `changes` are the turns that have changed its timeline, oldest first; the state
    shows the newest draft alone. `fresh` are media no timeline has used yet, `running` the turns
    under way at this moment.
    """

    id: str
    task: str
    name: str
    language: str
    account: Account
    media: list[Medium] = field(default_factory=list)
    fresh: set[str] = field(default_factory=set)
    draft: dict[str, Any] | None = None
    analyses: dict[str, Any] = field(default_factory=dict)
    turns: int = 0
    running: int = 0
    changes: tuple[Change, ...] = ()

    def project(self) -> Project:
        """The part the director decides on, as it is now."""
        return Project(tuple(self.media), frozenset(self.fresh), self.draft, self.turns)


@dataclass
class Render:
    """An export. `status` is pending, processing, completed or failed; `progress` 0-100; `polls`
    counts questions."""

    id: str
    account: Account
    created: float
    status: str = "pending"
    progress: int = 0
    error: str = ""
    completed: float = 0.0
    seconds: float = 0.0
    path: Path | None = None
    polls: int = 0
    slow: int = 0
    hidden: int | None = 0
    cancelled: bool = False


class QuotaExceeded(Exception):
    """One token a client id and ten an address in seven days are used up."""


class World:
    """Everything in memory. A seed makes the same ids again, None makes new ones; `clock` gives
    epoch seconds."""

    def __init__(self, seed: int | None, clock: Callable[[], float], credits: int) -> None:
        self._dice = random.Random(seed)  # noqa: S311 (invented ids; nothing here is secret)
        self.clock = clock
        self._credits = credits
        self.accounts: dict[str, Account] = {}
        self.sessions: dict[str, Session] = {}
        self.renders: dict[str, Render] = {}
        self.media: dict[str, Path] = {}
        self._grants: list[tuple[float, str, str]] = []
        self._admitted = 0

    def hexadecimal(self, letters: int) -> str:
        """A random id of so many hex digits."""
        return f"{self._dice.getrandbits(letters * 4):0{letters}x}"

    def uuid(self) -> str:
        """A random UUID4."""
        return str(uuid.UUID(int=self._dice.getrandbits(128), version=4))

    def _secret(self, prefix: str) -> str:
        return prefix + base64.urlsafe_b64encode(self._dice.randbytes(32)).decode().rstrip("=")

    def grant(self, client: str, address: str, quota: bool) -> Account:
        """A token for a client id. The same id keeps its user. Raises QuotaExceeded."""
        now = self.clock()
        recent = [
            (moment, who, where) for moment, who, where in self._grants if moment > now - WEEK
        ]
        if quota and (
            any(who == client for _, who, _ in recent)
            or sum(at == address for *_, at in recent) >= 10
        ):
            raise QuotaExceeded
        self._grants = [*recent, (now, client, address)]
        user = f"anon_{hashlib.sha256(client.encode()).hexdigest()[:24]}"
        return self.admit(self._secret("nmv_usr_"), user, self._credits, client=client)

    def admit(
        self, token: str, user: str, credits: int, client: str = "", anonymous: bool = True
    ) -> Account:
        """Make a token known, an anonymous one for seven days, one of a registered user for
        good."""
        expires = self.clock() + WEEK if anonymous else float("inf")
        self._admitted += 1
        label = f"token-{self._admitted}"
        account = Account(token, label, user, expires, credits, anonymous=anonymous, client=client)
        self.accounts[token] = account
        return account

    def revoke(self, token: str) -> None:
        """Refuse this token from now on; its client id may ask for a new one, as after seven
        days."""
        account = self.accounts.pop(token, None)
        if account is not None:
            self._grants = [grant for grant in self._grants if grant[1] != account.client]

    def claim(self) -> str:
        """A token that opens a project in a browser."""
        return self._secret("clm_")

    def open_session(self, account: Account, name: str, language: str) -> Session:
        """A new project; its id has 19 digits, more than a float can hold."""
        number = str(self._dice.randrange(2 * 10**18, 9 * 10**18) | 1)
        session = Session(number, self.uuid(), name, language, account)
        self.sessions[session.id] = session
        return session

    def session(self, ident: object, account: Account) -> Session | None:
        """The project, if it is this account's. A renewed token of the same client id still owns
        it."""
        session = self.sessions.get(ident) if isinstance(ident, str) else None
        if session is None or (session.account.user != account.user):
            return None
        return session

    def add_medium(self, session: Session, medium: Medium, path: Path) -> None:
        """Put a file into a project."""
        session.media.append(medium)
        session.fresh.add(medium.id)
        self.media[medium.id] = path

    def open_render(self, ident: str, account: Account) -> Render:
        """A new export under the client's own id."""
        render = Render(ident, account, self.clock())
        self.renders[ident] = render
        return render

    def render(self, ident: str, account: Account) -> Render | None:
        """The export, if it is this account's."""
        render = self.renders.get(ident)
        return render if render is not None and render.account.user == account.user else None


def as_info(medium: Medium) -> dict[str, Any]:
    """A medium as `video_infos` and the upload's answer show it."""
    shown: dict[str, Any] = {
        "filename": medium.name,
        "file_type": medium.kind,
        "cdn_url": medium.url,
    }
    if medium.kind != "audio":
        shown |= {"width": medium.width, "height": medium.height}
    if medium.kind != "image":
        shown |= {"duration": round(medium.seconds, 3)}
    if medium.kind == "video":
        shown |= {"fps": round(medium.fps, 3)}
    return shown
