"""The words of button talk in English, and how clauses of them hang together: where one begins, and
which lean on another."""

import re

from core.patterns import Pattern


def any_of(phrases: str) -> str:
    """An expression for any of these phrases."""
    return "(?:" + "|".join(phrase.strip() for phrase in phrases.split(",")) + ")"


def pattern(*parts: str) -> Pattern:
    """An expression in several lines, whatever the case of letters."""
    return Pattern("".join(parts), re.IGNORECASE)


POLITE = any_of(
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
LEAD = rf"\W*+(?:{POLITE}[\s,:]++)*+"
"""How an instruction may begin; what follows must be its verb."""

PLACES = any_of(
    r"""
    buttons?, icons?, panels?, tabs?, menus?, side ?bars?, tool ?bars?, drop-?downs?, dialogs?, check ?boxes,
    sliders?, inspector, pop-?ups?, widgets?, settings, preferences, dashboards?, editor, workspace,
    (?:the|your|our|media|asset|music|sound|stock|photo) librar(?:y|ies), (?:the|your) canvas, playhead
    """
)
EDITORS = any_of(
    r"""
    timeline, editor, panel, canvas, sliders?, handles?, inspector, properties, toolbar, tab, menu, sidebar,
    settings, button, icon
    """
)
SCREENS = any_of(r"timeline, player, viewer, preview (?:window|panel|area|pane|screen), preview")
LOOK = any_of(
    r"""
    preview, play, watch, view, see, check, review, find, look at, inspect, (?:have|take) a look at
    """
)
CHANGE = any_of(
    r"""
    move, arrange, rearrange, re-?order, resize, trim, cut, split, crop, adjust, edit, tweak, fine-?tune,
    customi[sz]e, change, modify, refine, replace, delete, remove, add, extend, shorten, rotate,
    make (?:any |further |more )*(?:changes|edits|adjustments), toggle, mute, unmute, hide, lock, unlock, highlight,
    select, rename, scale, reposition, align, zoom (?:in|out)
    """
)
GO = any_of(
    r"""
    select, choos(?:e|ing), us(?:e|ing), find, pick, look for, locat(?:e|ing), go to, go into, head (?:over )?to,
    navigat(?:e|ing), visit, open(?:ing)?, see, view, check, access, expand, switch to, hover over, scroll,
    return to, jump to, explore, browse
    """
)
VISIT = any_of(
    r"""
    check, visit, see, go to, review, open, view, head (?:over )?to, manage, look at, log ?in to, sign in to,
    navigate to
    """
)
ACCOUNTS = any_of(
    r"""
    accounts?, billing, subscription, balance, usage, wallet, payments?, pricing, plans? page, your plan,
    (?:your|remaining) credits, credits? (?:balance|page)
    """
)
NO_CLICKS = any_of(
    r"""
    sounds?, sfx, effects?, noises?, tracks?, releases?, kits?, conference, coverage, danc\w+, water, shoes?,
    beats?, (?:photos?|shots?|pictures?|images?) (?:is|are|was|were)
    """
)
OBJECTS = any_of(
    r"""
    it, this, them, your, the, my, final, finished, video, clip, movie, file, project, result, mp4, now, whenever,
    when, once, as, soon, you, you're, are, happy, satisfied, done, ready, like, want, wish, with, directly, and,
    share, to, device, computer, phone, from, here, there, any, time, anytime, at, in, hd, full, high, quality
    """
)

BESIDES = any_of(
    r"""
    finally, next, now, first, second, lastly, alternatively, otherwise, then, from there, if so, instead,
    afterwards?, meanwhile, at this point, step \d+, (?:the )?(?:next|final|last|first) steps?(?: is)?,
    (?:pro |quick )?tips?, note, how to\b.*, here's how\b.*, reminder, hint, instructions?, what's next
    """
)
VERBS = any_of(
    r"""
    click, tap, press, hit, select, choose, open, go to, drag, preview, play, check, export, download, save, use,
    adjust, edit, trim, arrange, rearrange, move, let, tell, ask, share, i, i'll, i've, we
    """
)


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
