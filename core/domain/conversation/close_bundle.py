"""What a complete pile amounts to: a video to make, an edit, a question about the photos, or
nothing at all."""

from dataclasses import replace

from core.domain import requests
from core.domain.conversation import choices, splitting
from core.domain.conversation.asking_back import (
    answered,
    ask_back,
    ask_for_photo,
    hand_back,
    proposals,
)
from core.domain.conversation.chat import (
    Chat,
    meant,
    wished_beside,
)
from core.domain.conversation.new_requests import settled
from core.domain.conversation.pile import (
    Closing,
    Pile,
    are_clear_orders,
    asks_first,
    assignment,
    gathered,
    is_doubtful,
    leaves_what_waits,
)
from core.domain.gathering import files_counted, files_not_in, files_still_here
from core.domain.policy import (
    About,
    Answer,
    Ask,
    Confirm,
    Edit,
    Free,
    Make,
    Response,
    Scene,
    Situation,
    decide,
)
from core.domain.policy import Keep as KeepWish
from core.domain.requests import (
    Job,
    Next,
    Notice,
    Progress,
)
from core.domain.understanding import (
    Apart,
    Meaning,
    Only,
    Question,
    Unclear,
    Wish,
    asks_for_video,
    brings_late_file,
    joins_project,
    resolution_asked,
)
from core.i18n import text
from core.settings import Settings
from core.skills import Skill


def close(
    job: Job, chat: Chat, skill: Skill, now: float, settings: Settings, room: int | None = None
) -> Next:
    """End GATHER: the plan and the wish of the request, or its photos back to the chat with words
    about them. Photos that wait go on waiting where the words are about a video alone.

    `room` is how many videos the daily limits leave, None for any number.

    Decided here and not when the first message came, because photos and words come in either order.
    """
    by = Closing(chat, skill, now, settings, room)
    closed = _closed(job, by)
    if closed.keep is None or not leaves_what_waits(job):
        return closed
    left = files_not_in(by.waiting.files, job.bundle.files)
    return replace(closed, keep=replace(by.waiting, files=left, offers=closed.keep.offers))


def _closed(job: Job, by: Closing) -> Next:
    bundle = job.bundle
    if not bundle.addressed:
        return Next(Progress(), last=True)
    job = replace(job, language=by.chat.speaks)
    if bundle.answers and not bundle.items and by.chat.project:
        wish = requests.Wish(
            words=bundle.words, lines=len(bundle.lines), resolution=resolution_asked(bundle.words)
        )
        return replace(settled(wish, (), job, by.chat, ""), keep=None)
    pile = gathered(job, by)
    return _with_others(_amounts_to(pile, by), pile, by)


def _amounts_to(pile: Pile, by: Closing) -> Next:
    bundle = pile.job.bundle
    if not pile.words or _speaks_of_what_is_not_there(pile, by):
        return hand_back(pile, by, *proposals(pile, by))
    if pile.kept and not bundle.agreed and (by.asks_always or is_doubtful(pile, by)):
        return ask_back(pile, by, Make())
    if pile.kept and not bundle.agreed and not pile.pictures and not by.chat.project:
        return ask_for_photo(pile, by)
    if bundle.agreed or pile.kept:
        return _agreed(pile, by)
    return _let_go(pile, by) or _judged(pile, by)


def _with_others(closed: Next, pile: Pile, by: Closing) -> Next:
    """What is left to say of photos that waited and are no part of this: where nothing is made they
    wait on, else they are let go of. Neither happens without a word."""
    others = files_not_in(by.waiting.files, pile.files)
    if not others or closed.keep is None or leaves_what_waits(pile.job):
        return closed
    made = not closed.last or bool(closed.spawn)
    files = () if made else (*others, *closed.keep.files)
    told = (
        text("talk.earlier_left", pile.language, files=files_counted(others, pile.language))
        if made
        else files_still_here(files, pile.language)
    )
    notice = closed.notice or Notice("", final=True)
    words = "\n\n".join(filter(None, (notice.text, told)))
    keep = closed.keep if made else replace(closed.keep, files=files)
    return replace(closed, notice=replace(notice, text=words), keep=keep)


def _speaks_of_what_is_not_there(pile: Pile, by: Closing) -> bool:
    """Whether the words that waited are none for these files: "use this song", whose song could not
    be taken."""
    waited = pile.kept and not pile.job.bundle.agreed
    return waited and isinstance(meant(pile.words, by.skill, pile.language, pile.files), Question)


