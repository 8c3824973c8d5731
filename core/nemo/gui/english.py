"""Button talk in English: a clause that begins like an instruction and names a thing to click, drag or
open; and the clauses that lean on such a one.

Clauses come with quotation marks and markup struck out."""

from core.nemo.gui.actions import ENGLISH_DRAG, ENGLISH_TARGETS, ButtonTalk, GuiAction, action_of
from core.nemo.gui.english_words import (
    ACCOUNTS,
    BESIDES,
    CHANGE,
    EDITORS,
    GO,
    LEAD,
    LOOK,
    NO_CLICKS,
    OBJECTS,
    PLACES,
    SCREENS,
    VERBS,
    VISIT,
    pattern,
)

_CLICK = pattern(
    LEAD, r"(?:(?:left|right|double)[- ])?(?:click|tap|press)(?:ing)?\b(?!\s+", NO_CLICKS, r"\b)"
)
_HIT = pattern(
    LEAD,
    r"(?:hit|push|smash)\b.*\b(?:button|export|download|save|play|render|generate|apply|key|enter)\b",
)
_KEY = pattern(
    LEAD,
    r"(?:press|hit|use|hold|type|try)\b.{0,30}(?:\b(?:ctrl|cmd|command|control|shift|alt|backspace|space ?bar|escape|esc|",
    r"(?:arrow|delete|del|enter|return) keys?|(?:keyboard )?shortcuts?|hot ?keys?|mouse(?: wheel)?|trackpad)\b|⌘)",
)
_SCROLL = pattern(
    LEAD,
    r"(?:(?:scroll|swipe)(?:ing)?\s+(?:up|down|left|right|to|through|along|across|over|back|until|the|for)\b|",
    r"(?:zoom(?: in| out)?|pinch)\b.*\b(?:timeline|canvas|tracks?|mouse)\b)",
)
_PAGE = pattern(
    LEAD,
    r"(?:(?:refresh|re-?load|close|leave|minimi[sz]e|maximi[sz]e|collapse|pin)\b.*\b",
    r"(?:pages?|browser|tabs?|panels?|windows?|dialogs?|app|side ?bars?|pop-?ups?|menus?)\b|",
    r"save (?:the|your) (?:project|work|changes|draft)\b)",
)
_EXPORT = pattern(
    LEAD,
    r"(?:export|download|save)(?=\s*$|\s+(?:it|this|them|your|the|now|whenever|directly|and)\b)",
    rf"(?:\s+{OBJECTS})*\W*$",
)
_ACCOUNT = pattern(
    LEAD,
    rf"(?:{VISIT}\b.*\b{ACCOUNTS}\b|(?:top up|recharge|upgrade|buy|purchase|get more|add)\b.*",
    r"\b(?:accounts?|billing|settings|page|dashboard|web ?site|portal)\b)",
)
_ADJUST = pattern(
    LEAD,
    rf"{CHANGE}\b.*\b(?:(?:in|on|from|using|with|via|through|inside|within) (?:the|your) (?:\S+ ){{0,3}}{EDITORS}\b|",
    r"manually\b|by dragging\b)",
)
_VIEW = pattern(
    LEAD,
    rf"{LOOK}\b(?:.*\b{SCREENS}\b|(?<=preview)(?:\s+(?:it|this|them|everything|your|the|now|before|how)\b|\s*$))",
)
_USE = pattern(
    LEAD,
    rf"{GO}\b(?:.*\b{PLACES}\b|\s+(?:the )?(?:file\s+(?:menu\s+)?)?(?:export|download|save)",
    r"(?=\s*$|\s+(?:to|in|from|at|option|when|now|once)\b))",
)
_OPENS = pattern(LEAD, r"(?:open|expand|switch|go|head|navigat|visit|access|brows|explor)")
_BUTTON = pattern(
    r"\b(?:export|download|save|share|upload|import|play|preview|generate|apply|render|edit|add)\s+",
    r"(?:button|icon|option|menu|tab|panel)\b",
)
_BY = pattern(
    r"\bby (?:simply |just )?(?:click|tapp|press|dragg|dropp|open|go|us|select|choos|hitt|navigat)ing\b.*|",
    r"\b(?:to|for) (?:preview|view|play|watch|review|see|edit|adjust)\w*\s+(?:it )?(?:in|on|from|with|using) ",
    rf"(?:the|your) (?:\w+ ){{0,2}}{EDITORS}\b.*|",
    rf"\b(?:to|for) (?:preview|view|play|watch|review|see)\w*\s+(?:it )?(?:in|on) (?:the|your) (?:\w+ )?{SCREENS}\b.*",
)
_REPORT = pattern(
    r"\b(?:added|placed|put|inserted|animated|shows?|showing|reads?|says?|saying|titled|labell?ed|caption\w*|"
    r"subtitles?|",
    r"overlay|sticker|graphic|end card|call[- ]to[- ]action|cta)\b",
)
_CONTENT = pattern(
    r"\b(?:is|are|was|were|has|have|had|looks?|runs?|plays|lasts?|starts|ends|contains|includes|features|ready|added|",
    r"changed|created|generated|updated|finished|completed?|lowered|raised|trimmed|removed|replaced|upload|send|"
    r"attach)\b|",
    r"'(?:s|ve)\b",
)
_ABOUT_EXPORT = pattern(
    r"\W*(?:export|download|sav)ing\b|.*\bbe (?:export|download|sav|preview|view|edit|adjust)ed\b"
)
_JOINT = pattern(r"\s+(?:to|for|and|by|via|using|with|through|from|when|once|if|so|behind|under)\b")

