"""Every durable boundary of a wish, and one wish killed there: what must come of it."""

from tests.kill.counting import Wish, idle, offers, tally
from tests.kill.traps import Boundary, Phase, strike
from tests.process import Scene, until
from tests.world import photo

REQUESTS = (
    *(("token", 1), ("session", 1), ("upload", 1), ("credits", 1), ("state", 1), ("turn", 1), ("credits", 2)),
    *(("state", 2), ("state", 3), ("render", 1), ("poll", 1), ("claim", 1), ("file", 1)),
    *((method, 1) for method in ("getUpdates", "getFile", "sendMessage", "editMessageText", "sendVideo")),
)
"""All that one wish leads to, in their order at the backend: price, mark, turn, settle, check, name, export."""

BOUNDARIES = (
    *(Boundary(where, phase, nth) for where, nth in REQUESTS for phase in (Phase.ASKED, Phase.DONE, Phase.ANSWERED)),
    *(Boundary("turn", phase) for phase in (Phase.LOST, Phase.LASTING)),
    Boundary("(download)", Phase.ANSWERED),
)
UNKNOWN = {Boundary("turn", Phase.ASKED), Boundary("turn", Phase.LOST)}
"""Where nothing came of the paid request: it is not sent again by itself, but offered."""
DOUBTFUL = {Boundary("sendVideo", Phase.DONE), Boundary("sendVideo", Phase.ANSWERED)}
"""Where Telegram has the video and we do not know: it may come once more, marked."""


def wish_for(boundary: Boundary, number: int) -> Wish:
    """Tokens are asked for by newcomers only, and there are ten a week; everything else can be one person's."""
    return Wish(2000 + number if boundary.where == "token" else 2000, f"K{number}")


async def wish_killed_at(scene: Scene, boundary: Boundary, wish: Wish) -> list[str]:
    """Kill the bot at the boundary, start it again, and see the wish to its end: the promises that were not kept."""
    since, offered = len(scene.standin.calls), len(offers(scene.telegram, wish.user))
    await strike(scene, boundary, lambda: scene.telegram.user_sends(wish.words, photo=photo(), user=wish.user))
    await scene.up()
    pressed = 0
    try:
        await until(lambda: tally(scene, wish).videos or len(offers(scene.telegram, wish.user)) > offered, 30)
        if not tally(scene, wish).videos:
            pressed = 1
            last = offers(scene.telegram, wish.user)[-1]
            assert boundary in UNKNOWN, f"nothing was lost, and yet: {last.text}"
            assert tally(scene, wish, since).turns == 1, "a second turn was sent unasked"
            scene.telegram.presses(last.id, "🔁 Again", chat=wish.user, user=wish.user)
            await until(lambda: tally(scene, wish).videos, 30)
        await until(lambda: idle(scene.database), 10)
    except TimeoutError:
        return [f"{boundary}: silence\n{scene.telegram.transcript(wish.user)}\n{scene.bot.log[-2000:]}"]
    except AssertionError as wrong:
        return [f"{boundary}: {wrong}"]
    wrong = tally(scene, wish, since).broken(pressed, boundary in DOUBTFUL)
    return [f"{boundary}: {words}\n{scene.telegram.transcript(wish.user)}" for words in wrong]