def _let_go(pile: Pile, by: Closing) -> Next | None:
    """A photo is let go of, and nothing is said of the others yet; None where that is not so."""
    found = assignment(pile)
    if not (isinstance(found, Only) and found.without and not found.words):
        return None
    if not found.photos:
        return hand_back(pile, by, *proposals(pile, by))
    pile, told = splitting.narrowed(pile, found)
    words, rows = proposals(pile, by)
    return hand_back(pile, by, f"{told.text}\n\n{words}", rows)


def _judged(pile: Pile, by: Closing) -> Next:
    """By what the words mean: paid only where they are a clear wish."""
    if are_clear_orders(pile, by.skill) and not by.asks_always:
        return _agreed(pile, by)
    meaning = meant(pile.words, by.skill, pile.language, pile.files)
    sound = _is_of_sound_alone(pile, by, meaning)
    if sound and not by.chat.project:
        return ask_for_photo(pile, by)
    if pile.files and by.chat.project and (sound or _adds(meaning, pile.words)):
        # "add this one at the end": it joins the project at hand
        doubted = isinstance(meaning, Unclear) and bool(by.more)
        asked = by.asks_always or doubted
        return ask_back(pile, by, Edit()) if asked else _agreed(pile, by)
    match decide(meaning, _scene(pile, by)):
        case Make(standard=True):
            default = text("wish.default", pile.language)
            return _agreed(replace(pile, words=default), by)
        case Make() | Edit() | KeepWish():
            return _agreed(pile, by)
        case Ask(offer=None, about=About.SEVERAL | About.NOTHING_MADE as about):
            return hand_back(pile, by, text(f"ask.{about}", pile.language), suggested=True)
        case Ask(offer=Make() | Edit() as offer):
            return ask_back(pile, by, offer)
        case Answer(topic):
            return answered(pile, by, topic)
        case response:
            return _not_made(pile, by, response)


def _not_made(pile: Pile, by: Closing, response: Response) -> Next:
    """A command was obeyed as it came; what is wished for beside it is asked about."""
    beside = wished_beside(pile.words, by.skill, pile.language)
    if isinstance(response, Free) and beside:
        return ask_back(replace(pile, words=beside), by, Make())
    return hand_back(pile, by, *proposals(pile, by))


def _is_of_sound_alone(pile: Pile, by: Closing, meaning: Meaning) -> bool:
    """A wish about a sound with nothing to be seen: by itself no video can be made of that."""
    clear = isinstance(meaning, Wish) and meaning.clear
    anew = by.chat.project is not None and asks_for_video(pile.words)
    return clear and not anew and bool(pile.files) and not pile.pictures


def _adds(meaning: Meaning, words: str) -> bool:
    """Whether the words add a photo to what is made, and are no question about it."""
    if brings_late_file(words) or not joins_project(words):
        return brings_late_file(words)
    asked = "?" in words or "？" in words
    return (
        meaning.clear if isinstance(meaning, Wish) else isinstance(meaning, Unclear) and not asked
    )


def _scene(pile: Pile, by: Closing) -> Scene:
    if pile.files:
        situation = Situation.CAPTION if pile.job.bundle.items else Situation.PHOTO
    else:
        situation = Situation.PROJECT if by.chat.project else Situation.NOTHING
    photos = len(pile.files) or MANY
    return Scene(situation, photos=photos, confirm=Confirm(by.settings.nemo_confirm))


MANY = 2
"""In place of a number that is not known: an order for several photos is then taken at its word."""


def _agreed(pile: Pile, by: Closing) -> Next:
    """What its user clearly wishes. Which photos it is about may still have to be asked."""
    told = None
    found = assignment(pile)
    if asks_first(pile, found, by.settings):
        return splitting.ask(pile, found, by.now)
    job = replace(pile.job, skill=pile.skill or pile.job.skill)
    if isinstance(found, Only) and found.photos:
        pile, told = splitting.narrowed(pile, found)
    words, lines = _as_chosen(pile, by), len(job.bundle.lines)
    wish = requests.Wish(words=words, lines=lines, resolution=resolution_asked(words))
    if isinstance(found, Apart):
        return splitting.spread(replace(pile, job=job), wish, found, by.now, by.room)
    return replace(settled(wish, pile.files, job, by.chat, pile.skill), notice=told)


def _as_chosen(pile: Pile, by: Closing) -> str:
    """Its words, with what was tapped about photos of it while they waited."""
    waited = any(file in by.waiting.files for file in pile.files)
    if not waited or pile.job.bundle.anew:
        return pile.words
    return choices.with_chosen(pile.words, by.chat.chosen, pile.language)
