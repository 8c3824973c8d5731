"""Button talk in English: a clause that begins like an instruction and names a thing to click."""

import re

from core.nemo.gui.actions import ButtonTalk, GuiAction


def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_LEAD = (
    r"^\W*+(?:(?:and|or|but|so|please|kindly|just|simply|only|now|then|next|finally|lastly|also|alternatively|instead|"
    r"otherwise|afterwards?|after that|first|second|third|again|directly|always|easily|still|either|you(?:'ll|'d)?|"
    r"will|would|can|could|may|might|should|must|need to|have to|want to|are able to|(?:all|everything) you (?:need|have)"
    r" to do(?: now)? is(?: to)?|the (?:next|last|final|only) (?:step|thing)(?: left)? is to|feel free to|go ahead and|"
    r"remember to|(?:make|be) sure (?:to|you)|don't (?:forget|hesitate) to|try to|let's|it's time to|time to|which|where|"
    r"(?:i|we)(?:'d)? (?:recommend|suggest)(?: that)?(?: you)?)[\s,:]++)*+"
)
_CLICK = _pattern(
    _LEAD + r"(?:(?:left|right|double)[- ])?(?:click|tap|press)(?:ing)?\b(?!\s+(?:sounds?|sfx|effects?|noises?|tracks?|"
    r"releases?|kits?|conference|coverage|danc\w+|water|shoes?|beats?)\b)"
)
_HIT = _pattern(
    _LEAD + r"(?:hit|push|smash)\b.*\b(?:button|export|download|save|play|render|generate|apply|key|enter)\b"
)
_NOUN = (
    r"\b(?:buttons?|icons?|panels?|tabs?|menus?|side ?bars?|tool ?bars?|drop-?downs?|dialogs?|check ?boxes|sliders?|"
    r"inspector|pop-?ups?|widgets?|settings|preferences|dashboards?|editor|workspace|(?:media|asset|music) library)\b"
)
_USE = _pattern(
    _LEAD + r"(?:select|choos|us|find|pick|look for|locat|go to|go into|head (?:over )?to|navigat|visit|open|see|view|"
    r"check|access|expand|switch to|hover over|scroll|return to|jump to|explor|brows)(?:e|es|ing)?\b"
    r"(?:.*" + _NOUN + r"|\s+(?:the )?(?:export|download|save)(?=\s*$|\s+(?:to|in|from|at|option|when|now|once)\b))"
)
_OPENS = _pattern(_LEAD + r"(?:open|expand|switch|go|head|navigat|visit|access|brows|explor)")
_BUTTON = _pattern(r"\b(?:export|download|save|share)\s+(?:button|icon|option|menu|tab|panel)\b")
_BY = _pattern(
    r"\bby (?:simply |just )?(?:click|tapp|press|dragg|dropp|open|go|us|select|choos|hitt|navigat)ing\b.*|"
    r"\b(?:to|for) (?:preview|view|play|watch|review|see|edit|adjust)\w*\s+(?:it )?(?:in|on|from|with|using) (?:the|your)"
    r" (?:\w+ ){0,2}(?:timeline|player|editor|panel|window|preview)\b.*"
)
_VIEW = _pattern(
    _LEAD
    + r"(?:preview|play|watch|view|see|check|review|find|look at|inspect|(?:have|take) a look at)\b(?:.*\b(?:timeline|"
    r"player|preview (?:window|panel|area|pane|screen)|preview|viewer)\b|(?<=preview)(?:\s+(?:it|this|them|everything|"
    r"your|the|now|before|how)\b|\s*$))"
)
_ACCOUNT = _pattern(
    _LEAD + r"(?:(?:check|visit|see|go to|review|open|view|head to|head over to|manage|look at|log ?in to|sign in to|"
    r"navigate to)\b.*\b(?:accounts?|billing|subscription|balance|usage|wallet|payments?|pricing|plans? page|your plan|"
    r"(?:your|remaining) credits|credits? (?:balance|page))\b|(?:top up|recharge|upgrade|buy|purchase|get more|add)\b.*"
    r"\b(?:accounts?|billing|settings|page|dashboard|web ?site|portal)\b)"
)
_DRAG = _pattern(
    _LEAD + r"(?:drag|dragging)\b(?!\s+(?:rac|queen|show))|" + _LEAD + r"drop\b.*\b(?:into|onto|on|in|here)\b"
)
_ADJUST = _pattern(
    _LEAD + r"(?:move|arrange|rearrange|re-?order|resize|trim|cut|split|crop|adjust|edit|tweak|fine-?tune|customi[sz]e|"
    r"change|modify|refine|replace|delete|remove|add|extend|shorten|rotate|make (?:any |further |more )*(?:changes|edits|"
    r"adjustments))\b.*(?:\b(?:in|on|from|using|with|via|through|inside|within) (?:the|your) (?:\w+ ){0,3}(?:timeline|"
    r"editor|panel|canvas|sliders?|handles?|inspector|properties|toolbar|tab|menu|sidebar|settings|button|icon)\b|"
    r"\bmanually\b|\bby dragging\b)"
)
_EXPORT = _pattern(
    _LEAD
    + r"(?:export|download|save)(?=\s*$|\s+(?:it|this|them|your|the|now|whenever|directly|and)\b)(?:\s+(?:it|this|"
    r"them|your|the|my|final|finished|video|clip|movie|file|project|result|mp4|now|whenever|when|once|as|soon|you|you're|"
    r"are|happy|satisfied|done|ready|like|want|wish|with|directly|and|share|to|device|computer|phone|from|here|there|any|"
    r"time|anytime|at|in|hd|full|high|quality))*\W*$"
)
_REPORT = _pattern(
    r"\b(?:added|placed|put|inserted|animated|shows?|showing|reads?|says?|saying|titled|labell?ed|caption\w*|subtitles?|"
    r"overlay|sticker|graphic|end card|call[- ]to[- ]action|cta)\b"
)
_CONTENT = _pattern(
    r"\b(?:is|are|was|were|has|have|had|looks?|runs?|plays|lasts?|starts|ends|contains|includes|features|done|ready|added|"
    r"changed|created|generated|updated|finished|completed?|lowered|raised|trimmed|removed|replaced)\b|'(?:s|ve)\b"
)
_ADDRESSED = _pattern(_LEAD.replace("^", "") + r"\w+")
_JOINT = _pattern(r"\s+(?:to|for|and|by|via|using|with|through|from|when|once|if|so|behind|under)\b")

