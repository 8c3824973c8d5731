"""Links into the editor, which nobody here has: they become plain talk of it, and go as such."""

import re

from core.patterns import Pattern

VENDOR = r"(?:[\w-]+\.)*nemovideo\.(?:com|ai|io)"
MEDIA = Pattern(r"\.(?:mp4|mov|webm|gif|jpe?g|png|webp|mp3|wav|m4a)\b|/render-result/", re.I)
LINK = Pattern(
    r"\[(?P<words>[^\[\]\n]{1,200})\]\(\s*<?(?P<address>[^()\s<>]{1,500})>?[^()\n]{0,80}\)"
)
ADDRESS = Pattern(rf"https?://{VENDOR}(?:[/?#][^\s<>()（）\"'，。；！？]*)?", re.I)
OF_VENDOR = Pattern(rf"(?:https?://)?{VENDOR}(?:[/?#]|$)", re.I)
EDITOR = Pattern(
    r"\b(?:editor|timeline|workspace|studio|canvas|dashboard|project page|web app|"
    r"(?:your|the|this|open|view) project)\b|"
    r"编辑器|編輯器|编辑页|編輯頁|时间线|時間線|时间轴|時間軸|工作台|工作区|工作區|画布|畫布|项目页|項目頁|专案|控制台",
    re.I,
)
NAMED = Pattern(
    r"\b(?:editor|timeline|workspace|canvas)\b|编辑器|編輯器|时间线|時間線|画布|畫布", re.I
)
HAN = Pattern(r"[\u4e00-\u9fff]")


def without_editor(text: str) -> str:
    """The text with links into the editor as words that speak of it. Other links stay, and so do
    files."""
    if "://" not in text and "](" not in text:
        return text
    return ADDRESS.sub(_bare, LINK.sub(_linked, text))


def _linked(found: re.Match[str]) -> str:
    words, address = found["words"], found["address"]
    if MEDIA.search(address):
        return found[0]
    if not (OF_VENDOR.match(address) or EDITOR.search(words)):
        return found[0]
    if NAMED.search(words):
        return words
    return f"{words}的编辑器" if HAN.search(words) else f"{words} in the editor"


def _bare(found: re.Match[str]) -> str:
    address = found[0].rstrip(".,;:!?)")
    if MEDIA.search(address):
        return found[0]
    line = found.string[found.string.rfind("\n", 0, found.start()) + 1 : found.start()]
    return ("编辑器" if HAN.search(line) else "the editor") + found[0][len(address) :]
