"""What a wish in free words holds: its links, its resolution; does it want a new video, does it need a
photo, does it add to a project."""

import re
import unicodedata

from core.patterns import Pattern

SIMPLIFIED = str.maketrans(
    "導匯載傳狀態積餘額點說幫請給視頻檔還剩嗎麼進問謝煩間軸軌現樣開從頭個張圖畫製動變轉換這們讓裡剛幾兩為當樂聲單預覽課單發項輸與應該錯誤補",
    "导汇载传状态积余额点说帮请给视频档还剩吗么进问谢烦间轴轨现样开从头个张图画制动变转换这们让里刚几两为当乐声单预览课单发项输与应该错误补",
)
LINK = Pattern(
    r"https?://[^\s<>\"`\u2018-\u201d\u3000-\u303f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff00-\uffef]+",
    re.I,
)

QUOTED = re.compile(
    '"[^"\n]{0,200}"|\u201c[^\u201d\n]{0,200}\u201d|\u300c[^\u300d\n]{0,200}\u300d'
    "|\u300a[^\u300b\n]{0,200}\u300b|\u00ab[^\u00bb\n]{0,200}\u00bb|\u201e[^\u201c\u201d\n]{0,200}[\u201c\u201d]"
)
"""What is to be written on a video says nothing of who writes to us."""


def folded(text: str) -> str:
    """Case-folded, full-width forms narrowed, traditional characters of our tables simplified,
    spaces single."""
    narrow = unicodedata.normalize("NFKC", text).casefold().translate(SIMPLIFIED)
    return " ".join(re.sub("['\u2018\u2019\u00b4`]", "", narrow).split())


def plain(text: str) -> str:
    """The folded letters and digits alone; anything between them is one space."""
    return " ".join(re.sub(r"[\W_]+", " ", folded(text)).split())


def links_in(text: str) -> tuple[tuple[str, ...], str]:
    """The http(s) links that a user typed, each once and in order, and the text without them."""
    found: list[str] = []

    def take(match: re.Match[str]) -> str:
        address, after = _trimmed(match.group())
        if address not in found:
            found.append(address)
        return " " + after

    rest = LINK.sub(take, text)
    rest = re.sub(r"<\s*>|\(\s*\)|（\s*）", " ", rest) if found else rest
    return tuple(found), " ".join(rest.split()) if found else text


def resolution_asked(text: str) -> str:
    """The resolution that is asked for, as the backend spells it; "" for none. More than full HD is
    not made."""
    found = RESOLUTION.search(folded(text))
    return (f"{found[1]}p" if found[1] else "1080p") if found else ""


RESOLUTION = Pattern(
    r"(?<![a-z0-9.])(?:(480|720|1080) ?p|(?:full ?)?hd|[248]k)(?![a-z0-9])|高清|超清"
)


def _trimmed(address: str) -> tuple[str, str]:
    """A link without the punctuation of the sentence around it; brackets stay where they are
    balanced."""
    end = len(address)
    while end and (address[end - 1] in ".,;:!?'*_~|" or _unbalanced(address[:end])):
        end -= 1
    return address[:end], address[end:]


def _unbalanced(address: str) -> bool:
    last = address[-1]
    return last in ")]}" and address.count(last) > address.count(
        {")": "(", "]": "[", "}": "{"}[last]
    )


def asks_for_video(text: str) -> bool:
    """Does it want a video made, as against a change of one? "make a reel of my trip", not "make
    the video shorter"."""
    words = folded(text)
    return _found(NEW_VIDEO, words) or _found(ALIVE, words)


def needs_photo(text: str) -> bool:
    """Does it point at a picture, so that it makes no sense without one? "animate this",
    "把这张照片…"."""
    return _found(PICTURE, folded(text))


def extends_project(text: str) -> bool:
    """Do files that come with these words belong to the project at hand? "add this at the end", not
    "make a video"."""
    words = folded(text)
    return _found(ADDITION, words) and not _found(NEW_VIDEO, words)


def names_voice_over(text: str) -> bool:
    """Does it speak of a voice-over? "a promo with my narration", "配上旁白"."""
    return _found(VOICE, folded(text))


def _found(patterns: tuple[Pattern, ...], words: str) -> bool:
    return any(pattern.search(words) for pattern in patterns)


def _compiled(*patterns: str) -> tuple[Pattern, ...]:
    """The patterns with <NAMES> filled in from PARTS. Gaps are bounded: no pattern is slow on any
    input.

    ASCII, so that a word boundary lies between a Latin word and a Han character.
    """
    return tuple(
        Pattern(re.sub(r"<([A-Z_]+)>", lambda name: PARTS[name[1]], pattern), re.ASCII)
        for pattern in patterns
    )


