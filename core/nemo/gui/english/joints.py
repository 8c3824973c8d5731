"""How clauses hang together in English: where one begins, and which lean on another."""

from core.nemo.gui.english.words import BESIDES, LEAD, VERBS, pattern

_PREPARES = pattern(
    LEAD,
    r"(?:select|highlight|hover over|point (?:at|to)|(?:move|place|put|set) the (?:playhead|cursor|mouse))\b",
)
"""What one does before a click: `select the clip and press Delete`."""
_LEADS_IN = pattern(
    r"\W*(?:(?:and|or|but|so|then|also)\s+)?(?:",
    r"(?:when|whenever|once|if|until|unless|as soon as|in order to|in case|should you)\b.*|to (?!the\b).*|",
    r"(?:before|after) (?:you|that|this|review|check|preview|export|download|shar|mak|edit).*|",
    r"for (?:that|this|best|more|a final|the final|any)\b.*|",
    r"(?:i|we)(?: can't| cannot| can not|(?:'m| am|'re| are) (?:not able|unable) to)\b.*(?:export|download|render|"
    r"save).*|",
    rf"{BESIDES}\W*$)",
)
_AFTER = r"\W*(?:(?:and|then|next|now|finally|also|please)[\s,]+)*"
_CHOOSE = r"(?:choose|select|pick|set|enter|type|confirm|wait|share|enjoy)\b"
_HAPPENS = (
    r"(?:it|this|(?:the|your) (?:video|file|download|export))(?:'ll| will) (?:be |start |begin |then |also )?"
    r"(?:automatically )?(?:download|sav|export|render|open)"
)
_OPTIONS = r".*\b(?:formats?|resolution|quality|mp4|\d+p|4k|folder|location|options?|export|download|finish)\b"
_THEN = (
    r"(?:trim|cut|split|move|delete|remove|drag|rename|replace|crop|resize|adjust|edit|change|type|rotate|drop)\b"
    r"(?: (?:it|them|(?:the|its) \w+))?(?: (?:there|here|away|up|down|left|right))?\W*$"
)
_CONTINUES = pattern(_AFTER, rf"(?:{_CHOOSE}|{_HAPPENS}|{_THEN})")
_CONTINUES_FAR = pattern(_AFTER, rf"(?:{_CHOOSE}{_OPTIONS}|{_HAPPENS})")
_BREAK = pattern(
    r"(?<=\S)(?<! and)(?<! or)(?<! but)(?<! so)\s+(?=(?:and|or|then|but|so|&)\s+",
    rf"(?:(?:then|you can|just|please|simply|also|finally|you|to)\s+)*+{VERBS}\b)",
)


def breaks(sentence: str) -> list[int]:
    """Places, besides commas, where a new clause begins: "… and click"."""
    return [match.start() for match in _BREAK.finditer(sentence)]


def leads_in(clause: str) -> bool:
    """Makes sense only with the clause beside it."""
    return bool(_LEADS_IN.match(clause) or _PREPARES.match(clause))


def continues(clause: str, near: bool) -> bool:
    """Goes on with what one clicks, or tells what a click does; more surely so in the same sentence
    (`near`)."""
    return bool((_CONTINUES if near else _CONTINUES_FAR).match(clause))
