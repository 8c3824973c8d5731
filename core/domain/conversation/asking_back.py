"""A pile of which nothing is made yet: its photos wait on, with a question about them, an answer,
or what could become of them."""

from dataclasses import replace

from core.domain.conversation import choices, offers, splitting
from core.domain.conversation.answering import Circumstances, Rows, answer
from core.domain.conversation.chat import (
    suggestion_buttons,
    suggestion_row,
    what_now,
    wished_beside,
)
from core.domain.conversation.choices import Choice
from core.domain.conversation.pile import Closing, Pile, assignment
from core.domain.policy import Edit, Make, Situation
from core.domain.requests import SELF, Kept, Next, Notice, Progress
from core.domain.understanding import Apart, Topic, Unsure
from core.i18n import text


def hand_back(
    pile: Pile,
    by: Closing,
    words: str,
    rows: Rows = (),
    *,
    suggested: bool = False,
    wish: str = "",
) -> Next:
    """Words about the photos, which wait on, and with them the words that waited for them; nothing
    is made."""
    rows = suggestion_buttons(by.skill, pile.language, SELF) if suggested else rows
    keep = Kept(pile.files, wish, skill=pile.skill)
    return Next(Progress(), Notice(words, rows), last=True, keep=keep, language=pile.language)


def proposals(pile: Pile, by: Closing) -> tuple[str, Rows]:
    job = pile.job
    words = what_now(pile.files, pile.language, job.address, private=job.private)
    language = pile.language
    return words, (
        *suggestion_row(by.skill, language, SELF),
        *choices.for_photos(choices.read(by.chat.chosen) or Choice(), language, SELF),
    )


def ask_back(pile: Pile, by: Closing, paid: Make | Edit) -> Next:
    """Asked back, with one tap to go ahead, or with the choice of what becomes of several
    photos."""
    found = assignment(pile)
    if isinstance(found, Apart | Unsure) and isinstance(paid, Make):
        return splitting.ask(pile, found, by.now)
    nothing = offers.says_nothing(pile.words, pile.language)
    standard = isinstance(paid, Make) and (paid.standard or nothing)
    offer = offers.to_offer(paid, "" if standard else pile.words, by.now)
    offer = replace(offer, about=pile.job.about)
    words = offers.question(offer, pile.language, standard=standard, old=pile.kept, more=by.more)
    rows = offers.buttons(offer, pile.language, SELF, by.more)
    keep = Kept(pile.files, skill=pile.skill, offers=(offer,))
    return Next(Progress(), Notice(words, rows), last=True, keep=keep, language=pile.language)


def ask_for_photo(pile: Pile, by: Closing) -> Next:
    """The wish waits with its sound for something to be seen; a tap goes without."""
    offer = replace(offers.to_offer(Make(), pile.words, by.now), at=0.0)
    go = offers.buttons(offer, pile.language, SELF)[0][0]
    row = (replace(go, label=text("button.without_photo", pile.language)),)
    keep = Kept(pile.files, pile.words, skill=pile.skill, offers=(offer,))
    notice = Notice(text("talk.send_photo", pile.language), (row,))
    return Next(Progress(), notice, last=True, keep=keep, language=pile.language)


def answered(pile: Pile, by: Closing, topic: Topic) -> Next:
    """A question that came with photos; where words wait for them, or a wish is said beside it, a
    tap makes what they say."""
    words, rows = answer(topic, _circumstances(pile, by))
    taken_back = topic is Topic.MISTAKE
    beside = "" if taken_back else wished_beside(pile.words, by.skill, pile.language)
    wished = (*by.waiting.wish.splitlines(), *beside.splitlines())
    wish = "\n".join(dict.fromkeys(wished))
    answered = hand_back(pile, by, words, rows, wish=wish)
    if not wish or by.more or taken_back:
        return answered
    offer = offers.to_offer(Make(), wish, by.now)
    rows = (*rows, *offers.buttons(offer, pile.language, SELF))
    keep = Kept(pile.files, wish, skill=pile.skill, offers=(offer,))
    return replace(answered, notice=Notice(words, rows), keep=keep)


def _circumstances(pile: Pile, by: Closing) -> Circumstances:
    """Where a question that came with photos is answered."""
    return Circumstances(
        Situation.PHOTO,
        pile.language,
        photos=len(pile.files),
        kept=pile.files,
        files=by.settings.files_per_request,
        megabytes=by.skill.max_mb,
        web=by.settings.nemo_web_url,
        sandbox=by.settings.sandbox,
    )
