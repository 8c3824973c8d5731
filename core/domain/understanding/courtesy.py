"""Keywords among courtesy and format words, as "please export it as mp4": the router of the skills
(rule D37), in English and Chinese."""

import re
from functools import cache

from core.domain.understanding.keywords import KEYWORDS, Intent, phrases
from core.domain.understanding.spelling import narrowed
from core.domain.understanding.wishes import asks_for_video

MOST_WORDS = 6
MOST_HAN = 12
HAN = re.compile(r"[\u3400-\u9fff]")
ARTICLES = r"(?:(?:the|my|me|a|an|our|your)\s+)*"
THUMBS = re.compile("[\U0001f44d\U0001f44e\U0001f44c\u2705\u2714\u274c]")


def intent_by_keywords(text: str, attachments: bool) -> Intent:
    """The intent of one message that is neither a command nor a button.

    A trigger counts when the message is the trigger, or is short and holds nothing but trigger,
    courtesy and format words. Everything else is GENERATE or EDIT and goes to the backend, so "add
    end credits" is no question about credits. With attachments, words that only greet or offer are
    UPLOAD, a plain wish stays what it is, and the caller uploads first in any case. An empty
    message is GREETING."""
    words = _plain(text)
    intent = _triggered(words) if words else _wordless(text)
    if attachments and intent in (
        Intent.GREETING,
        Intent.HELP,
        Intent.THANKS,
        Intent.UPLOAD,
        Intent.REPLY,
    ):
        return Intent.UPLOAD
    if intent is None:
        return Intent.GENERATE if asks_for_video(text) else Intent.EDIT
    return intent


def _plain(text: str) -> str:
    """The folded letters and digits alone; anything between them is one space."""
    return " ".join(re.sub(r"[\W_]+", " ", narrowed(text)).split())


def _wordless(text: str) -> Intent:
    if THUMBS.search(text):
        return Intent.REPLY
    if "?" in text or "？" in text:
        return Intent.HELP
    return Intent.THANKS if text.strip() else Intent.GREETING


def _triggered(words: str) -> Intent | None:
    short = (
        len(re.findall(r"[^\s\u3400-\u9fff]+", words)) <= MOST_WORDS
        and len(HAN.findall(words)) <= MOST_HAN
    )
    for intent in KEYWORDS:
        if words in KEYWORDS[intent] or (
            short and _perhaps(intent, words) and _pattern(intent).fullmatch(words)
        ):
            return intent
    return None


def _perhaps(intent: Intent, words: str) -> bool:
    """Whether some trigger at least begins in the words. Else nothing is compiled for them: that is
    slow, and the first message waits for it with all others."""
    return any(beginning in words for beginning in _beginnings(intent))


@cache
def _beginnings(intent: Intent) -> frozenset[str]:
    """The first word, or Chinese character, of every trigger."""
    return frozenset(
        phrase[0] if HAN.search(phrase) else phrase.split()[0] for phrase in KEYWORDS[intent]
    )


@cache
def _pattern(intent: Intent) -> re.Pattern[str]:
    """Trigger with courtesy around it. Only for short messages: overlapping fillers make long ones
    slow to refuse."""
    filler = f"(?:{_any(COURTESY + FILLERS.get(intent, ()))}|\\s+)*"
    return re.compile(f"{filler}(?:{_any(KEYWORDS[intent])}){filler}")


def _any(known: tuple[str, ...]) -> str:
    return "|".join(_phrase(phrase) for phrase in sorted(known, key=len, reverse=True))


def _phrase(phrase: str) -> str:
    """A Latin phrase stands between word boundaries and may hold articles inside; Chinese knows
    neither."""
    if HAN.search(phrase):
        return r"\s*".join(re.escape(character) for character in phrase if character != " ")
    inner = (r"\s+" + ARTICLES).join(re.escape(word) for word in phrase.split())
    return rf"(?<![a-z0-9]){inner}(?![a-z0-9])"


