"""What the words are looked up in: one row a meaning, English and Chinese in the same row."""

import re
from typing import Final

Rows = tuple[tuple[str, re.Pattern[str]], ...]


def _rows(**rows: str) -> Rows:
    return tuple((name, re.compile(pattern)) for name, pattern in rows.items())


ASPECTS: Final[Rows] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("9:16", r"(?<!\d)9\s?[:x/比]\s?16(?!\d)|1080\s?[x*×]\s?1920"),
        ("16:9", r"(?<!\d)16\s?[:x/比]\s?9(?!\d)|1920\s?[x*×]\s?1080"),
        ("1:1", r"(?<!\d)1\s?[:x/比]\s?1(?!\d)|1080\s?[x*×]\s?1080"),
        ("4:5", r"(?<!\d)4\s?[:x/比]\s?5(?!\d)|1080\s?[x*×]\s?1350"),
        (
            "9:16",
            r"\bvertical\b|\bportrait (?:format|mode|orientation|video|version)|\bupright\b|tik "
            r"?tok|\breels?\b",
        ),
        (
            "9:16",
            r"\bshorts\b|\bstor(?:y|ies) format|(?:instagram|ig|snapchat|facebook) "
            r"stor|竖屏|竖版|竖着|竖式|直式|抖音|快手",
        ),
        ("4:5", r"instagram (?:post|feed)|小红书"),
        ("1:1", r"\bsquare\b|方形|正方|方的"),
        (
            "16:9",
            r"\bhorizontal\b|\bwide ?screen\b|^\W*wide\W*$|\b(?:make it|in) wide\b|\bwide "
            r"(?:format|video)\b|\blandscape "
            r"(?:format|mode|orientation|video|version)|youtube|横屏|横版|横式",
        ),
    )
)

MUSIC: Final = re.compile(
    r"\bmusic\b|\bbgm\b|\bsound "
    r"?track\b|\bsong\b|\btune\b|\bbeats?\b"
    r"|\b(?:calm|soft|slow|quiet|gentle|sad|happy|some|with) (?:\w+ )?(?:piano|guitar)\b"
    r"|配.{0,2}(?:钢琴|吉他)|[首的支]歌(?!词)|换.{0,4}歌|歌曲|音乐|音樂|配乐|背景音|[乐琴舞]曲|曲子"
)
STYLES: Final = _rows(
    lofi=r"\blo-?fi\b|\bchill(?:ed)?\b|\bhip[- ]?hop\b|低保真|慵懒",
    upbeat=r"\bupbeat\b|\bhappy\b|\benergetic\b|\bcheerful\b|\bfun\b|\blively\b|\bpop\b|欢快|轻快|动感|快乐|活泼|欢乐",
    epic=r"\bepic\b|\bcinematic\b|\bdramatic\b|\borchestral\b|\bheroic\b|史诗|大气|震撼|电影感|恢弘",
    piano=r"\bpiano\b|\bsad\b|\bemotional\b|\bmelanchol\w+|\bromantic\b|\bnostalgic\b|钢琴|伤感|抒情|浪漫|怀旧",
    electronic=r"\belectronic\b|\btechno\b|\bedm\b|\bsynth\w*|\bdance\b|\bhouse music\b"
    r"|电子|舞曲|电音",
    soft=r"\bsoft\b|\bcalm\w*|\brelax\w+|\bgentle\b|\bpeaceful\b|\bambient\b|\bquiet\b|舒缓|轻柔|安静|柔和|平静|放松|轻音乐|轻的",
)
MOOD: Final = re.compile(
    r"\bmake (?:it|this|the video)\b.*\bmore\b|\bmore \w+$|变得更?|更\w{1,4}一?[点些]|风格"
)

