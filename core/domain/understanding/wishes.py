"""What files and words are to become: does a wish want a new video, does it need a photo, do files
belong to the video at hand (`here is the missing one`, `use this for the ending`)."""

import re
from functools import cache

from core.domain.understanding.spelling import folded, is_question, narrowed
from core.patterns import Pattern


def asks_for_video(text: str) -> bool:
    """Does it want a video made, as against a change of one? "make a reel of my trip", not "make
    the video shorter"."""
    words = narrowed(text)
    return _found(NEW_VIDEO, words) or _found(ALIVE, words)


def needs_photo(text: str) -> bool:
    """Does it point at a picture, so that it makes no sense without one? "animate this",
    "把这张照片…"."""
    return _found(PICTURE, narrowed(text))


def extends_project(text: str) -> bool:
    """Do files that come with these words belong to the project at hand? "add this at the end", not
    "make a video"."""
    words = narrowed(text)
    return _found(ADDITION, words) and not _found(NEW_VIDEO, words)


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
    "TALE": r"of|from|by|that|which|when|where|we|i|he|she|they|played|was",
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
    r"\b(?:this|that|here|it)(?: ?i?s)? (?:the|my) (?:\w+ )?<MUSIC>(?! (?:<TALE>))|\bthis goes\b",
    r"\b(?:use|with|take|want) (?:this|that|my)(?: \w+)? (?:<MUSIC>|instead)",
    r"\b(?:another|one more|two more|few more|some more|more) (?:<PHOTO>|<VIDEO>|one|ones)\b",
    r"\b(?:this|these|that|those)(?: ones?| \w+)? (?:too|as well|instead)\b|\bone too\b",
    r"加(?!油|班|拿大)|插[入到进在]|追加|补充|补[上一]|换[成上掉]|替换|[当用]作|作为|当成|接[在到上]|拼[在到上]|配[上音]",
    r"放[到在进入]|还有这|再来[一二两三四五几\d]{0,9}[张段个]|再用|也[用放要]上?|(?:做|当|用)(?:<HAN>{0,4}?)(?:配乐|背景音乐|bgm|片头|片尾|封面)",
)