_SETTINGS = pattern(r"\b(?:settings|preferences|dashboards?|workspace)\b")
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


def read(clause: str, asks: bool) -> ButtonTalk | None:
    """What the clause tells the user to click; None for content. A question must name a button to
    count."""
    if ENGLISH_DRAG.match(clause):
        return ButtonTalk((GuiAction.EDIT,))
    if any(each.match(clause) for each in (_CLICK, _HIT, _KEY, _SCROLL)):
        return ButtonTalk(action_of(clause, ENGLISH_TARGETS))
    if _PAGE.match(clause):
        return ButtonTalk(())
    if not asks and (found := _told(clause)) is not None:
        return found
    if _USE.match(clause):
        return ButtonTalk(_place(clause))
    phrase = _BUTTON.search(clause) or _BY.search(clause)
    if phrase is None or _REPORT.search(clause, 0, phrase.start()):
        return None
    return ButtonTalk(
        action_of(phrase.group(), ENGLISH_TARGETS) or action_of(clause, ENGLISH_TARGETS),
        _content(clause, phrase.start()),
    )


def _told(clause: str) -> ButtonTalk | None:
    for told, action in (
        (_EXPORT, GuiAction.EXPORT),
        (_ACCOUNT, GuiAction.CREDITS),
        (_ADJUST, GuiAction.EDIT),
        (_VIEW, GuiAction.TIMELINE),
    ):
        if told.match(clause):
            return ButtonTalk((action,))
    return None


def _place(clause: str) -> tuple[GuiAction, ...]:
    """The action behind a panel that is to be opened; settings and dashboards have none of ours."""
    found = action_of(clause, ENGLISH_TARGETS)
    if found in ((GuiAction.EXPORT,), (GuiAction.CREDITS,), (GuiAction.TIMELINE,)):
        return found
    if _SETTINGS.search(clause):
        return ()
    return (GuiAction.STATE,) if _OPENS.match(clause) else found


def _content(clause: str, phrase: int) -> int:
    """Where the content before a phrase about buttons ends; 0 when there is none."""
    for joint in _JOINT.finditer(clause, 0, phrase + 3):
        before = clause[: joint.start()]
        if _CONTENT.search(before) and len(before.split()) > 1 and not _ABOUT_EXPORT.match(before):
            return joint.start()
    return 0