_OFF_EN = (
    r"\b(?:no|without|remove|delete|drop|mute|turn off|strip|take out|take away|get rid "
    r"of|kill|cut)\b"
)
_OFF_ZH = r"(?:去掉|去除|删除|删掉|删了|移除|拿掉|不要|关掉|关闭|取消|没有|不加|静音|无)"
MUSIC_OFF: Final = re.compile(
    _OFF_EN + r"(?: \w+){0,3}? (?:music|bgm|sound ?track|song|audio|sound)\b(?! (?:volume|to \d))"
    r"|" + _OFF_ZH + r"(?:[^,。.]{0,4}?|[^,。.]{0,12}的)(?:音乐|配乐|背景音|bgm|声音)"
    r"|把(?:背景)?(?:音乐|配乐|声音)" + _OFF_ZH
)
QUIETER: Final = re.compile(
    r"\bquieter\b|\bsofter\b|\bless loud\b|\b(?:lower|reduce|turn "
    r"down|decrease|soften)\b(?: \w+){0,2}? "
    r"(?:music|volume|bgm|sound|soundtrack)\b|\bturn (?:the |it )?(?:music |volume |sound )?down\b"
    r"|(?:音乐|音量|声音|配乐).{0,4}(?:(?:小|轻|低)[柔声]?(?:一?[点些]|下)|太?(?:大|响)了)|(?:小|轻)声|(?:调低|降低|减小).{0,4}(?:音乐|音量|声音)"
)
LOUDER: Final = re.compile(
    r"\blouder\b|\b(?:raise|increase|turn up|boost)\b(?: \w+){0,2}? "
    r"(?:music|volume|bgm|sound|soundtrack)\b"
    r"|\bturn (?:the |it )?(?:music |volume |sound )?up\b"
    r"|(?:音乐|音量|声音|配乐).{0,4}(?:大|响|高)|大声|(?:调高|提高|增大|加大).{0,4}(?:音乐|音量|声音)"
)
VOLUME: Final = re.compile(r"\bvolume\b|音量")

FADES_OFF: Final = re.compile(
    _OFF_EN
    + r"(?: \w+){0,2}? (?:transitions?|cross-?fades?|fades?)\b|\bhard cuts?\b|"
    + _OFF_ZH
    + r".{0,2}(?:转场|过渡|叠化|淡入)"
)
FADES: Final = re.compile(
    r"\btransitions?\b|\bcross-?fad\w+|\bfad(?:e|es|ing)\b|\bdissolves?\b|转场|过渡|叠化|淡入|淡出"
)

FASTER: Final = re.compile(
    r"\bfaster\b|\bquicker\b|\bspeed (?:it |this |the video "
    r")?up\b|快一?[点些]|加快|更快|提速|节奏快"
)
SLOWER: Final = re.compile(
    r"\bslower\b|\bslow (?:it |this |the video )?down\b|慢一?[点些]|放慢|更慢|降速|节奏慢"
)
LONGER: Final = re.compile(r"\blonger\b|\bextend\b|长一?[点些]|更长|延长|加长")
SHORTER: Final = re.compile(r"\bshorter\b|\bshorten\b|\btrim\b|短一?[点些]|更短|缩短|剪短")

SWAP: Final = re.compile(r"\bswap\b|\bswitch\b|\bexchange\b|交换|对调|互换|调换")
REVERSE: Final = re.compile(
    r"\brevers(?:e|ed)\b.*\border\b|\bin reverse\b|\bbackwards\b|倒序|反过来|倒过来|颠倒顺序"
)
MOVE_FIRST: Final = re.compile(
    r"\b(?:move|put|bring|start with|begin with|open with)\b"
    r"|(?:移到?|放到?|放在|挪到|排到?|调到).{0,2}(?:最前|开头|前面|第一)|先放"
    r"|\b(?:photo|picture|image|clip)s? ?\d+ first\b|\bfirst the (?:second|third|fourth|last)\b"
)
DROP: Final = re.compile(
    r"\b(?:remove|delete|drop|take out|leave out|get rid "
    r"of)\b.*\b(?:photo|picture|image|clip|shot|one)\b"
    r"|(?:去掉|删除|删掉|移除|不要|拿掉).*(?:张|照片|图片|片段|段)"
)