LATE = r"""
\bhere(?: s|s| is| are) (?:(?:the|my) (?:missing|forgotten|last|other|second|third|rest|remaining)|another (?:one|photo|picture|pic)|one more|two more|a few more)\b
\b(?:missing|forgotten) (?:one|photo|picture|pic|shot)s?\b
\b(?:forgot|missed|left out|skipped) (?:to (?:send|add) )?(?:this|that|these|one|another|a photo|a picture)\b
\b(?:use|put|place|insert|attach|append) (?:this|that|it|these)(?: one| photo| picture| pic)? (?:for|as|at|in|to) (?:the|my)? ?(?:very )?(?:ending|end|beginning|start|opening|intro|outro|cover|last|first|final|background|closing)\b(?! (?:and|then|with) )
\bthis(?: one)? (?:is|goes|belongs|comes) (?:for|at|to|in|into|before|after) (?:the )?(?:ending|end|beginning|start|opening|first|last|middle|video|it|that|second)\b
(?:漏了|忘了|忘记|少了|落了|掉了|忘记发|漏发|忘发|漏掉|拉了)(?:发|加|放)?(?:了)?(?:这|那|一|两|几)?[一两几]?[张个]|[漏缺少](?:掉)?的(?:那|这)?[张个]
(?:用|拿)(?:这|那)[张个](?:照片|图片|图)?(?:做|当|作为|放)?(?:在)?(?:结尾|结束|开头|开场|片头|片尾|封面|最后|最前|第一|背景)
(?:这|那)[张个](?:照片|图片|图)?(?:放|加|接|摆|排|用)(?:在|到|进)?(?:结尾|开头|片头|片尾|最后|最前|前面|后面|中间|里面|进去)
还有一张|还有这几?张|再补一张
\baqui (?:esta|va|tienes|te dejo) (?:la|el|otra|una|mi)\b.{0,16}(?:falta|faltaba|foto|imagen|otra|olvid)|\b(?:se me olvido|me olvide de|olvide|me falto|faltaba)\b.{0,12}\b(?:esta|una|otra|foto)\b
\b(?:usa|utiliza|pon|mete|anade|agrega) (?:esta|este|estas)\b.{0,12}\b(?:final|principio|inicio|cierre|portada|fondo|video)\b|\b(?:anade|agrega|incluye|suma) (?:tambien )?(?:esta|estas|otra|la) ?(?:foto|imagen|fotos)?$|\besta tambien\b
\baqui (?:esta|vai|vao|ta) (?:a|o|outra|uma|minha)\b.{0,16}(?:falta|faltava|foto|imagem|outra|esquec)|\b(?:esqueci|faltou|faltava)\b.{0,14}\b(?:essa|esta|uma|outra|foto)\b
\b(?:usa|use|coloca|coloque|poe|bota) (?:essa|esta|esse|este|essas)\b.{0,12}\b(?:final|fim|comeco|inicio|capa|fundo|video)\b|\b(?:adiciona|adicione|inclui|inclua|acrescenta|acrescente) (?:tambem )?(?:essa|esta|essas|estas|outra) ?(?:foto|imagem|fotos)?$|\bessa tambem\b
\bvoici? (?:la|celle|l autre|une autre|ma|encore)\b.{0,24}(?:manqu|oubli|photo|image|autre)|\bj ?ai oublie\b.{0,16}\b(?:celle|une|cette photo|cette image)\b|\bil (?:en )?manquait\b.{0,12}\b(?:une|celle|cette|photo)
\b(?:utilise|utilisez|mets|mettez|prends|place) (?:celle-ci|celle ci|cette photo|cette image|celle la|ca)\b.{0,16}\b(?:fin|debut|couverture|fond|intro|outro|video)\b|\b(?:ajoute|ajoutez|rajoute|inclus) (?:aussi )?(?:celle-ci|celle ci|cette photo|cette image|celle la|ces photos|une autre photo)\b|\bcelle-ci aussi|celle ci aussi
\bhier (?:ist|sind|kommt|noch) (?:das|die|noch|ein|mein)\b.{0,24}(?:fehl|foto|bild|vergess)|\b(?:hab|habe) (?:ich )?(?:noch )?(?:eins|eines|ein|das|dieses|die)\b.{0,10}vergessen|\bdas fehlende\b
\b(?:nimm|nutze|benutz|verwende|setz) (?:das|dieses|die|diese|dies)(?: hier| foto| bild)? (?:fur|als|an|am|ans|zum|im) ?(?:das|den|die)? ?(?:ende|anfang|schluss|beginn|titelbild|hintergrund|abschluss)\b|\bfug\w* (?:auch |noch )?(?:das|dieses|diese)(?: hier| foto| bild)?\b.{0,14}(?:hinzu|ein|dazu)\b|\b(?:dieses|das) auch(?: noch)?(?: rein)?$
\becco (?:quella|la|un altra|l altra|anche|una)\b.{0,20}(?:manc|foto|immagine|dimentic|altra)|\b(?:ho )?dimenticat\w*\b.{0,10}(?:questa|una|la|foto)\b|\bmancava\b.{0,10}(?:questa|una|la)\b|\bquella (?:mancante|che manca|che mancava)\b
\b(?:usa|metti|mettila|prendi) (?:questa|questo|queste)\b.{0,14}\b(?:finale|fine|inizio|copertina|sfondo|video|chiusura)\b|\b(?:aggiungi|includi) (?:anche )?(?:questa|queste|un altra|questo)(?: foto| immagine)?\b|\banche questa\b
\bвот (?:еще (?:одн|фот)|недостающ|пропущенн|забыт)\w*|\bзабыл\w* (?:эту|это фото|одну|одно фото|еще одн\w*)\b|\bпропустил\w* (?:эту|одну|это фото)\b
\b(?:используй|возьми|поставь|вставь|помести)\w*\b.{0,10}\b(?:это|эту|этот|ее|его)\b.{0,14}(?:конец|конц|начал|обложк|фон|финал|концовк|виде)|\b(?:добавь|добавьте|вставь|включи) (?:еще |и |также )?(?:это|эту|эти|этот)(?: фото| фотку| картинку| снимок)?\b(?!.{0,10}(?:текст|надпис|заголов))|\bэту тоже\b|\bи эту\b
\biste eksik|\beksik (?:olan|kalan|foto)|\b(?:bunu|bir tane|bir fotograf|bu fotografi)\b.{0,8}\b(?:unuttum|unutmusum|atlamisim|atladim)\b|\b(?:bunu|bu fotografi|sunu)\b.{0,16}(?:sona|sonuna|basa|basina|kapak|arka plan|bitis|kapanis|girise)\b|\b(?:bunu|bu fotografi|bunlari|sunu) (?:da )?(?:ekle|koy|dahil|kullan)\w*|\bbu da (?:olsun|var)\b
\b(?:ini|nih) (?:yang|foto yang|satu lagi yang) (?:kurang|ketinggalan|kelupaan|terlewat|lupa)|\b(?:lupa|kelupaan|ketinggalan|terlewat)\b.{0,14}\b(?:satu|yang ini|foto ini|sebiji)|\b(?:pakai|pake|gunakan|taruh|pasang) (?:ini|yang ini|foto ini)\b.{0,16}(?:akhir|ending|awal|sampul|cover|penutup|latar|pembuka)|\b(?:tambah|tambahin|tambahkan|masukin|masukkan) (?:juga )?(?:ini|yang ini|foto ini|satu lagi)\b|\byang ini juga\b
(?:これ|この(?:写真|画像))(?:も|を).{0,8}(?:入れ|追加|加え|使って|足し)|(?:枚|写真|これ).{0,6}(?:抜けて|忘れてた|忘れてまし|足りなかった|漏れて)|(?:送り|入れ)忘れ|もう(?:一|1|いち)枚|(?:これ|この(?:写真|画像))を?.{0,4}(?:最後|最初|ラスト|エンディング|表紙|背景|オープニング)に
(?:빠진|빠뜨린|빠트린|놓친|깜빡한|빼먹은) ?(?:사진|거|것|한 장)|(?:사진|장|이거|이걸).{0,6}(?:빠뜨렸|빠트렸|깜빡했|빼먹었|놓쳤|까먹었|빠졌)|(?:이거|이것|이 사진|이걸|이것도|이 사진도|이거도).{0,4}(?:도|을|를)? ?(?:추가|넣어|넣|포함)|(?:이거|이걸|이 사진|이것).{0,4}(?:마지막|엔딩|처음|시작|표지|배경|끝)|한 장 더
(?:هذه|هذا|هاي|هاذي|إليك|اليك|تفضل).{0,8}(?:الناقص|المفقود|اللي نسي|التي نسي|المنسي)|(?:نسيت|فاتتني|فاتني) (?:هذه|هذا|صورة|واحدة|هاي)|(?:استخدم|استعمل|ضع|حط|اجعل).{0,4}(?:هذه|هذا|ها)(?: الصورة)?.{0,10}(?:النهاية|البداية|الختام|الغلاف|الخلفية|نهاية|بداية|خاتمة|الاخير)|(?:اضف|ضيف|أضف) (?:ايضا )?(?:هذه|هذا|هاي)(?: الصورة| الصور)?|هذه ايضا
(?:यह|ये|यह रही|ये रही|ये रहा) .{0,12}(?:छूट|रह ग|बाक|missing|भूल)|(?:फोटो|तस्वीर|यह|ये|यह वाली|ये वाली) (?:भेजना |डालना )?(?:भूल ग|छूट ग|रह ग)|(?:इस|इसे|यह|ये|इसको).{0,10}(?:आखिर|अंत|अंत में|शुरू|शुरुआत|कवर|बैकग्राउंड|पीछे).{0,14}(?:लगा|डाल|इस्तेमाल|रख|use|लो)|(?:इसे|यह|ये|इसको|यह फोटो|ये फोटो|यह वाली|ये वाली) (?:भी )?(?:जोड़|डाल|लगा|शामिल|add)|ये भी (?:डाल|जोड़|लगा)
\b(?:ye|yeh|yah) (?:rahi|raha|wali)?.{0,12}(?:missing|chhut|chut|reh g|bhul)|\b(?:photo|pic|ek|ye|yeh) (?:bhejna |dalna )?(?:bhul|bhool|chhut|chut|reh) ga|\b(?:isko|ise|isse|ye|yeh|is photo ko)\b.{0,14}\b(?:end|last|akhir|aakhir|starting|start|shuru|cover|background)\b.{0,14}|\b(?:isko|ise|ye|yeh|ye wali|yeh wali|is photo ko) (?:bhi )?(?:add|jod|daal|dal|laga)\w*
"""
"""That a file was forgotten, is still to come in, or where in the video it goes."""
CONTENT = r"""
\b(?:title|titles|caption|captions|subtitle|subtitles|text|words|heading|logo|watermark|sticker|emoji|border|frame|filter|effect|effects|transition|transitions|zoom|snow|rain|confetti|fade|animation|voice ?over|narration|end credits|credits|name|date|quote|hashtag|countdown|seconds|secs?)\b|\bmore second\b
\badd(?: \w+){0,2} (?:music|songs?|soundtrack|sounds?)\b(?!.*\b(?:this|that|my)\b)
[给为在][这那]|[加配](?:上|点|个|首|段|一点|一些|一首|一段)?[^这那]{0,4}(?:音乐|配乐|歌)
标题|字幕|文字|文案|特效|滤镜|转场|水印|贴纸|雪|边框|名字|日期|旁白|倒计时|秒
titulo|subtitulo|texto|legenda|efecto|efeito|transic|filtro|titre|sous-titre|texte|effet|titel|untertitel|uberblend|effekt|titolo|sottotitol|testo|effetto|transizion
заголов|надпис|текст|субтитр|эффект|переход|фильтр|baslik|yazi|altyazi|efekt|gecis|judul|teks|tulisan|efek|transisi|タイトル|字幕|テキスト|文字|エフェクト|제목|자막|글자|텍스트|효과|शीर्षक|टाइटल|title|टेक्स्ट|عنوان|نص|ترجمة|تأثير|مؤثر
"""
"""What is put on a video and is no file."""
FILES = r"""
\b(?:this|that|these|those|it|them|photo|photos|picture|pictures|pic|pics|image|images|shot|shots|selfie|another|ones?)\b
[这那一两几][张段]|照片|图片|这个|那个|补|还有|[张段]
"""
"""What a file is called."""
NOT_YET = Pattern(
    r"没发|还没|马上|等|ya va|ahora|arrive|bentar|coming|\bwait|let me|gleich|moment|секунд|сейчас|сеичас|すぐ|今から|잠깐|곧"
    r"|abhi|ruko|अभी|रुको|لحظة|sonra|daqui a pouco|ja mando|arriva|attimo|remove|delete|ignore|忘れて[、。!！]|忘れて$|去掉|删"
)
"""It is still to come, or is not wanted: then nothing is made of it yet."""
NOT_FILES = Pattern(r"\bone (?:more )?(?:second|sec|minute|time|word|line)s?\b")


def brings_late_file(text: str) -> bool:
    """Whether the words say so plainly, whatever else they may mean: a file was forgotten, or where
    in the video it goes. Pure; any language of ours."""
    line = _line(text)
    otherwise = is_question(text) or NOT_YET.search(line) or asks_for_video(text)
    return not otherwise and _pattern(LATE).search(line) is not None


def joins_project(text: str) -> bool:
    """Whether files that wait, or come with these words, are meant for the video at hand."""
    return brings_late_file(text) or (extends_project(text) and _adds_files(_line(text)))


def _line(text: str) -> str:
    return re.sub("[’'`´-]", " ", folded(text))


def _adds_files(line: str) -> bool:
    """Whether it is a file that is spoken of first, and not what stands on one: "add this and a
    title", not "add a title to this"."""
    content = _pattern(CONTENT).search(line)
    named = _pattern(FILES).search(NOT_FILES.sub(" ", line))
    if content is None:
        return True
    return named is not None and named.start() < content.start()


@cache
def _pattern(lines: str) -> Pattern:
    known = "|".join(filter(None, (line.strip() for line in lines.splitlines())))
    return Pattern(known.replace("й", "и"))  # as `folded` writes it