_VIDEO = (
    r"\b(?:videos?|vids?|vidoes?|vedios?|clips?|movies?|films?|reels?|shorts?|animations?|slide ?shows?|mp4s?|gifs?"
    r"|vlogs?|trailers?|teasers?|promos?|ads?|adverts?|commercials?|stor(?:y|ies)|tiktoks?|montages?|timelapses?)\b"
)
_PHOTO = (
    r"\b(?:photos?|pictures?|pics?|images?|imgs?|snapshots?|snaps?|shots?|selfies?|portraits?|fotos?|photographs?"
    r"|stills?|screenshots?|drawings?|logos?|pix|photoes|imags?)\b"
)
PARTS = {
    "VIDEO": _VIDEO,
    "PHOTO": _PHOTO,
    "CREATE": (
        r"\b(?:generat|creat|mak|produc|prepar)(?:e|ing)\b"
        r"|\b(?:build|craft|design|film|shoot|render|do|mke|amke|creat)\b"
    ),
    "TURN": r"\b(?:turn|convert|transform|covert|trun|morph)(?:ing)?\b",
    "ANY": r"(?:[^\s,.!?;]+ ){0,8}?",
    "NEWLY": r"(?:(?!(?:the|this|that|my|our|its?|and|then|but|in|on|to|of|at|for|is)\b)[^\s.!?;]+ ){0,8}?",
    "SOON": r"[^.!?;\n]{0,90}?",
    "LENGTH": r"\d{1,9} ?-? ?(?:s|secs?|seconds?|m|mins?|minutes?)\b",
    "DEIXIS": r"\b(?:this|these|those|that|it|them|him|her|me|us|dis)\b",
    "FREE": r"(?= ?$| ?[,.!?;:]| (?:please|pls|plz|and|with|in|for|to|into|as|now|thanks|thx|into|one|ones|here)\b)",
    "MOVE": r"(?:move|moving|dance|dancing|talk|sing|walk|smile|wave|blink|come alive|come to life|alive|live)\b",
    "HAN": r"[^，。！？,.!?；;\n]",
    "VIDEO_ZH": r"(?:视频|短片|影片|动画|动图|片子|宣传片|预告片|广告|幻灯片|电影|相册|录像|mv\b|mv|vlog|mp4|gif)",
    "PHOTO_ZH": r"(?:照片|图片|相片|图像|自拍|截图|头像|插画|素材|图|照(?=$|[片和做变转生制成、，,及与或动 ])|logo)",
    "CREATE_ZH": (
        r"(?:生成|制作|创建|创作|合成|做成|变成|变为|转成|转为|转换成|转换为|剪成|剪辑成|弄成|整成|拼成|改成|做出|剪出"
        r"|[做剪拍来弄搞整出](?:一?[个段条支部]|点))"
    ),
    "INTO_ZH": r"(?:做成|变成|变为|转成|转为|转换成|转换为|剪成|剪辑成|弄成|整成|合成|制作成|生成|转)",
    "MUSIC": (
        r"(?:background )?(?:music|song|soundtrack|audio|sound|track|bgm|voice ?-?overs?|voice|narration|intro|outro)\b"
    ),
    "WANT": (
        r"(?:(?:i|we) (?:want|need|would like|wanna have|wish)|id like|give me|gimme|can i (?:get|have)"
        r"|please|pls|hi|hey)?[ ,]*"
    ),
    "ONE": (
        r"(?:a|an|another|one|some|new|\d{1,9}\S{0,20}"
        r"|short|quick|cool|nice|funny|cute|smooth|simple|vertical|square|promo|product) "
    ),
    "DURATION_ZH": r"(?:\d{1,9} ?(?:秒|s\b|分钟)|[一二三四五六七八九十]{1,9}(?:秒|分钟))",
}

