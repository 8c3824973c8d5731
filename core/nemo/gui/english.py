"""Button talk in English: a clause that begins like an instruction and names a thing to click.

Clauses come with quotation marks and markup struck out. The tables below hold phrases, separated by
commas; they are regular expressions where a word has many endings."""

import re

from core.nemo.gui.actions import ButtonTalk, GuiAction


def _any(phrases: str) -> str:
    return "(?:" + "|".join(phrase.strip() for phrase in phrases.split(",")) + ")"


def _pattern(*parts: str) -> re.Pattern[str]:
    return re.compile("".join(parts), re.IGNORECASE)


_POLITE = _any(
    r"""
    and, or, but, so, please, kindly, just, simply, only, now, then, next, finally, lastly, also, alternatively,
    instead, otherwise, afterwards?, after that, first, second, third, again, directly, always, easily, still,
    either, tip:, you(?:'ll|'d)?, will, would, can, could, may, might, should, must, need to, have to, want to,
    are able to, which, (?:all|everything) you (?:need|have) to do(?: now)? is(?: to)?, feel free to, go ahead and,
    remember to, try to, the (?:next|last|final|only) (?:step|thing)(?: left)? is to, (?:make|be) sure (?:to|you),
    let's, where, don't (?:forget|hesitate) to, it's time to, time to,
    (?:i|we)(?:'d)? (?:recommend|suggest)(?: that)?(?: you)?
    """
)
_LEAD = rf"\W*+(?:{_POLITE}[\s,:]++)*+"
"""How an instruction may begin; what follows must be its verb."""

_PLACES = _any(
    r"""
    buttons?, icons?, panels?, tabs?, menus?, side ?bars?, tool ?bars?, drop-?downs?, dialogs?, check ?boxes,
    sliders?, inspector, pop-?ups?, widgets?, settings, preferences, dashboards?, editor, workspace,
    (?:the|your|our|media|asset|music|sound|stock|photo) librar(?:y|ies), (?:the|your) canvas, playhead
    """
)
_EDITORS = _any(
    r"""
    timeline, editor, panel, canvas, sliders?, handles?, inspector, properties, toolbar, tab, menu, sidebar,
    settings, button, icon
    """
)
_SCREENS = _any(r"timeline, player, viewer, preview (?:window|panel|area|pane|screen), preview")
_LOOK = _any(
    r"""
    preview, play, watch, view, see, check, review, find, look at, inspect, (?:have|take) a look at
    """
)
_CHANGE = _any(
    r"""
    move, arrange, rearrange, re-?order, resize, trim, cut, split, crop, adjust, edit, tweak, fine-?tune,
    customi[sz]e, change, modify, refine, replace, delete, remove, add, extend, shorten, rotate,
    make (?:any |further |more )*(?:changes|edits|adjustments), toggle, mute, unmute, hide, lock, unlock, highlight,
    select, rename, scale, reposition, align, zoom (?:in|out)
    """
)
_GO = _any(
    r"""
    select, choos(?:e|ing), us(?:e|ing), find, pick, look for, locat(?:e|ing), go to, go into, head (?:over )?to,
    navigat(?:e|ing), visit, open(?:ing)?, see, view, check, access, expand, switch to, hover over, scroll,
    return to, jump to, explore, browse
    """
)
_VISIT = _any(
    r"""
    check, visit, see, go to, review, open, view, head (?:over )?to, manage, look at, log ?in to, sign in to,
    navigate to
    """
)
_ACCOUNTS = _any(
    r"""
    accounts?, billing, subscription, balance, usage, wallet, payments?, pricing, plans? page, your plan,
    (?:your|remaining) credits, credits? (?:balance|page)
    """
)
_NO_CLICKS = _any(
    r"""
    sounds?, sfx, effects?, noises?, tracks?, releases?, kits?, conference, coverage, danc\w+, water, shoes?,
    beats?, (?:photos?|shots?|pictures?|images?) (?:is|are|was|were)
    """
)
_OBJECTS = _any(
    r"""
    it, this, them, your, the, my, final, finished, video, clip, movie, file, project, result, mp4, now, whenever,
    when, once, as, soon, you, you're, are, happy, satisfied, done, ready, like, want, wish, with, directly, and,
    share, to, device, computer, phone, from, here, there, any, time, anytime, at, in, hd, full, high, quality
    """
)

