"""Batch style: does a wish ask for one video of each file, and what is then wished for a single
one."""

import re

EACH = re.compile(
    r"\b(?:one|a|an|1)\s+(?:[\w-]+\s+){0,3}(?:video|clip|reel|mp4)s?\s+(?:of|for|from|per|out "
    r"of)\s+(?:each|every)\b"
    r"|\b(?:each|every)\s+(?:of\s+(?:them|these|the)\s+)?(?:photo|picture|image|pic|one)\w*\s+(?:\w+\s+){0,3}"
    r"(?:own|separate|its)\b"
    r"|\bseparate\s+(?:videos|clips|reels)\b|\b(?:videos|clips|reels)\s+separately\b|\bone by one\b"
    r"|\bone\s+(?:video|clip)\s+each\b|\beach\s+(?:\w+\s+){0,2}into\s+(?:a|its own)\b"
    r"|每张(?:照片|图片|图)?(?:各|都|分别|单独)?(?:做|生成|制作|变)|各(?:做|生成)|分别(?:做|生成|制作|变)|单独(?:做|生成|制作)|逐(?:张|个)"
    r"|一张一个",
    re.IGNORECASE,
)


def each(text: str) -> bool:
    """Whether every file is to become a video of its own: "make one video of each",
    "每张照片各做一个视频"."""
    return EACH.search(text) is not None


def one_of(text: str) -> str:
    """The wish for a single file, so that it is not taken for a batch again."""
    words = re.sub(r"\b(video|clip)\s+each\b", r"\1", text, flags=re.IGNORECASE)
    words = re.sub(
        r"\b(?:each|every)\b(?:\s+one\b)?(?:\s+of\s+(?:them|these|the\s+\w+)\b)?",
        "this",
        words,
        flags=re.IGNORECASE,
    )
    words = re.sub(r"\bseparate(?:ly)?\b|\bone by one\b", "", words, flags=re.IGNORECASE)
    words = re.sub(r"每张|逐张|逐个", "这张", words)
    words = re.sub(r"分别|单独|各自?", "", words)
    return " ".join(words.split())