_SUCH = (
    r"(?:this|these|those|the|my|another|one "
    r"more|a|an|both|two|three|new|next|last|following|other)"
)
ADD: Final = re.compile(
    rf"\b(?:add|append|insert|include|attach)(?: (?:also|in))?(?: {_SUCH}){{0,3}} "
    r"(?:photos?|pictures?|images?|clips?|videos?|files?|one|ones)\b"
    r"|\b(?:add|include|insert|append) (?:this|these|it|them)\b"
    r"|\bmissing (?:one|photo|picture|image)\b|\bforgot (?:this|that|one|an?)\b"
    r"|\b(?:use|put|take) (?:this|that|it|these)(?: one| photos?| pictures?)? (?:for|as|at|to) the "
    r"(?:end\w*|beginning|start|opening|last|first)\b"
    r"|漏了|漏掉|忘了|少了一?张|还有(?:这|一|几)张|补(?:一|这|几)张"
    r"|(?:这|那)(?:几|两|些|一)?张?.{0,4}(?:放|加|用|接|当|做).{0,4}(?:最后|结尾|片尾|末尾|开头|最前|片头)"
    r"|(?:加上|加入|添加|插入|再加|追加|补上|也放).{0,4}(?:这|照片|图片|视频|张|它)|把(?:这|它).{0,6}(?:加|放|插)"
)
MAKE: Final = re.compile(
    r"\b(?:make|create|generate|produce|build|turn|convert|animate|bring .* to "
    r"life|transform|craft|put together"
    r"|combine|edit|video|clip|film|movie|slide ?show|montage|reel|animation|animated|promo|mp4)\b"
    r"|生成|制作|做成|做一?个|做个|创建|剪辑|变成|转成|合成|拼成|来一?[段个]|视频|短片|影片|动画|动起来|幻灯片|宣传片"
)
AGAIN: Final = re.compile(
    r"\bregenerate\b|\bredo\b|\bstart over\b|\btry again\b|\bnew version\b|\bfrom scratch\b"
    r"|重新|重做|再来一|换一个版本"
)
_GREETING = (
    r"hi|hello|hey|hallo|good (?:morning|evening|afternoon)|thanks?(?: "
    r"you)?|ok(?:ay)?|cool|great|nice|bye"
)
CHAT: Final = re.compile(
    rf"^(?:{_GREETING})\b[\s!.]*$|^thank you.*"
    r"|^(?:你好|您好|嗨|谢谢.*|多谢|好的|再见|早上好|晚上好)[!。.\s]*$"
    r"|^(?:what|who|how|why|when|where|which)\b.*\?*$"
    r"|^(?:can|could|do|does|are|is) (?:you|it|this)\b"
    r"(?!.*\b(?:make|create|turn|add|remove|write|put|change)\b)"
    r"|(?:什么|怎么|如何|为什么|谁|吗)\??$"
)
SUBJECT: Final = re.compile(
    r"\b(?:about|of|showing|featuring|on) (?:an? |the |my |our )?([\w' -]{2,60}?)"
    r"(?= with | in | for | and | that |[,.;:!?]|$)"
    r"|关于(.{1,20}?)的?(?:视频|短片|影片|动画|[,.。!]|$)"
    r"|(?:拍|做|生成|制作|来)(?:一?[个段部条])?(?!.{0,2}关于)(.{1,12}?)的?(?:视频|短片|影片|动画)"
)
SCENES: Final[Rows] = (
    ("2", re.compile(r"\bsea\b|\bocean\b|\bbeach\b|\bnight\b|\bstars?\b|\bspace\b|海|夜|星|沙滩")),
    (
        "1",
        re.compile(
            r"\bmountains?\b|\bhik\w+|\bmorning\b|\bsnow\w*|\bwinter\b|\bski\w*|\btravel\w*|山|早晨|雪|冬|旅"
        ),
    ),
    (
        "3",
        re.compile(
            r"\bforest\w*|\bspring\b|\bsummer\b|\bmeadow\b|\bgarden\w*|\bnature\b|\bgreen\b|森林|春|夏|草|花|自然"
        ),
    ),
    (
        "4",
        re.compile(
            r"\bautumn\b|\bfall\b|\bmist\b|\bfog\b|\bdesert\b|\bcoffee\b|\bvintage\b|秋|雾|沙漠|咖啡"
        ),
    ),
    (
        "0",
        re.compile(
            r"\bsunset\b|\bsunrise\b|\blake\b|\bevening\b|\bromantic\b|日落|日出|湖|傍晚|黄昏|夕阳"
        ),
    ),
)
RESOLUTION: Final[Rows] = (
    ("1080", re.compile(r"\b1080p?\b|\bfull hd\b|高清")),
    ("720", re.compile(r"\b720p?\b")),
)

