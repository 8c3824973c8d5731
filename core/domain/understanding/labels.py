"""The labels that sentences are sorted by when the reading is trained, and the meaning of each."""

from core.domain.understanding.meaning import (
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

MEANINGS: dict[str, Meaning] = {
    "wish.make": Wish(WishKind.MAKE),
    "wish.bare": Wish(WishKind.BARE),
    "wish.edit": Wish(WishKind.EDIT),
    "wish.short": Wish(WishKind.SHORT),
    "wish.multi": Wish(WishKind.SEVERAL),
    "wish.again": Again(),
    "wish.again_change": Again("…"),
    "remedy": Wish(WishKind.REMEDY),
    "title_like": Wish(WishKind.TITLE),
    "go": GoAhead(),
    "decline": Decline(),
    "unclear": Unclear(),
    "choice": Choice(1),
    # copies are asked for in words that are read by table alone: there is no label for them
    **{
        f"command.{kind}": Command(kind)
        for kind in CommandKind
        if kind is not CommandKind.ELSEWHERE
    },
    **{f"answer.{topic}": Question(topic) for topic in Topic},
}
