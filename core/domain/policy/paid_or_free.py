"""What is done about each meaning in each situation, so that nobody pays for what they did not ask
for: who speaks to the bot is heeded more than who talks beside it."""

from typing import assert_never

from core.domain.policy.decision import (
    About,
    Accept,
    Answer,
    Ask,
    Choose,
    Confirm,
    Dismiss,
    Edit,
    Free,
    Keep,
    Make,
    React,
    Repeat,
    Response,
    Scene,
    Silent,
    Situation,
)
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
    Unclear,
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
    {Topic.PRICE, Topic.ACCOUNT, Topic.LIMITS, Topic.FORMATS, Topic.PRIVACY}
    | {Topic.LANGUAGES, Topic.GROUPS}
    | {topic for topic in Topic if topic.startswith("howto")}
)
"""Topics that are about the product, so that a reply about them in a group is meant for the bot."""


def decided(meaning: Meaning, scene: Scene) -> Response:
    """What is done about this meaning in this scene, where it is said to the bot."""
    match meaning:
        case Command():
            return _commanded(meaning, scene)
        case Question(topic):
            running = scene.situation is Situation.RUNNING
            return Free(CommandKind.STATUS) if running and topic is Topic.TIME else Answer(topic)
        case Wish():
            return _wished(meaning, scene)
        case Again():
            return _repeated(meaning, scene)
        case Choice(number) if 1 <= number <= scene.options:
            return Choose(number)
        case GoAhead(free_hand):
            return _gone_ahead(scene, free_hand=free_hand)
        case Decline():
            return _declined(scene)
        case Unclear() | Choice():
            return _asked(scene)
        case _:
            assert_never(meaning)


def _commanded(command: Command, scene: Scene) -> Response:
    if command.kind is CommandKind.REDO and not scene.undone:
        return _repeated(Again(), scene)  # without an undone change it means once more
    if command.of_video and scene.situation is Situation.CAPTION:
        return _asked(scene)  # "new video" under a photo is a wish, or a title
    return Free(command.kind)


def _wished(wish: Wish, scene: Scene) -> Response:
    if not wish.clear and scene.confirm is not Confirm.NEVER:
        return _asked(scene)
    there = scene.situation in (Situation.PROJECT, Situation.RUNNING)
    match wish.kind:
        case WishKind.SEVERAL if scene.photos <= 1 and scene.situation is not Situation.NOTHING:
            return Ask(About.SEVERAL)
        case WishKind.REMEDY if not there:
            return _asked(scene)
        case WishKind.TITLE:
            return _asked(scene)
        case WishKind.BARE if there:
            # beside a video it is unclear what one without a word about it would be
            queued = scene.situation is Situation.RUNNING
            return Ask(About.CONFIRM, Make(standard=True, queued=queued))
        case (
            WishKind.MAKE
            | WishKind.SHORT
            | WishKind.BARE
            | WishKind.EDIT
            | WishKind.SEVERAL
            | WishKind.REMEDY
        ):
            return _made(wish, scene)
        case _:
            assert_never(wish.kind)


def _made(wish: Wish, scene: Scene) -> Response:
    """A clear wish or change: with a photo it is made, with a video that video is changed unless it
    says anew."""
    match scene.situation:
        case Situation.NOTHING:
            return Keep()
        case Situation.PHOTO | Situation.CAPTION:
            return Make(each=wish.each and scene.photos > 1)
        case Situation.PROJECT:
            return Make() if wish.anew else Edit()
        case Situation.RUNNING:
            return Make(queued=True) if wish.anew else Edit(queued=True)
        case _:
            assert_never(scene.situation)


def _repeated(again: Again, scene: Scene) -> Response:
    match scene.situation:
        case Situation.PROJECT:
            return Repeat(again.change) if again.clear else Ask(About.CONFIRM, Repeat(again.change))
        case Situation.RUNNING:
            return Ask(About.CONFIRM, Repeat(again.change))
        case Situation.PHOTO | Situation.CAPTION | Situation.NOTHING:
            return Ask(About.NOTHING_MADE)
        case _:
            assert_never(scene.situation)


def _gone_ahead(scene: Scene, *, free_hand: bool) -> Response:
    """Yes to what is open; without that only "do it, as you like" beside a photo is more than small
    talk."""
    if scene.pending:
        return Accept()
    match scene.situation:
        case Situation.NOTHING:
            return Answer(Topic.GREETING)
        case Situation.PHOTO | Situation.CAPTION:
            standard = Make(standard=True)
            return standard if free_hand else Ask(About.CONFIRM, standard)
        case Situation.PROJECT:
            return Ask(About.WHAT) if free_hand else Answer(Topic.SMALLTALK)
        case Situation.RUNNING:
            return Answer(Topic.SMALLTALK)
        case _:
            assert_never(scene.situation)


def _declined(scene: Scene) -> Response:
    """No, to what was asked last; where nothing was, all stays as it is."""
    if scene.pending:
        return Dismiss()
    match scene.situation:
        case Situation.NOTHING:
            return Ask(About.WHAT)
        case Situation.PHOTO | Situation.CAPTION | Situation.PROJECT:
            return Dismiss()
        case Situation.RUNNING:
            return Answer(Topic.SMALLTALK)
        case _:
            assert_never(scene.situation)


def _asked(scene: Scene) -> Ask:
    """Asked back, with what one tap would do about these very words."""
    match scene.situation:
        case Situation.NOTHING:
            return Ask(About.WHAT)
        case Situation.PHOTO | Situation.CAPTION:
            return Ask(About.CONFIRM, Make())
        case Situation.PROJECT:
            return Ask(About.CONFIRM, Edit())
        case Situation.RUNNING:
            return Ask(About.CONFIRM, Edit(queued=True))
        case _:
            assert_never(scene.situation)
