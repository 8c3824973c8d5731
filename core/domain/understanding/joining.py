"""Do files belong to the video at hand, by the words that come with them: `here is the missing
one`, `漏了一张`, `use this for the ending`. Judged by what is added: a title is no photo."""

import re
from functools import cache

from core.domain.intents import asks_for_video, extends_project
from core.domain.understanding.folding import folded
from core.patterns import Pattern

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
ASKED = Pattern("[?？؟]")
NOT_YET = Pattern(
    r"没发|还没|马上|等|ya va|ahora|arrive|bentar|coming|\bwait|let me|gleich|moment|секунд|сейчас|сеичас|すぐ|今から|잠깐|곧"
    r"|abhi|ruko|अभी|रुको|لحظة|sonra|daqui a pouco|ja mando|arriva|attimo|remove|delete|ignore|忘れて[、。!！]|忘れて$|去掉|删"
)
"""It is still to come, or is not wanted: then nothing is made of it yet."""
NOT_FILES = Pattern(r"\bone (?:more )?(?:second|sec|minute|time|word|line)s?\b")

SOUND = Pattern(
    r"\b(?:songs?|music|tune|track|audio|sound|voice|recording|narration|lied|musik|stimme|aufnahme|canci[oó]n|m[uú]sica"
    r"|voz|grabaci[oó]n|gravac|chanson|musique|voix|canzone|brano|voce|lagu|suara|[sş]ark[iı]|m[uü]zik|ses)"
    r"|песн|музык|голос|трек|запись|曲|歌|音[乐樂楽声聲]|声|배경음|노래|음악|목소리|녹음|[أا]غني|موسيقى|صوت|गान|संगीत|आवाज|gaana",
    re.IGNORECASE,
)
"""What a sound is called."""
HEARD = Pattern(
    r"\b(?:listen|hear|what an?)\b|\bh[oö]rt?\b|\b[eé]cout|\b(?:escuch|ascolt|escut|ouç|ouve)"
    r"|слуша|(?<!好)[听聽]|聴|聞い|들어\s*[봐보]|\bdinle|\bdengar|सुन|[اإ]سمع|[اإ]ستمع|\bsuno\b",
    re.IGNORECASE,
)
"""What is said of a sound that is only to be heard, or praised."""


def names_sound(text: str) -> bool:
    """Whether the words say what to do with a sound, and ask nothing. Pure; any language of
    ours."""
    return SOUND.search(text) is not None and not (ASKED.search(text) or HEARD.search(text))


def brings_late_file(text: str) -> bool:
    """Whether the words say so plainly, whatever else they may mean: a file was forgotten, or where
    in the video it goes. Pure; any language of ours."""
    line = _line(text)
    otherwise = ASKED.search(text) or NOT_YET.search(line) or asks_for_video(text)
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
