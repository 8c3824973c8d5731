"""The words of button talk in English, and how expressions are made of them."""

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