SEATS: Final = _rows(
    top=r"\b(?:at|on|to) (?:the )?top\b|\bhigher up\b|上面(?!写)|上方|顶部|最上|移上",
    bottom=r"\b(?:at|on|to) (?:the )?bottom\b|\blower down\b|下面|下方|底部|最下|移下",
    middle=r"\b(?:in|to) the (?:middle|cent(?:er|re))\b|\bcent(?:er|re) (?:it|the)\b"
    r"|中间|中央|居中",
)
AT_END: Final = re.compile(r"\bat the end\b|\bend card\b|结尾|片尾|末尾|最后.{0,3}(?:加|写|显示)")
AT_START: Final = re.compile(
    r"\b(?:at|for|as|to) the (?:start|beginning|opening)\b|开头|片头|一开始|最前"
)
MOTIONS: Final = _rows(
    zoom_out=r"\bzoom(?:s|ing)? out\b|拉远|镜头后退|慢慢缩小",
    still=r"\b(?:no|without) (?:any )?(?:motion|movement|zoom\w*|camera)\b"
    r"|\b(?:keep|hold|stay)\b.{0,20}\bstill\b(?! (?:image|photo|picture))|静止|不要动|别动",
    zoom_in=r"\bzoom(?:s|ing)?\b|\bcloser\b|推近|拉近|缓慢推进|慢慢放大|镜头推",
    pan_left=r"\bpan(?:ning)? (?:to the )?left\b|(?:镜头)?向左(?:移|摇|平移)",
    pan_right=r"\bpan(?:s|ning)?\b|平移|横移|摇镜",
)
LIGHTS: Final = _rows(
    up=r"\bbrighter\b|\bbrighten\b|\blighten\b|\blighter\b|\b(?:too|so) dark\b|\bmore light\b"
    r"|亮一?[点些]|更亮|调亮|提亮|太暗",
    down=r"\bdarker\b|\bdarken\b|\bdim(?:mer)?\b|\b(?:too|so) bright\b|\bless light\b"
    r"|暗一?[点些]|更暗|调暗|太亮",
)
OF_TITLES: Final = re.compile(
    r"\b(?:title|text|caption|words?)s?(?: \w+)? \w+er\b|(?:标题|文字|字幕).{0,4}"
)
"""What is said of the light of a title says nothing about the pictures."""
_LETTERS = (
    r"(?:title|text|caption|font|letters?|writing|words|schrift|titel|texto?|letras?|titulo|titre"
    r"|texte|police|titolo|testo|scritta|fonte|надпись|текст|заголовок|шрифт|буквы)"
)
_SIZED = r"\b{letters}(?: \w+){{0,3}}? (?:{sizes})\b|\b(?:{sizes}) {letters}\b|{han}"
TITLE_SIZES: Final = _rows(
    up=_SIZED.format(
        letters=_LETTERS,
        sizes=r"bigger|larger|too small|gros+er\w*|zu klein|(?:mas|plus|piu) grande?s?|maior(?:es)?"
        r"|(?:muy|muito|trop|troppo|слишком) (?:pequen|petit|piccol|мелк)\w+|pequen\w+ demais"
        r"|крупнее|побольше|больше",
        han=r"[字题].{0,2}(?:太小|大一?[点些]|调大|放大)",
    ),
    down=_SIZED.format(
        letters=_LETTERS,
        sizes=r"smaller|too (?:big|large)|kleiner\w*|zu gros+|menor(?:es)?"
        r"|(?:mas|plus|piu) (?:pequen|petit|piccol)\w+|(?:muy|muito|trop|troppo) grande?s?"
        r"|слишком крупн\w+|мельче|поменьше|меньше",
        han=r"[字题].{0,2}(?:太大|小一?[点些]|调小|缩小)",
    ),
)
"""As the words are folded: without accents."""
TONES: Final = _rows(
    grey=r"\bblack (?:and|&|n) white\b|\bb ?& ?w\b|\bmonochrome\b|\bgr[ae]yscale\b|黑白",
    warm=r"\bwarmer\b|\bwarm (?:colou?rs?|light|tones?|look)\b|\bsepia\b|暖一?[点些]|暖色|更暖",
    plain=r"\b(?:in|back to|full|normal) colou?rs?\b|\bcolou?rs? back\b|彩色|恢复颜色",
)
ONLY: Final = re.compile(
    r"\bonly\b|\bjust (?:use )?(?:the |photo|picture|image)|只(?:用|要|留|保留)|仅用"
)
