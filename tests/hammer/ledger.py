"""What the hammer holds against the stores: who has what at this moment, and what is wrong with
it."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from core.domain.limits.capacity import AT_ONCE_IN_A_CHAT, STEPS_OF_ONE_USER
from core.domain.requests import Job, Step
from core.store import Post

FREELY = frozenset((Step.GATHER,))
"""A step that waits behind no other of its lock."""


@dataclass
class Ledger:
    """`wrong` says in words what must not be, each with how often."""

    jobs: dict[int, Job] = field(default_factory=dict)
    posts: dict[int, Post] = field(default_factory=dict)
    last: dict[tuple[str, str], int] = field(default_factory=dict)
    taken: Counter[str] = field(default_factory=Counter)
    posted: Counter[int] = field(default_factory=Counter)
    steps: int = 0
    wrong: Counter[str] = field(default_factory=Counter)

    def claimed(self, job: Job) -> None:
        """A store says that this job is its own from now on."""
        if job.id in self.jobs:
            self.wrong["a job was claimed by two"] += 1
        self.jobs[job.id] = job
        mine = [each for each in self.jobs.values() if each.user == job.user]
        if sum(each.step is not Step.GENERATE for each in mine) > STEPS_OF_ONE_USER:
            self.wrong["one person has more steps under way than they may"] += 1
        if sum(each.step is Step.CONNECT for each in mine) > 1:
            self.wrong["two steps of one person ask for a token"] += 1
        self._in_a_line(mine)

    def _in_a_line(self, mine: Iterable[Job]) -> None:
        locks = defaultdict(set)
        for each in mine:
            if each.step not in FREELY:
                locks[each.lock].add(each.id)
        if any(len(ids) > 1 for ids in locks.values()):
            self.wrong["two requests of one lock run beside one another"] += 1

    def let_go(self, job: int) -> None:
        """Before its outcome is written."""
        self.jobs.pop(job, None)
        self.steps += 1

    def sending(self, post: Post) -> None:
        """A store says that this message is to be sent by it."""
        if post.id in self.posts:
            self.wrong["a message was claimed by two"] += 1
        self.posts[post.id] = post
        chat = post.message.address.chat
        if sum(e.message.address.chat == chat for e in self.posts.values()) > AT_ONCE_IN_A_CHAT:
            self.wrong["a chat has more messages on their way than it may"] += 1
        line = (chat, post.message.slot)
        if post.id < self.last.get(line, 0):
            self.wrong["a message went before an earlier one of its line"] += 1
        self.last[line] = post.id

    def sent(self, post: Post) -> None:
        """Before that is written."""
        self.posts.pop(post.id, None)
        self.posted[post.id] += 1
        if self.posted[post.id] > 1:
            self.wrong["a message was posted twice"] += 1