COURTESY = phrases("""
    please | pls | plz | plss | pleas | kindly | thanks | thank you | thx | ty | hi | hello | hey | bro | can you
    could you | would you | can u | could u | will you | can i | could i | may i | i want to | i want
    i would like to | id like to | i need to | i wanna | i need | wanna | want to | now | just | then | so | the
    my | me | a | an | and | dear | sir | guys | friend | bot | lets | right now | ok | okay | great | perfect
    nice | cool | awesome | lovely | love it | looks good | good | asap | yes | yeah | yep | for me | to me
    quickly | quick | again please | nemo
    请问 | 请 | 麻烦你 | 麻烦您 | 麻烦 | 帮我 | 帮忙 | 给我 | 我想 | 我要 | 想要 | 想 | 要 | 可以 | 可不可以
    能不能 | 能否 | 能 | 一下 | 下 | 吧 | 吗 | 呢 | 啊 | 呀 | 哦 | 哈 | 啦 | 了 | 谢谢 | 多谢 | 拜托 | 你 | 您
    我的 | 我 | 的 | 现在 | 立即 | 立刻 | 马上 | 直接 | 赶紧 | 快 | 快点 | 好的 | 好 | 很好 | 不错 | 太棒了 | 完美
    你好 | 您好 | 那 | 就 | 先
""")
_IT = phrases("""
    it | this | that | them | all
    这个 | 那个 | 它 | 把 | 将 | 都
""")
_VIDEO = phrases("""
    video | videos | clip | file | movie | result
    视频 | 短片 | 成片 | 影片 | 文件 | 片子 | 作品
""")
_SHOW = phrases("""
    show | check | see | view | tell | display | what is | whats | what | is | are | of | current
    查看 | 看看 | 看 | 查询 | 查 | 显示 | 展示 | 告诉 | 当前 | 目前 | 是 | 什么 | 怎么样 | 如何 | 一下
""")

FILLERS: dict[Intent, tuple[str, ...]] = {
    Intent.EXPORT: (
        *_IT,
        *_VIDEO,
        *phrases("""
            mp4 | mov | gif | h264 | 1080p | 1080 | 720p | 720 | 4k | 2k | 480p | hd | full hd | fullhd | 1920x1080
            1080x1920 | high quality | hq | quality | resolution | format | final | finished | as | in | to | for
            how do i | how can i | how to | where can i | again | link | phone | here | instagram | insta | tiktok
            youtube | whatsapp | facebook | twitter | linkedin | wechat | version
            高清 | 超清 | 全高清 | 格式 | 为 | 成 | 到 | 手机 | 本地 | 相册 | 最终 | 版本 | 链接 | 出来 | 再 | 怎么
            如何 | 抖音 | 小红书 | 微信 | 朋友圈 | b站 | 快手 | 画质 | 分辨率 | 最后 | 完成
        """),
    ),
    Intent.CREDITS: (
        *_SHOW,
        *phrases("""
            how many | how much | do i have | have i | i have | left | remaining | still | account | any
            还有 | 还剩 | 剩余 | 剩下 | 剩 | 有 | 多少 | 几 | 几个 | 账户 | 账号 | 查一下
        """),
    ),
    Intent.STATUS: (
        *_SHOW,
        *_VIDEO,
        *phrases("""
            project | job | on | draft | yet | already | still | it | going | hows | how is | there
            项目 | 任务 | 工程 | 草稿 | 怎样 | 里面 | 里 | 还 | 已经 | 还没 | 做 | 生成 | 做到 | 制作
        """),
    ),
    Intent.UPLOAD: phrases("""
        photo | photos | picture | pictures | image | images | pic | pics | file | files | video | clip | how | do
        i | to | where | some | new | another | more | one | how to | should i
        照片 | 图片 | 图 | 文件 | 素材 | 视频 | 音频 | 音乐 | 怎么 | 如何 | 在哪 | 哪里 | 几张 | 一张 | 新 | 里
    """),
    Intent.CANCEL: (
        *_IT,
        *_VIDEO,
        *phrases("""
            job | request | everything
            任务 | 制作 | 生成 | 全部 | 这次
        """),
    ),
    Intent.NEW: phrases("""
        start | create | begin | open | project | one | with
        开始 | 创建 | 建 | 做 | 一个 | 个 | 项目
    """),
    Intent.REGENERATE: (
        *_IT,
        *_VIDEO,
        *phrases("""
            once | time | do | make | whole
            一次 | 一遍 | 个 | 一个 | 整个
        """),
    ),
    Intent.HELP: phrases("""
        i | need | some | how | to | this | it | use
        看 | 看看 | 这个 | 需要 | 有 | 到底
    """),
    Intent.GREETING: phrases("""
        there | everyone | all | again | to | lets
        大家 | 早上 | 机器人 | 在 | 人
    """),
    Intent.THANKS: phrases("""
        so | much | very | a lot | it | works | is | was | that | this | all | for | help | video | amazing | wow
        beautiful
        很 | 非常 | 喜欢 | 太 | 棒 | 赞 | 收到 | 帮助 | 视频
    """),
    Intent.REPLY: phrases("""
        it | that | this | thats | is | do | thanks
        好看 | 这样 | 这个 | 它
    """),
    Intent.GENERATE: phrases("""
        it | start | begin | on
        开始 | 它
    """),
}