_CLICK = _pattern(
    _LEAD, r"(?:(?:left|right|double)[- ])?(?:click|tap|press)(?:ing)?\b(?!\s+", _NO_CLICKS, r"\b)"
)
_HIT = _pattern(
    _LEAD,
    r"(?:hit|push|smash)\b.*\b(?:button|export|download|save|play|render|generate|apply|key|enter)\b",
)
_KEY = _pattern(
    _LEAD,
    r"(?:press|hit|use|hold|type|try)\b.{0,30}(?:\b(?:ctrl|cmd|command|control|shift|alt|backspace|space ?bar|escape|esc|",
    r"(?:arrow|delete|del|enter|return) keys?|(?:keyboard )?shortcuts?|hot ?keys?|mouse(?: wheel)?|trackpad)\b|⌘)",
)
_SCROLL = _pattern(
    _LEAD,
    r"(?:(?:scroll|swipe)(?:ing)?\s+(?:up|down|left|right|to|through|along|across|over|back|until|the|for)\b|",
    r"(?:zoom(?: in| out)?|pinch)\b.*\b(?:timeline|canvas|tracks?|mouse)\b)",
)
_PAGE = _pattern(
    _LEAD,
    r"(?:(?:refresh|re-?load|close|leave|minimi[sz]e|maximi[sz]e|collapse|pin)\b.*\b",
    r"(?:pages?|browser|tabs?|panels?|windows?|dialogs?|app|side ?bars?|pop-?ups?|menus?)\b|",
    r"save (?:the|your) (?:project|work|changes|draft)\b)",
)
_PREPARES = _pattern(
    _LEAD,
    r"(?:select|highlight|hover over|point (?:at|to)|(?:move|place|put|set) the (?:playhead|cursor|mouse))\b",
)
"""What one does before a click: `select the clip and press Delete`."""
_DRAG = _pattern(
    _LEAD,
    r"(?:drag(?:\b(?!\s+(?:rac|queen|show))|ging (?:it|them|the|your|any|clips?)\b)|",
    r"drop\b.*\b(?:into|onto|on|in|here)\b)",
)
_EXPORT = _pattern(
    _LEAD,
    r"(?:export|download|save)(?=\s*$|\s+(?:it|this|them|your|the|now|whenever|directly|and)\b)",
    rf"(?:\s+{_OBJECTS})*\W*$",
)
_ACCOUNT = _pattern(
    _LEAD,
    rf"(?:{_VISIT}\b.*\b{_ACCOUNTS}\b|(?:top up|recharge|upgrade|buy|purchase|get more|add)\b.*",
    r"\b(?:accounts?|billing|settings|page|dashboard|web ?site|portal)\b)",
)
_ADJUST = _pattern(
    _LEAD,
    rf"{_CHANGE}\b.*\b(?:(?:in|on|from|using|with|via|through|inside|within) (?:the|your) (?:\S+ ){{0,3}}{_EDITORS}\b|",
    r"manually\b|by dragging\b)",
)
_VIEW = _pattern(
    _LEAD,
    rf"{_LOOK}\b(?:.*\b{_SCREENS}\b|(?<=preview)(?:\s+(?:it|this|them|everything|your|the|now|before|how)\b|\s*$))",
)
_USE = _pattern(
    _LEAD,
    rf"{_GO}\b(?:.*\b{_PLACES}\b|\s+(?:the )?(?:file\s+(?:menu\s+)?)?(?:export|download|save)",
    r"(?=\s*$|\s+(?:to|in|from|at|option|when|now|once)\b))",
)
_OPENS = _pattern(_LEAD, r"(?:open|expand|switch|go|head|navigat|visit|access|brows|explor)")
_BUTTON = _pattern(
    r"\b(?:export|download|save|share|upload|import|play|preview|generate|apply|render|edit|add)\s+",
    r"(?:button|icon|option|menu|tab|panel)\b",
)
_BY = _pattern(
    r"\bby (?:simply |just )?(?:click|tapp|press|dragg|dropp|open|go|us|select|choos|hitt|navigat)ing\b.*|",
    r"\b(?:to|for) (?:preview|view|play|watch|review|see|edit|adjust)\w*\s+(?:it )?(?:in|on|from|with|using) ",
    rf"(?:the|your) (?:\w+ ){{0,2}}{_EDITORS}\b.*|",
    rf"\b(?:to|for) (?:preview|view|play|watch|review|see)\w*\s+(?:it )?(?:in|on) (?:the|your) (?:\w+ )?{_SCREENS}\b.*",
)
_REPORT = _pattern(
    r"\b(?:added|placed|put|inserted|animated|shows?|showing|reads?|says?|saying|titled|labell?ed|caption\w*|"
    r"subtitles?|",
    r"overlay|sticker|graphic|end card|call[- ]to[- ]action|cta)\b",
)
_CONTENT = _pattern(
    r"\b(?:is|are|was|were|has|have|had|looks?|runs?|plays|lasts?|starts|ends|contains|includes|features|ready|added|",
    r"changed|created|generated|updated|finished|completed?|lowered|raised|trimmed|removed|replaced|upload|send|"
    r"attach)\b|",
    r"'(?:s|ve)\b",
)
_ABOUT_EXPORT = _pattern(
    r"\W*(?:export|download|sav)ing\b|.*\bbe (?:export|download|sav|preview|view|edit|adjust)ed\b"
)
_JOINT = _pattern(
    r"\s+(?:to|for|and|by|via|using|with|through|from|when|once|if|so|behind|under)\b"
)

