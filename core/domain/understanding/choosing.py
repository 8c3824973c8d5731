"""Which one is meant: of the options that were offered (`the second one`, `第二个`), or of the
versions of a video (`back to the first`, `回到第二版`)."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from core.domain.understanding.features import Concepts
from core.domain.understanding.spelling import folded
from core.domain.versions import MOST, NEWEST

ORDINALS = {"n1": 1, "n2": 2, "n3": 3, "n4": 4}
_DIGITS = re.compile(r"\d+")
_LETTER = re.compile(r"(?<!\w)([b-e]|a(?=\W*$))(?!\w)")
_HAN = re.compile("[一二两三四五]")
HAN = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}


def number(line: str, found: list[Concepts]) -> int | None:
    """The number that a folded line names, counted from 1; None where it names none, or several."""
    digits = {int(unicodedata.normalize("NFKC", it)) for it in _DIGITS.findall(line)}
    ordinals = {ORDINALS[name] for names in found for name in names if name in ORDINALS}
    for numbers in (digits, ordinals, {HAN[it] for it in _HAN.findall(line)}, _letters(line)):
        if numbers:
            return numbers.pop() if len(numbers) == 1 else None
    return None


def _letters(line: str) -> set[int]:
    return {"abcde".index(letter) + 1 for letter in _LETTER.findall(line)}


def options_named(said: str, options: Sequence[str]) -> str:
    """The options that somebody's words name, by their own words or by several numbers; "" where
    they name none.

    A number alone is left to whoever reads all other words.
    """
    line = " ".join(said.casefold().split()).rstrip(".!。！")
    known = {" ".join(option.casefold().split()): option for option in options}
    begun = [option for words, option in known.items() if words.startswith(f"{line},")]
    if line in known:
        return known[line]
    if len(begun) == 1:
        return begun[0]  # "yes" to "Yes, add music"
    if not NUMBERS.fullmatch(line):
        return ""
    numbers = [int(number) for number in re.findall(r"[0-9]+", line)]
    if not all(1 <= number <= len(options) for number in numbers):
        return ""
    return ", ".join(dict.fromkeys(options[number - 1] for number in numbers))


NUMBERS = re.compile(r"[0-9]{1,2}(?:\s*(?:[,&+、，]|and|und|y|et|e|и|和|\s)\s*[0-9]{1,2})+")


NOUNS = """
version | versions | v | ver
versión | versao | versão | versione | fassung | versi | sürüm | sürüme | sürümü | sürümünü | sürümüne | versiyon
versiyona | versiyonu | versiyonuna | версия | версию | версии | версией
版 | 版本 | 个版本 | 個版本 | バージョン | ヴァージョン | の版 | 버전 | 버젼 | 번째 버전 | 판
संस्करण | वर्जन | वर्ज़न | version wala | version par | wala version | نسخة | النسخة | للنسخة | الإصدار | إصدار | للإصدار
"""
"""What people call a version."""
BACK = """
go back to | go back | back to | back | return to | return | revert to | revert | switch back to
restore | undo to | roll back to | roll back | rollback | take me back to | take me to | bring back
volver a | volver | vuelve a | vuelve | regresa a | regresar a | regresa | restaura | restaurar
recupera | recuperar | deshaz hasta
voltar para | voltar | volta para | volta | volte para | volte | volta à | voltar à | retorna para | restaura
restaurar | recupera | desfaz até
revenir à | revenir | reviens à | reviens | revenez à | retour à | retour | retourne à | retourner à | restaure
rétablis | remets | remettre
zurück zur | zurück zum | zurück auf | zurück | geh zurück zur | wechsle zur | wechsle zu | stell wieder her
stelle wieder her | wiederherstellen
torna alla | torna al | torna | tornare alla | tornare al | ritorna alla | ritorna al | ripristina
rimetti
вернись к | вернись на | вернись | вернуться к | вернуться | верни | вернуть | верни к | откати до | откати к | откат к
откат до | откати | откатись к | восстанови | назад к | назад на | назад
geri dön | geri al | dön | dönelim | geri git | geri getir | geri
kembali ke | kembali | kembalikan ke | kembalikan | balik ke | balikin ke | balik | pulihkan
回到 | 退回到 | 退回 | 返回到 | 返回 | 恢复到 | 恢复 | 恢復到 | 还原到 | 还原 | 撤回到 | 撤销到 | 换回 | 切换到
切换回 | 切回 | 切到 | 改回 | 变回
に戻して | に戻す | に戻る | に戻り | に戻りたい | へ戻して | まで戻して | に戻せ | を復元して | を復元 | に復元
戻して | 戻す
으로 돌아가줘 | 로 돌아가줘 | 으로 돌아가기 | 로 돌아가기 | 으로 돌아가 | 로 돌아가 | 으로 되돌려줘 | 로 되돌려줘 | 으로 되돌려 | 로 되돌려
으로 돌려줘 | 로 돌려줘 | 으로 돌려놔 | 로 돌려놔 | 으로 복원 | 로 복원
وापस जाओ | वापस जाओ | वापस लाओ | वापस ले जाओ | वापस करो | पर वापस जाओ | पर वापस | वापस
wapas jao | wapas lao | wapas karo | par wapas jao | pe wapas jao | wapas | vapas jao | vapas
ارجع إلى | ارجع ل | ارجع | عد إلى | عد | العودة إلى | رجوع إلى | الرجوع إلى | رجعني إلى | استعد | أعد
"""
"""To go back there."""
WANT = """
go to | switch to | switch | put back | jump to | reset to | load | get me | get | show me | show | use
i want | i want back | give me | i prefer | muestra | muéstrame | quiero | dame | usa | ir a | ve a | mostra
mostre | me mostra | quero | ir para | montre | montre-moi | je veux | utilise | passe à | geh zu | zeig mir
zeig | zeige | nimm | ich will | ich möchte | nutze | mostrami | voglio | vai alla | passa alla | покажи
хочу | возьми | перейди к | getir | göster | kullan | istiyorum | geç | tampilkan | pakai | gunakan
saya mau | mau | 换成 | 用 | 用回 | 我要 | 要 | 给我 | 看 | 看看 | 我想要 | 想要 | を使って | を見せて | がいい | にして | 보여줘 | 쓸게 | 로 해줘
으로 해줘 | 으로 | 로 | पर जाओ | दिखाओ | चाहिए | dikhao | chahiye | par jao | أظهر | اعرض | أريد | استخدم
"""
"""To go there, or to have it: only where a version is spoken of."""
FIRST = """
first | 1st | very first | original | beginning version | initial | primera | primero | original | inicial
primeira | primeiro | première | premier | initiale | originale | d'origine | initial | erste | ersten | erster
ursprüngliche | ursprünglichen | originale | originalversion | ursprungsversion | prima | primo | iniziale
первая | первой | первую | первый | первому | первого | исходная | исходной | исходную | исходный | исходному
самой первой | самую первую | изначальной | изначальную
ilk | birinci | orijinal | pertama | awal | asli | paling awal | 第一 | 第一个 | 第一個 | 最初 | 最初的 | 最开始 | 最开始的
一开始 | 一开始的 | 最早的 | 最早 | 初 | 原 | 一番目の | 一番目 | 1番目の | 最初の | 初めの | はじめの | オリジナルの | オリジナル
第一 | 첫 | 첫번째 | 첫 번째 | 맨 처음 | 처음 | 최초 | 원본 | पहले | पहला | पहली | सबसे पहले | pehle | pehla | pehli
sabse pehle | sabse pehla | الأول | الأولى | الاول | الاولى | الأصلية | الأصلي | للأولى | للأول
"""
SECOND = """
second | 2nd | segunda | segundo | deuxième | seconde | zweite | zweiten | seconda | secondo | вторая | второй
вторую | второму | ikinci | kedua | 第二 | 第二个 | 第二個 | 二番目の | 二番目 | 두번째 | 두 번째 | दूसरे | दूसरा | दूसरी | dusre | dusra
doosre | doosra | الثاني | الثانية | للثانية
"""
THIRD = """
third | 3rd | tercera | tercero | terceira | terceiro | troisième | dritte | dritten | terza | terzo | третья
третьей | третью | третий | третьему | üçüncü | ketiga | 第三 | 第三个 | 第三個 | 三番目の | 三番目 | 세번째 | 세 번째 | तीसरे | तीसरा
तीसरी | teesre | teesra | tisre | الثالث | الثالثة | للثالثة
"""
LATEST = """
newest | latest | most recent | más reciente | más nueva | mais recente | mais nova | la plus récente | plus récente
neueste | neuesten | neuste | neusten | più recente | più nuova | самая новая | самой новой | самую новую | новейшая
последней новой | en yeni | en son | terbaru | paling baru | 最新 | 最新的 | 最新の | 가장 최신 | 최신 | सबसे नए | सबसे नया
sabse naye | sabse naya | naye wale | الأحدث | أحدث | الأخيرة الجديدة
"""
FILLERS = """
the | to | a | one | number | no | nr | num | please | pls | plz | now | again | it | this | my | me | of | of the video
la | el | los | a la | al | número | numero | por favor | de nuevo | otra vez | para a | para o | a | o | à | ao | de novo
le | l | svp | s'il te plaît | stp | s'il vous plaît | à la | au | numéro | die | der | das | den | zur | zum | bitte
zu | wieder | nochmal | nummer | il | lo | alla | per favore | di nuovo | numero | к | на | до | пожалуйста | снова | номер
пожалуйста | lütfen | tekrar | numara | numaralı | e | a | ye | ya | ke | yang | tolong | dong | ya | nomor | lagi | 到 | 第
的 | 个 | 個 | 号 | 號 | 请 | 請 | 吧 | 了 | 那 | 那个 | 版 | 去 | に | の | を | へ | まで | 番 | 番目 | ください | 下さい | お願いします | してください
もう一度 | で | 번 | 번째 | 호 | 의 | 을 | 를 | 다시 | 좀 | 주세요 | 줘 | 요 | के | को | पर | में | वाला | वाले | वाली | कृपया | नंबर | ke | ko | par
pe | wala | wale | wali | please | number | إلى | من | فضلك | من فضلك | رقم | ال | ل
"""
"""What else such words may be made of."""
VERSION_NUMBER = re.compile(r"(?<!\d)\d{1,4}(?!\d)")
LONGEST = 60
LATIN = re.compile(r"[a-z\u0370-\u052f\u0900-\u097f]")


def version_named(text: str) -> int | None:
    """The number of the version (NEWEST for the newest) that the words ask to go to; None where
    they say anything else, or name none."""
    line = " ".join(re.sub(r"[^\w\s]|_", " ", folded(text)).split()) if len(text) <= LONGEST else ""
    line = re.sub(r"\bv(?=\d)", "v ", line)
    if not (_pattern(NOUNS).search(line) or _pattern(BACK).search(line)):
        return None
    numbers = {int(found) for found in VERSION_NUMBER.findall(line)}
    rest = VERSION_NUMBER.sub(" ", line)
    for number, words in ((NEWEST, LATEST), (1, FIRST), (2, SECOND), (3, THIRD)):
        rest, found = _pattern(words).subn(" ", rest)
        numbers |= {number} if found else set()
    if len(numbers) != 1:
        return None
    for words in (BACK, WANT, NOUNS, FILLERS):
        rest = _pattern(words).sub(" ", rest)
    number = numbers.pop()
    return number if not rest.strip() and (number == NEWEST or 0 < number <= MOST) else None


@cache
def _pattern(words: str) -> re.Pattern[str]:
    """Any of these phrases, the longest first; in scripts with gaps only as whole words."""
    phrases = {folded(re.sub(r"[^\w\s]", " ", each)) for each in re.split(r"[|\n]", words)}
    known = sorted(filter(None, phrases), key=len, reverse=True)
    apart = "|".join(re.escape(phrase) for phrase in known if LATIN.match(phrase))
    dense = "|".join(re.escape(phrase) for phrase in known if not LATIN.match(phrase))
    return re.compile(rf"(?<!\w)(?:{apart})(?!\w)|(?:{dense})")
