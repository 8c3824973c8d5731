"""Batch style: does a wish ask for one video of each file, and what is then wished for a single
one."""

from core.domain.intents.numbering import tongues

ALWAYS = ("en", "zh")
"""Languages whose words for each are put right whatever they stand in."""


def each(text: str) -> bool:
    """Whether every file is to become a video of its own: "make one video of each",
    "每张照片各做一个视频", in any language."""
    return any(pattern.search(text) for tongue in tongues() for pattern in tongue.each)


def one_of(text: str) -> str:
    """The wish for a single file, so that it is not taken for a batch again."""
    for tongue in tongues():
        if tongue.code in ALWAYS or any(pattern.search(text) for pattern in tongue.each):
            for pattern, one in tongue.single:
                text = pattern.sub(one, text)
    return " ".join(text.split())