NEW_VIDEO = _compiled(
    r"(?:<CREATE>) <NEWLY><VIDEO>",
    r"(?:<CREATE>) (?:the|my|this|our) (?:\w+ )?<VIDEO>"
    r"(?= ?$| ?[.!?,]| (?:now|please|pls|from|out of|using|for me|about)\b)",
    r"(?:<CREATE>) (?:it|this|these|them|that|those|everything) (?:into |to |in |as )?(?:a|an|one|some) <NEWLY><VIDEO>",
    r"(?:<CREATE>|<TURN>|\b(?:combin|merg|stitch|mix|chang|put|edit)(?:e|ing)?\b)<SOON> into <NEWLY>"
    r"(?:<VIDEO>|<LENGTH>)",
    r"<TURN> (?:(?!the\b)[^\s,.!?;]+ ){0,4}?<PHOTO>",
    r"<PHOTO>(?:\(s\))? (?:in)?to <NEWLY><VIDEO>",
    r"^<WANT><ONE><NEWLY><VIDEO>",
    r"^<VIDEO>(?: (?:of|from|with|about|for|please|pls|plz|now)\b| ?[!.]*$)",
    r"(?<!标题)(?<!字幕)(?<!文字)<CREATE_ZH><HAN>{0,24}?<VIDEO_ZH>",
    r"<PHOTO_ZH><HAN>{0,10}?<INTO_ZH><HAN>{0,8}?(?:$|<DURATION_ZH>|<VIDEO_ZH>)",
    r"^(?:我们?|请|你好|帮我|给我|想要?|要|需要|来|，|,| )*(?:一?[个段条支部]|\d{1,9} ?秒)(?!地方)"
    r"<HAN>{0,16}?<VIDEO_ZH>",
    r"用<HAN>{0,10}?<PHOTO_ZH><HAN>{0,4}?[做剪弄](?:一?[个段条支])",
    r"做视频|做短视频|拍视频|出视频|弄视频",
)
ALIVE = _compiled(
    r"\banimat(?:e|ing)\b(?! (?:the|my|a|this) (?:title|text|caption|subtitle|word|letter)s?\b)",
    r"\bbring(?:ing)? <ANY>to life\b",
    r"\bmak(?:e|ing) (?:<DEIXIS>|(?:the|this|these|my|our) (?:\w+ ){0,2}?\w+) <MOVE>",
    r"动起来|活起来|活过来|跳起舞|动画化",
    r"让<HAN>{1,8}?(?:跳舞|说话|唱歌|眨眼|微笑|动一动|走路|挥手)",
)
PICTURE = _compiled(
    r"\b(?:this|these|those|that|my|our|attached|following|above|below|his|her|their|dis)"
    r"(?: [^\s,.!?;]+){0,4}? <PHOTO>",
    r"(?:<CREATE>|<TURN>|\b(?:animat|combin|merg|stitch|mix|us)(?:e|ing)?\b)<SOON><PHOTO><SOON>(?:\binto\b|\bto\b)",
    r"\b(?:from|using|out of) (?:[^\s,.!?;]+ ){0,4}?<PHOTO>",
    r"<PHOTO> (?:in)?to <NEWLY><VIDEO>",
    r"(?:<TURN>|\b(?:animat|combin|merg)(?:e|ing)\b|\bbring(?:ing)?\b) (?:<DEIXIS>|(?:my|our) )",
    r"\bmak(?:e|ing) <DEIXIS> (?:(?:in)?to )?(?:a|an) <NEWLY><VIDEO>",
    r"\bmak(?:e|ing) (?:<DEIXIS>|(?:my|the) \w+) <MOVE>",
    r"\b(?:from|out of|of|with|using) (?:this|these|those|them|dis)<FREE>",
    r"[这那][些几两三四五六七八九十\d]{0,9}[张幅]",
    r"(?:这|那|这些|那些|我的|我们的|上面的?|刚才的?|以下的?|附件)<HAN>{0,6}?<PHOTO_ZH>",
    r"[把将用拿让给]<HAN>{0,14}?<PHOTO_ZH>",
    r"<PHOTO_ZH><HAN>{0,8}?<INTO_ZH>|<PHOTO_ZH>(?:动起来|活)",
    r"(?:[一二两三四五六七八九十几]|\d{1,9}) ?[张幅]<HAN>{0,12}?<INTO_ZH>",
    r"[把将让](?:它们?|他们?|她们?|这个?|这些|我|人物)<HAN>{0,12}?(?:动|活|<INTO_ZH>|跳舞|说话|唱歌)",
)
ADDITION = _compiled(
    r"\b(?:add|append|insert|include|attach|overlay|replac|swap|exchang)(?:e|ing|s)?\b",
    r"\b(?:also|and) (?:us(?:e|ing)|tak(?:e|ing)|this|these|those|with (?:this|these))\b",
    r"\b(?:put|place|drop|stick|move)\b<SOON>"
    r"\b(?:at|in|on|to|after|before|between|into|over|behind|under|first|last)\b",
    r"\bas (?:the |a |my |our |its )?(?:\w+ )?<MUSIC>",
    r"\bas (?:the |a )?(?:cover|ending|opening|last|first|second|background|logo|watermark)\b",
    r"\b(?:this|that|here|it)(?: ?i?s)? (?:the|my) (?:\w+ )?<MUSIC>|\bthis goes\b",
    r"\b(?:use|with|take|want) (?:this|that|my)(?: \w+)? (?:<MUSIC>|instead)",
    r"\b(?:another|one more|two more|few more|some more|more) (?:<PHOTO>|<VIDEO>|one|ones)\b",
    r"\b(?:this|these|that|those)(?: ones?| \w+)? (?:too|as well|instead)\b|\bone too\b",
    r"加(?!油|班|拿大)|插[入到进在]|追加|补充|补[上一]|换[成上掉]|替换|[当用]作|作为|当成|接[在到上]|拼[在到上]|配[上音]",
    r"放[到在进入]|还有这|再来[一二两三四五几\d]{0,9}[张段个]|再用|也[用放要]上?|(?:做|当|用)(?:<HAN>{0,4}?)(?:配乐|背景音乐|bgm|片头|片尾|封面)",
)
VOICE = _compiled(r"\bvoice ?-?overs?\b|\bnarrat(?:e|ed|ing|ion|or)\b", r"配音|旁白|口播|解说")