_TARGETS = tuple(
    (_pattern(pattern), action)
    for pattern, action in (
        (r"\b(?:export|download|sav(?:e|ing)|render|share)\w*", GuiAction.EXPORT),
        (
            r"\b(?:accounts?|billing|credits?|balance|subscription|upgrade|top ?up|recharge|pricing|plans?)\b",
            GuiAction.CREDITS,
        ),
        (r"\b(?:preview\w*|play|player|timeline)\b", GuiAction.TIMELINE),
        (
            r"\b(?:edit\w*|adjust\w*|trim|crop|split|cut|apply|generate|regenerate|create|replace|delete|remove|add|undo|"
            r"redo|mute|volume|title|text|captions?|music|audio|effects?|transitions?|filters?|speed|style|template)\b",
            GuiAction.EDIT,
        ),
        (r"\b(?:panels?|tabs?|media|assets?|library|side ?bar|layers?|tracks?)\b", GuiAction.STATE),
    )
)
_PURPOSE = _pattern(r"\s(?:to|before|after|when|once|if|so|at|in|on the)\b")
_SETTINGS = _pattern(r"\b(?:settings|preferences|dashboards?|workspace)\b")

_LEADS_IN = _pattern(
    r"^\W*(?:(?:and|or|but|so|then|also)\s+)?(?:(?:when|whenever|once|if|until|unless|as soon as|in order to|in case|should"
    r" you)\b.*|to (?!the\b).*|(?:before|after) (?:you|that|this|review|check|preview|export|download|shar|mak|edit).*|"
    r"for (?:that|this|best|more|a final|the final|any)\b.*|(?:finally|next|now|first|second|lastly|alternatively|otherwise|"
    r"then|from there|if so|instead|afterwards?|meanwhile|at this point|step \d+|(?:the )?(?:next|final|last|first) steps?"
    r"(?: is)?|(?:pro |quick )?tips?|note|how to\b.*|here's how\b.*|reminder|hint|instructions?|what's next)\W*$)"
)
_CONTINUES = _pattern(
    r"^\W*(?:(?:and|then|next|now|finally|or|also|please)[\s,]+)*(?:(?:choose|select|pick|set|enter|type|confirm|wait)\b|(?:it|this|"
    r"the (?:video|file|download|export)|your (?:video|file|download|export))(?:'ll| will) (?:be |start |begin |then |also )?"
    r"(?:automatically )?(?:download|sav|export|render|open))"
)
_BREAK = _pattern(
    r"(?<=\S)\s+(?=(?:and|or|then|but|so|&)\s+(?:(?:then|you can|just|please|simply|also|finally|you|to)\s+)*+(?:click|tap|press|"
    r"hit|select|choose|open|go to|drag|preview|play|check|export|download|save|use|adjust|edit|trim|arrange|rearrange|"
    r"move|let|tell|share|i|i'll|i've|we)\b)"
)


def breaks(sentence: str) -> list[int]:
    """Places, besides commas, where a new clause begins: "… and click"."""
    return [match.start() for match in _BREAK.finditer(sentence)]


def leads_in(clause: str) -> bool:
    """Makes sense only with the clause beside it."""
    return bool(_LEADS_IN.match(clause))


def continues(clause: str) -> bool:
    """Goes on with what one clicks, or tells what a click does."""
    return bool(_CONTINUES.match(clause))


def read(clause: str, asks: bool) -> ButtonTalk | None:
    """What the clause tells the user to click; None for content. A question must name a button to count."""
    if _DRAG.match(clause):
        return ButtonTalk((GuiAction.EDIT,))
    if _CLICK.match(clause) or _HIT.match(clause):
        return ButtonTalk(_target(clause))
    if not asks and (found := _told(clause)) is not None:
        return found
    if _USE.match(clause):
        return ButtonTalk(_place(clause))
    phrase = _BUTTON.search(clause) or _BY.search(clause)
    if phrase is None or _REPORT.search(clause, 0, phrase.start()):
        return None
    actions = (GuiAction.EXPORT,) if phrase.re is _BUTTON else _target(phrase.group()) or _target(clause)
    return ButtonTalk(actions, _content(clause, phrase.start()))


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
    """The action behind what is to be clicked: the first thing named, its purpose last."""
    purpose = _PURPOSE.search(clause)
    for stretch in (clause[: purpose.start()] if purpose else clause, clause):
        found = [(match.start(), action) for pattern, action in _TARGETS if (match := pattern.search(stretch))]
        if found:
            return (min(found)[1],)
    return ()


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
        if _CONTENT.search(before) and len(before.split()) > 1:
            return joint.start()
    return 0
