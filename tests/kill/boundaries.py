"""Every durable boundary of a wish, and one wish killed there: what must come of it."""

from tests.kill.counting import Wish, idle, offered, tally
from tests.kill.people import OnDiscord, OnTelegram, Person, taken
from tests.kill.traps import DISCORD, Boundary, Phase, strike
from tests.process import Scene, until

REQUESTS = (
    *(
        ("token", 1),
        ("session", 1),
        ("upload", 1),
        ("credits", 1),
        ("state", 1),
        ("turn", 1),
        ("credits", 2),
    ),
    *(("state", 2), ("render", 1), ("poll", 1), ("claim", 1), ("file", 1)),
    *(
        (method, 1)
        for method in ("getUpdates", "getFile", "sendMessage", "editMessageText", "sendVideo")
    ),
)
"""All that one wish leads to, in their order at the backend: price, mark, turn, check, export;
the balance is asked for during the upload and the check, the claim when the export starts."""

BOUNDARIES = (
    *(
        Boundary(where, phase, nth)
        for where, nth in REQUESTS
        for phase in (Phase.ASKED, Phase.DONE, Phase.ANSWERED)
    ),
    *(Boundary("turn", phase) for phase in (Phase.LOST, Phase.LASTING)),
    Boundary("(download)", Phase.ANSWERED),
    *(
        Boundary(where, phase)
        for where in DISCORD
        for phase in (Phase.ASKED, Phase.DONE, Phase.ANSWERED)
    ),
)
UNKNOWN = {Boundary("turn", Phase.ASKED), Boundary("turn", Phase.LOST)}
"""Where nothing came of the paid request: it is not sent again by itself, but offered."""
DOUBTFUL = {
    Boundary(where, phase)
    for where in ("sendVideo", "follow-up")
    for phase in (Phase.DONE, Phase.ANSWERED)
}
"""Where the platform has the video and we do not know: it may come once more, marked. So on
Telegram, and on Discord where only the user has installed the app: a follow-up has no nonce, and no
other way is open."""
WAYS = {
    "answer": "slash",
    "original": "slash",
    "post": "slash",
    "edit": "dm",
    "follow-up": "foreign",
}
"""How a wish on Discord is said that leads to such a request."""


EDITS = ("editMessageText", "edit")
SLOW = 2.0
"""Seconds that a look at the project, before the turn, lasts at least: until the status is posted,
even where its chat has to wait for a second, so that there is one to edit. A kill meanwhile loses
nothing."""

People = dict[str, Person]
"""Those who have spoken so far, by what they are called here."""


def person_for(scene: Scene, boundary: Boundary, number: int, people: People) -> Person:
    """Tokens are asked for by newcomers only, and there are ten a week; everything else can be one
    person's."""
    if boundary.where == "token":
        return OnTelegram(scene, 2000 + number)
    way = WAYS.get(boundary.where, "telegram")
    if way not in people:
        people[way] = (
            OnTelegram(scene, 2000) if way == "telegram" else OnDiscord(scene, number, way)
        )
    return people[way]


async def wish_killed_at(
    scene: Scene, boundary: Boundary, number: int, people: People
) -> list[str]:
    """Kill the bot at the boundary, start it again, and see the wish to its end: the promises that
    were not kept."""
    person = person_for(scene, boundary, number, people)
    wish, said = Wish(person.id, f"K{number}"), list[str]()
    since, before = len(scene.standin.calls), len(offered(person.reads()))
    if boundary.where in DISCORD:
        await scene.discord.wait_for(lambda: scene.discord.world.commands)
    if boundary.where in EDITS:
        scene.standin.faults.set("state", f"delay:{SLOW * max(1.0, scene.slowness)}")
    await strike(scene, boundary, lambda: said.append(person.wishes(wish.words)))
    await scene.up()
    if said[0].startswith("dc:i:") and not taken(scene.look, said):
        person.wishes(wish.words)  # Discord says "did not respond": it is used again
    try:
        pressed = await _seen_to_its_end(scene, boundary, wish, person, since, before)
    except TimeoutError:
        read = "\n".join(map(str, person.reads()))
        return [f"{boundary}: silence\n{read}\n{scene.bot.log[-2000:]}"]
    except AssertionError as problem:
        return [f"{boundary}: {problem}"]
    found = tally(scene, wish, since, person.reads())
    wrong = found.broken(pressed, boundary in DOUBTFUL)
    return [f"{boundary}: {words}\n" + "\n".join(map(str, person.reads())) for words in wrong]


async def _seen_to_its_end(
    scene: Scene, boundary: Boundary, wish: Wish, person: Person, since: int, before: int
) -> int:
    """Wait for the video, and press the offer to run the wish again where there is one; how often
    that was."""

    def arrived() -> int:
        return tally(scene, wish, reads=person.reads()).videos

    pressed = 0
    await until(lambda: arrived() or len(offered(person.reads())) > before)
    if not arrived():
        pressed = 1
        last = offered(person.reads())[-1]
        assert boundary in UNKNOWN, f"nothing was lost, and yet: {last.text}"
        assert tally(scene, wish, since, person.reads()).turns == 1, (
            "a second turn was sent unasked"
        )
        person.presses(last, "🔁 Again")
        await until(arrived)
    await until(lambda: idle(scene.look))
    return pressed
