"""What is done about a meaning, so that nobody pays for what they did not ask for: who speaks to
the bot is heeded more than who talks beside it."""

from typing import assert_never

from core.domain.policy.decision import (
    About,
    Answer,
    Ask,
    Choose,
    Confirm,
    Edit,
    Make,
    React,
    Repeat,
    Response,
    Scene,
    Silent,
    Situation,
)
from core.domain.policy.table import decided
from core.domain.understanding import (
    Again,
    Choice,
    Command,
    CommandKind,
    Decline,
    GoAhead,
    Meaning,
    Question,
    Topic,
    Wish,
    WishKind,
)
from core.messages import Heard


def decide(meaning: Meaning, scene: Scene) -> Response:
    """The table of docs/understanding.md: what is done about this meaning in this scene. Pure."""
    match scene.heard:
        case Heard.OVERHEARD:
            return Silent()
        case Heard.REPLY:
            return _confirmed(_replied(meaning, scene), scene.confirm)
        case Heard.DIRECT:
            return _confirmed(decided(meaning, scene), scene.confirm)
        case _:
            assert_never(scene.heard)


def _confirmed(response: Response, confirm: Confirm) -> Response:
    """With `always` what is paid is asked first; with `never` a wish that is likely is taken for
    one."""
    if confirm is Confirm.ALWAYS and isinstance(response, Make | Edit | Repeat | Choose):
        return Ask(About.CONFIRM, response)
    return response


def _replied(meaning: Meaning, scene: Scene) -> Response:
    """In a group a reply is a request only where it clearly is one; friends also just talk under a
    video."""
    match meaning:
        case meant if scene.situation is Situation.NOTHING and _about_its_video(meant):
            return Silent()
        case Question(topic=Topic.THANKS | Topic.PRAISE) | Wish(kind=WishKind.TITLE):
            return React()
        case Question(topic=topic) if topic in PRODUCT:
            return Answer(topic)
        case Wish(clear=True) | Again(clear=True) | Command() | Choice():
            response = decided(meaning, scene)
            return Silent() if isinstance(response, Ask) and response.offer is None else response
        case GoAhead() | Decline() if scene.pending:
            return decided(meaning, scene)
        case _:
            return Silent()


def _about_its_video(meaning: Meaning) -> bool:
    """What can only be about the video that is answered: who has none here stands by and speaks to
    its owner."""
    match meaning:
        case Wish(kind=kind):
            return kind not in (WishKind.MAKE, WishKind.BARE)
        case Command(kind):
            return kind not in (CommandKind.HELP, CommandKind.LANGUAGE, CommandKind.CREDITS)
        case Again() | Choice():
            return True
        case _:
            return False


PRODUCT = frozenset(
    {
        Topic.PRICE,
        Topic.ACCOUNT,
        Topic.LIMITS,
        Topic.FORMATS,
        Topic.PRIVACY,
        Topic.LANGUAGES,
        Topic.GROUPS,
    }
    | {topic for topic in Topic if topic.startswith("howto")}
)
"""Topics that are about the product, so that a reply about them in a group is meant for the bot."""