_TARGETS = tuple(
    (_pattern(r"\b", _any(phrases)), action)
    for phrases, action in (
        ("export, download, sav(?:e|ing), render, share", GuiAction.EXPORT),
        (
            "accounts?\\b, billing, credits?\\b, balance, subscri, upgrade, top ?up, recharge, pricing, plans?\\b",
            GuiAction.CREDITS,
        ),
        ("preview, play, timeline", GuiAction.TIMELINE),
        (
            "edit(?!ors?\\b), adjust, trim, crop, split, cut\\b, apply, generat, regenerat, create, replace, delete,"
            "remove, add\\b,"
            "mute, volume, title, text, caption, music, audio, effect, transition, filter, speed, style,"
            "template",
            GuiAction.EDIT,
        ),
        ("panel, tabs?\\b, media, asset, library, side ?bar, layer, tracks?\\b", GuiAction.STATE),
        ("upload, import", None),
    )
)
_SETTINGS = _pattern(r"\b(?:settings|preferences|dashboards?|workspace)\b")

_BESIDES = _any(
    r"""
    finally, next, now, first, second, lastly, alternatively, otherwise, then, from there, if so, instead,
    afterwards?, meanwhile, at this point, step \d+, (?:the )?(?:next|final|last|first) steps?(?: is)?,
    (?:pro |quick )?tips?, note, how to\b.*, here's how\b.*, reminder, hint, instructions?, what's next
    """
)
_LEADS_IN = _pattern(
    r"\W*(?:(?:and|or|but|so|then|also)\s+)?(?:",
    r"(?:when|whenever|once|if|until|unless|as soon as|in order to|in case|should you)\b.*|to (?!the\b).*|",
    r"(?:before|after) (?:you|that|this|review|check|preview|export|download|shar|mak|edit).*|",
    r"for (?:that|this|best|more|a final|the final|any)\b.*|",
    r"(?:i|we)(?: can't| cannot| can not|(?:'m| am|'re| are) (?:not able|unable) to)\b.*(?:export|download|render|"
    r"save).*|",
    rf"{_BESIDES}\W*$)",
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
_CONTINUES = _pattern(_AFTER, rf"(?:{_CHOOSE}|{_HAPPENS}|{_THEN})")
_CONTINUES_FAR = _pattern(_AFTER, rf"(?:{_CHOOSE}{_OPTIONS}|{_HAPPENS})")
_VERBS = _any(
    r"""
    click, tap, press, hit, select, choose, open, go to, drag, preview, play, check, export, download, save, use,
    adjust, edit, trim, arrange, rearrange, move, let, tell, ask, share, i, i'll, i've, we
    """
)
_BREAK = _pattern(
    r"(?<=\S)(?<! and)(?<! or)(?<! but)(?<! so)\s+(?=(?:and|or|then|but|so|&)\s+",
    rf"(?:(?:then|you can|just|please|simply|also|finally|you|to)\s+)*+{_VERBS}\b)",
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
    if _DRAG.match(clause):
        return ButtonTalk((GuiAction.EDIT,))
    if any(pattern.match(clause) for pattern in (_CLICK, _HIT, _KEY, _SCROLL)):
        return ButtonTalk(_target(clause))
    if _PAGE.match(clause):
        return ButtonTalk(())
    if not asks and (found := _told(clause)) is not None:
        return found
    if _USE.match(clause):
        return ButtonTalk(_place(clause))
    phrase = _BUTTON.search(clause) or _BY.search(clause)
    if phrase is None or _REPORT.search(clause, 0, phrase.start()):
        return None
    return ButtonTalk(_target(phrase.group()) or _target(clause), _content(clause, phrase.start()))


def _told(clause: str) -> ButtonTalk | None:
    for pattern, action in (
        (_EXPORT, GuiAction.EXPORT),
        (_ACCOUNT, GuiAction.CREDITS),
        (_ADJUST, GuiAction.EDIT),
        (_VIEW, GuiAction.TIMELINE),
    ):
        if pattern.match(clause):
            return ButtonTalk((action,))
    return None


def _target(clause: str) -> tuple[GuiAction, ...]:
    """The action behind what is to be clicked: the first thing named."""
    found = [
        (match.start(), action) for pattern, action in _TARGETS if (match := pattern.search(clause))
    ]
    action = min(found, key=lambda place: place[0])[1] if found else None
    return (action,) if action else ()


def _place(clause: str) -> tuple[GuiAction, ...]:
    """The action behind a panel that is to be opened; settings and dashboards have none of ours."""
    found = _target(clause)
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
