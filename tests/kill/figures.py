"""The figures of a long run: every promise counted, at the platforms and at the backend."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.kill.counting import TWICE, Tally, tally, untraced
from tests.kill.groups import GIF, InGroup
from tests.kill.people import OnDiscord, Person, Read, taken, words_of
from tests.kill.rounds import AGAIN, FIRST, SECOND, Round
from tests.process import Scene

LOST = "The connection dropped"
"""The only words with which a wish may end without a video, since the outcome of its paid turn is
unknown."""


@dataclass
class Count:
    """All must be nought but the first two rows and what stands in brackets. `hung`: it did not end
    on SIGTERM.

    `deaf`: Discord delivered it while no bot was there, and it was said again. `half`: the bot
    answered a command with "thinking…" and was killed before it had it on disk; Discord says "did
    not respond", and it was used again."""

    kills: int = 0
    seconds: float = 0.0
    people: int = 0
    requests: int = 0
    lost: int = 0
    silent: int = 0
    turns_twice: int = 0
    exports_twice: int = 0
    photos_twice: int = 0
    videos_twice: int = 0
    out_of_order: int = 0
    copies_twice: int = 0
    other_words: int = 0
    hung: int = 0
    offered: int = 0
    marked: int = 0
    deaf: int = 0
    half: int = 0
    copies: int = 0
    details: list[str] = field(default_factory=list)

    @property
    def broken(self) -> bool:
        """Whether any promise was."""
        once = (
            *(self.turns_twice, self.exports_twice, self.photos_twice, self.videos_twice),
            self.copies_twice,
        )
        return any((self.lost, self.silent, *once, self.out_of_order, self.other_words, self.hung))

    def __str__(self) -> str:
        return "\n".join(
            (
                f"kills {self.kills} · people {self.people} · requests {self.requests}"
                f" · {self.seconds / 60:.1f} minutes",
                f"requests lost {self.lost} · people left in silence {self.silent} · out of "
                f"order {self.out_of_order}",
                f"paid turns sent twice {self.turns_twice} · exports started twice "
                f"{self.exports_twice}"
                f" · photos uploaded twice {self.photos_twice} · videos twice {self.videos_twice}"
                f" · GIFs twice {self.copies_twice} of {self.copies}"
                f" · other words {self.other_words} · not ended when told to {self.hung}",
                f"(lost turns offered again, by a button: {self.offered};"
                f" videos once more in Telegram's gap, marked: {self.marked};"
                f" said on Discord while no bot was there: {self.deaf};"
                f' answered with "thinking…" and not yet on disk: {self.half})',
                *self.details[:60],
            )
        )


def counted(here: Scene, rounds: Sequence[Round], *, caught_up: bool = False) -> Count:
    """The figures of these rounds, once everything has come to its end."""
    presses = [press for one in rounds for press in one.presses]
    said = [name for one in rounds for name in one.names.values()]
    known = taken(here.look, (*said, *(press.name for press in presses)))
    words = words_of(here.look, {press.job for press in presses})
    count = Count()
    for one in rounds:
        if (
            not one.names["wish"]
            or one.names["wish"] in known
            or (caught_up and ":m:" in one.names["wish"] and not one.deaf)
        ):
            again = pressed(one, rounds, known, words)
            _add(count, one, tally(here, one.wish, reads=one.person.reads(), alone=False), again)
        else:
            count.deaf += 1
            count.half += isinstance(one.person, OnDiscord) and one.person.answered(
                one.names["wish"]
            )
        count.requests += sum(not name or name in known for name in one.names.values())
    turns = here.standin.asked("turn")
    if any(
        map(untraced, turns)
    ):  # which wish these were for cannot be told, only that there were too many
        count.turns_twice += max(0, len(turns) - len(rounds) + count.deaf - count.offered)
    people = {one.person.id: one.person for one in rounds}
    for person in people.values():
        _in_order(
            count, person, [one for one in rounds if one.person is person and not one.deaf], known
        )
        if isinstance(person, InGroup):
            wanted = sum(one.copies for one in rounds if one.person is person)
            marked = sum(
                bool(TWICE.search(read.text)) and GIF in read.text for read in person.reads()
            )
            count.copies_twice += max(0, person.gifs - wanted - marked)
            count.copies += wanted
    count.people = len(people)
    return count


def pressed(one: Round, rounds: Sequence[Round], known: set[str], words: Mapping[int, str]) -> int:
    """How many presses of Again the bot has taken in for this wish, whatever its asker was waiting
    for by then.

    `words` are those of the requests that the buttons name.
    """
    presses = (
        (press, other) for other in rounds if other.person is one.person for press in other.presses
    )
    meant = [
        one.wish.mark in words[press.job] if press.job in words else other is one
        for press, other in presses
        if not press.name or press.name in known
    ]
    return sum(meant)


def _add(count: Count, one: Round, found: Tally, again: int) -> None:
    telegram = not isinstance(one.person, OnDiscord)
    count.offered += again
    count.silent += one.silent
    count.lost += not found.videos
    count.marked += found.marked if telegram else 0
    paid = max(1, again)  # each press of Again may bring a video of its own
    count.videos_twice += max(0, found.videos - paid - (found.marked if telegram else 0))
    count.turns_twice += max(0, found.turns - 1 - again)
    count.exports_twice += max(0, found.renders - 1 - again) + found.repeated
    count.photos_twice += max(0, found.photos - 1)
    if wrong := found.broken(again, doubtful=telegram):
        count.details.append(
            f"{one.wish.mark}: {', '.join(wrong)}; {again} of {len(one.presses)} presses taken in"
        )
        reads = one.person.reads()  # what its asker read in place of it, or besides
        shown = [read for read in reads if one.wish.mark in read.text] or reads[-9:]
        count.details += [f"    {'🎬 ' * read.video}{read.text[:160]!r}" for read in shown]


def _in_order(count: Count, person: Person, rounds: list[Round], known: set[str]) -> None:
    """Each round is answered with the two answers and the video, in this order; a marked repetition
    may follow."""
    reads = person.reads()
    strange = [
        read.text
        for read in reads
        if AGAIN in read.labels and not read.video and LOST not in read.text
    ]
    found = [
        (kind, bool(TWICE.search(read.text))) for read in reads if (kind := _kind(read, rounds))
    ]
    wanted = [
        one.wish.mark if kind == "wish" else kind
        for one in rounds
        for kind, name in one.names.items()
        if not name or name in known
    ]
    once = [kind for kind, marked in found if not marked]
    missing = sum(
        max(0, wanted.count(kind) - [one for one, _ in found].count(kind)) for kind in ("1", "2")
    )
    disorder = sorted(once) == sorted(wanted) and once != wanted
    count.lost, count.out_of_order = count.lost + missing, count.out_of_order + disorder
    count.other_words += len(strange)
    count.details += [f"{person.id} read {strange}"] * bool(strange)
    count.details += [f"{person.id} read {once[-9:]} for {wanted[-9:]}"] * bool(missing or disorder)


def _kind(read: Read, rounds: Sequence[Round]) -> str:
    if read.video:
        return next((one.wish.mark for one in rounds if one.wish.mark in read.text), "")
    return next(
        (kind for kind, (_, start) in (("1", FIRST), ("2", SECOND)) if start in read.text[:80]), ""
    )
