"""The router of the skills as tables: what people really type, in both languages, and what it must
not be taken for."""

import re
import time
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.understanding import (
    Intent,
    asked,
    asks_for_video,
    intent_by_keywords,
    language_of,
    links_in,
    needs_photo,
    resolution_asked,
    sentences,
    wishes,
)
from core.domain.understanding.courtesy import _pattern
from core.domain.understanding.keywords import KEYWORDS
from core.domain.understanding.wishes import extends_project
from core.skills import load

ROUTED = {
    Intent.EXPORT: """
        export | Export! | EXPORT | export please | export 1080p MP4 | please download it | download | Download now
        can you send me the video? | send me the video | send me the video please 🙏 | save | save it | get the video
        pls export in 4k | export it as mp4 please | exprot | dowload the video | could you export this for tiktok
        how do I download it? | send me the file | ok great, export | /export | Export for Instagram | give me the video
        yes please export it | export the final video in HD | i want to download my video | export now thx
        导出 | 导出视频 | 请导出 | 下载 | 帮我导出一下视频吧 | 导出 1080p MP4 | 把视频发给我 | 可以下载了吗 | 保存视频
        好的，导出吧 | 匯出影片 | 請幫我導出視頻 | 下载到手机 | 导出高清视频谢谢 | export 视频 | 怎么下载 | ＥＸＰＯＲＴ
        """,
    Intent.CREDITS: """
        credits | Credits? | balance | my balance please | how many credits do I have left?
        how many left | credits left?
        check my credits | show me my credits | what's my balance | How many credits do I have | cedits
        积分 | 余额 | 我还有多少积分 | 查询余额 | 查一下积分 | 还剩多少积分？ | 請問我的餘額 | 看看我的积分
        """,
    Intent.STATUS: """
        status | show tracks | show me the tracks | show timeline | what's in it? | progress
        status please | any update?
        what's done | is it ready? | is it done yet | where's my video?? | show me the timeline please | hows the status
        how much longer | STATUS!!! | what’s the status | is my video ready
        状态 | 进度 | 现在什么样了 | 查看状态 | 进度怎么样了 | 做好了吗 | 好了吗？ | 还要多久
        現在什麼樣了 | 看看时间线
        视频做好了吗
        """,
    Intent.UPLOAD: """
        upload | upload a photo | how do I upload? | I want to upload some pictures
        where do i upload my photos | uplaod
        上传 | 上传照片 | 怎么上传图片 | 我想上传文件 | 上傳 | 在哪里上传
        """,
    Intent.CANCEL: """
        cancel | stop | Stop! | never mind | nevermind | please cancel it | forget it
        cancel the video | stop it please
        取消 | 停止 | 算了 | 不要了 | 取消任务 | 请取消 | 停一下 | 算了吧
        """,
    Intent.NEW: """
        new | new project | new video | start over | start a new project please | start from scratch
        reset | let's start over
        新建 | 新项目 | 重新开始 | 从头开始 | 新视频 | 开始新项目 | 我想重新开始
        """,
    Intent.REGENERATE: """
        regenerate | redo | try again | Again! | do it again please | another one | one more time | can you redo it
        重新生成 | 再来一个 | 重做 | 换一个 | 请重新生成视频 | 再试一次吧
        """,
    Intent.HELP: """
        help | Help me | how does this work? | what can you do | I need help | how to use this | ? | ??? | who are you
        帮助 | 怎么用 | 你能做什么 | 这个怎么用呢 | 幫助 | 使用说明 | 请问怎么用
        """,
    Intent.UNDO: """
        undo | Undo that please | undo the last change | go back to the previous version | can you revert it?
        撤销 | 撤销刚才的修改 | 回到上一个版本 | 请恢复上一版
        """,
    Intent.GREETING: """
        hi | Hello! | hey there 👋 | good morning | hello bot | yo | start
        你好 | 您好！ | 嗨 | 在吗？ | 早上好 | 你好呀 | 哈喽
        """,
    Intent.THANKS: """
        thanks | Thank you so much! | thx bro | thank you!! ❤️ | great, thanks | 🔥 | 😂😂
        amazing thank you | thx it works
        谢谢 | 谢谢你！ | 多谢 | 太谢谢了 | 非常感谢 | 很棒，谢谢
        """,
    Intent.REPLY: """
        yes | Yes please | no | ok | 👍 | 👍🏽👍🏽 | sure | no thanks | keep it | go ahead | perfect! | Looks good | wow
        好 | 好的 | 可以 | 不用了 | 是的 | 嗯嗯 | 行吧 | 保留 | 去掉 | 开始吧 | 太棒了
        """,
    Intent.GENERATE: """
        generate | create | make a video | Generate a video of a cat surfing | make a video about exports
        create a 15 sec promo reel for my coffee shop | can u make me a tiktok about download speeds
        Make a 30-second clip of a status meeting that goes wrong | pls make short video about saving money
        I want a video of a sunset over Shanghai
        a 10 second animation of a paper plane | make a video with end credits
        a status bar animation
        生成视频 | 生成 | 生成一段关于积分商城的视频 | 做一个导出教程的视频 | 帮我做个猫咪冲浪的短视频 | 做一个视频
        我想要一个咖啡店的宣传片 | 请制作一条 15 秒的产品广告 | 来一段关于下载速度的动画
        """,
    Intent.EDIT: """
        add end credits | add credits at the end | write 'Download now' at the end | balance the audio | balance it
        make it shorter | make the video brighter | make the music louder
        add a title "Export 2026" | save the planet should be the title | change the text to "Send me the video"
        the progress bar should be blue | remove the second clip | cut the first 3 seconds | slow it down a bit
        replace the music with something calm | undo the crop | the new logo is too small | stop the music at 5s
        roll credits for ten seconds in white | status: sold out should appear at second three | more zoom pls
        trim clip 2 to 3s | video is too long | upload speed text should be gone | can you start over the title at 3s
        把“立即下载”写在结尾 | 在片尾加上积分说明 | 音量平衡一下 | 把进度条改成蓝色
        片尾字幕写“导出成功” | 音乐小声一点
        把标题改成“余额为零” | 删掉第二段 | 加快一点 | 换一首音乐 | 把视频变短一点
        标题停留久一点，不要太快 | 结尾加状态栏动效
        """,
}


def _lines(block: str) -> list[str]:
    return [
        words.strip()
        for line in block.strip().splitlines()
        for words in line.split("|")
        if words.strip()
    ]


@pytest.mark.parametrize("intent", ROUTED)
def test_a_message_is_routed_by_its_words(intent: Intent) -> None:
    assert otherwise(_lines(ROUTED[intent]), intent) == {}


def otherwise(said: Iterable[str], intent: Intent) -> dict[str, Intent]:
    """What is not routed there, and where it is."""
    found = {words: intent_by_keywords(words, attachments=False) for words in said}
    assert found, "nothing was said"
    return {words: other for words, other in found.items() if other is not intent}


@pytest.mark.parametrize("intent", KEYWORDS)
def test_a_trigger_alone_always_counts(intent: Intent) -> None:
    assert otherwise(KEYWORDS[intent], intent) == {}


@pytest.mark.parametrize(
    ("words", "intent"),
    [
        ("", Intent.UPLOAD),
        ("hi", Intent.UPLOAD),
        ("here you go, thanks", Intent.EDIT),
        ("thanks", Intent.UPLOAD),
        ("👍", Intent.UPLOAD),
        ("upload", Intent.UPLOAD),
        ("上传", Intent.UPLOAD),
        ("export", Intent.EXPORT),
        ("credits", Intent.CREDITS),
        ("new project", Intent.NEW),
        ("turn this into a 10-second video", Intent.GENERATE),
        ("add this at the end", Intent.EDIT),
        ("把这张照片做成视频", Intent.GENERATE),
    ],
)
def test_with_a_file_words_that_only_greet_are_an_upload(words: str, intent: Intent) -> None:
    assert intent_by_keywords(words, attachments=True) is intent


def test_an_empty_message_is_greeted() -> None:
    assert intent_by_keywords("", attachments=False) is Intent.GREETING
    assert intent_by_keywords(" \n\t", attachments=False) is Intent.GREETING


SUGGESTIONS = [
    line
    for skill in load().values()
    for line in (*skill.suggestions["en"], *skill.suggestions["zh"])
]
CUT_SHORT = _lines("""
    turn my still images | turn this image into a 10-second | convert my still images | turn my photo into a smooth
    converting static images into shareable video content for developers and content creators
    turning still images into videos for beginners with no editing experience for beginners and first-time creators
    create five product photos and a voiceover MP3 into a 1080p MP4
    generating videos from images and audio without manual editing for marketers and content creators
    turn this image into a 10-second animated video with smooth motion
    turn my photo into a smooth animated video with motion effects
""")


@pytest.mark.parametrize("line", [*SUGGESTIONS, *CUT_SHORT])
def test_every_suggestion_of_the_skills_asks_for_a_video_from_photos_or_an_export(
    line: str,
) -> None:
    if intent_by_keywords(line, attachments=False) is Intent.EXPORT:
        assert "1080p MP4" in line
        return
    assert intent_by_keywords(line, attachments=False) is Intent.GENERATE
    assert asks_for_video(line)
    assert needs_photo(line)
    assert not extends_project(line)


@pytest.mark.parametrize(
    "words",
    _lines("""
        make a video from these | animate this | bring this photo to life
        turn it into a reel please | trun this into a vid
        make this a tiktok | make me a birthday video with music and add balloons | generate a trailer for my game
        can you make this photo move? | please create a short, 10 second video | turn these pics to a slideshow w/ music
        I need a product ad, 9:16, 15s | photos to video pls | video please | combine these into one clip
        do a video of my dog | make him dance | create the video now | make the video from these photos
        Hi! Could you turn my 5 photos into a 20s montage with upbeat music? Thanks 😊
        animate my logo | image to video
        短视频，10秒，要有音乐：用这些照片做一个 | 把照片做成视频 | 让它动起来 | 让照片里的人微笑 | 做个短视频发朋友圈
        把这些图拼成一段视频，加上背景音乐和标题 | 我要一个15秒的抖音短视频 | 照片变成10秒 | 帮我做成vlog | 生成一个动画
        用我的照片做一段旅行视频 | 幫我把照片做成影片 | 把这几张照片剪成小视频吧 | 让这只猫跳舞 | 照片转视频 | 做视频
        """),
)
def test_a_wish_for_a_new_video_is_recognised(words: str) -> None:
    assert asks_for_video(words)


@pytest.mark.parametrize(
    "words",
    _lines("""
        make the video shorter | make it longer | make the music louder in the video | add a title to the video
        remove the last clip | the video is too dark | make my video brighter | change the title to Summer
        make it faster and add a title to the clip | turn down the music | animate the title | slow the second clip down
        what do you think of this video | make the text bigger | can you make the ending slower?
        把视频变短一点 | 视频太暗了 | 音乐大声一点 | 把标题做成动画效果 | 删掉最后一段视频
        给视频加个标题 | 把颜色变成黑白
        """),
)
def test_a_change_of_the_video_at_hand_is_not_a_wish_for_a_new_one(words: str) -> None:
    assert not asks_for_video(words)


@pytest.mark.parametrize(
    "words",
    _lines("""
        animate this | animate this pls | use my photo | turn these pictures into a video | make this picture move
        make a reel out of this | a video from these please | turn it into a 10 second video | convert my pics
        bring her to life | video of this with music | make dis photo dance
        use the attached images | turn me into a hero
        combine these | make it a video | make a slideshow from photos | image to video | animate my product shot
        这张照片 | 把图片做成视频 | 用我的照片做 | 让照片动起来 | 把它变成视频 | 让它动起来
        这几张做成短片 | 照片转视频
        把上面的图弄成视频 | 將這張照片變成影片 | 三张照片做成视频 | 我的自拍做个动画
        """),
)
def test_words_that_point_at_a_picture_need_one(words: str) -> None:
    assert needs_photo(words)


@pytest.mark.parametrize(
    "words",
    _lines("""
        make a video about the sea | generate a 10s clip of a rocket launch | a video of a cat | make it shorter
        add upbeat music | export | create an ad for a coffee shop | make it longer | this is great | use calmer music
        a timelapse of a city at night | change the title to "My trip"
        生成一段海边日落的视频 | 做一个咖啡店的广告 | 加一点音乐 | 短一点 | 生成一个猫咪的视频 | 换一首歌
        """),
)
def test_words_that_stand_alone_need_no_picture(words: str) -> None:
    assert not needs_photo(words)


@pytest.mark.parametrize(
    "words",
    _lines("""
        add this photo at the end | add these too | also use these two
        use this as background music | this is the voice-over
        replace the second photo with this one | insert this after the first clip | put my logo in the corner
        here's the music | one more photo | and this one too | append | use this song | swap the music with this
        add this photo and animate it | include this as well | use this instead | more pics for the video | as the music
        加上这张 | 把这张加到最后 | 再加一张 | 换成这张 | 作为配音 | 用这个当背景音乐 | 插入到开头 | 放在最后 | 还有这张
        用这首歌做背景音乐 | 添加到视频里 | 这个也用上 | 把第二张替换成这张 | 補一張 | 再来两张
        """),
)
def test_files_with_such_words_belong_to_the_project_at_hand(words: str) -> None:
    assert extends_project(words)


@pytest.mark.parametrize(
    "words",
    _lines("""
        make a video from these and add music | turn these into a reel with a title | new video please | animate this
        create a slideshow, add captions and use this as background music | make a video | hello
        把这些照片做成视频，加上背景音乐 | 用这些照片做一个宣传片，配上音乐 | 生成视频 | 加油 | 让它动起来
        """),
)
def test_files_with_a_wish_for_a_video_start_a_project(words: str) -> None:
    assert not extends_project(words)


@pytest.mark.parametrize(
    ("text", "found", "rest"),
    [
        ("no link here", (), "no link here"),
        ("https://a.example/x.jpg", ("https://a.example/x.jpg",), ""),
        (
            "make a video of https://a.example/x.jpg, please",
            ("https://a.example/x.jpg",),
            "make a video of , please",
        ),
        ("see (https://a.example/x_(1).png).", ("https://a.example/x_(1).png",), "see ."),
        (
            "HTTPS://A.example/X.JPG turn this into a clip",
            ("HTTPS://A.example/X.JPG",),
            "turn this into a clip",
        ),
        ("把https://a.example/x.jpg做成视频", ("https://a.example/x.jpg",), "把 做成视频"),
        ("这个：https://a.example/x.jpg。谢谢", ("https://a.example/x.jpg",), "这个： 。谢谢"),
        ("<https://a.example/x.jpg> go", ("https://a.example/x.jpg",), "go"),
        (
            "http://a.example http://b.example/?q=1&r=2#t http://a.example",
            ("http://a.example", "http://b.example/?q=1&r=2#t"),
            "",
        ),
        ("ftp://a.example/x.jpg", (), "ftp://a.example/x.jpg"),
        ("file:///etc/passwd", (), "file:///etc/passwd"),
        ('"https://a.example/x.jpg"', ("https://a.example/x.jpg",), '" "'),
        ("[cat]{https://a.example/x}", ("https://a.example/x",), "[cat]{ }"),
        ("[https://a.example/x]", ("https://a.example/x",), "[ ]"),
        ("https://a.example/?q[]={X}", ("https://a.example/?q[]={X}",), ""),
        ("https://a.example/(X)", ("https://a.example/(X)",), ""),
        ("https://a.example/?q=[0]", ("https://a.example/?q=[0]",), ""),
        ("|https://a.example/X|", ("https://a.example/X",), "| |"),
        ("*https://a.example/x*_~'", ("https://a.example/x",), "* *_~'"),
    ],
)
def test_links_are_taken_out_of_the_words(text: str, found: tuple[str, ...], rest: str) -> None:
    assert links_in(text) == (found, rest)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("turn this into a video", "en"),
        ("把这张照片做成视频", "zh-Hans"),
        ("export 视频", "zh-Hans"),
        ("請做成影片", "zh-Hant"),
        ("この写真を動画にして", "ja"),
        ("사진을 영상으로", "ko"),
        ("сделай видео", "ru"),
        ("इसका वीडियो बना दो", "hi"),
        ("اصنع فيديو من هذه الصورة", "ar"),
        ("mach bitte ein Video daraus", "de"),
        ("fais-moi une vidéo avec de la musique", "fr"),
        ("faz um vídeo com essa foto", "pt-BR"),
        ("fammi un video con questa foto", "it"),
        ("bu fotoğraftan bir video yap", "tr"),
        ("tolong buatkan video dari foto ini", "id"),
        ('把标题改成 "Summer in the city"', "zh-Hans"),
        ('add the title "夏天来了"', "en"),
        ("asdf", ""),
        ("un video", ""),
        ("de la", ""),
        ("no me", "en"),
        ("Video löschen und alles vergessen", "de"),
        ("Video löschen", ""),  # English has no such letter
        ("", ""),
        ("123 !!! 👍", ""),
        ("https://a.example/x.jpg", ""),
        ("https://a.example/x.jpg 做成视频", "zh-Hans"),
        ("¡Hazme un vídeo!", "es"),
    ],
)
def test_the_language_is_read_from_the_script(text: str, language: str) -> None:
    assert language_of(text) == language


def test_what_asks_for_something_is_made_ready_once() -> None:
    _pattern.cache_clear()
    found = [intent_by_keywords("please export it now", attachments=False) for _ in range(3)]
    assert found == [Intent.EXPORT] * 3
    assert _pattern.cache_info().misses <= len(KEYWORDS), (
        "a pattern takes longer to make than many to match"
    )


@given(st.text(), st.booleans())
def test_any_text_has_an_intent(text: str, attachments: bool) -> None:
    assert intent_by_keywords(text, attachments) in Intent
    needs_photo(text), extends_project(text), language_of(text)
    found, rest = links_in(text)
    assert all(link in text for link in found)
    assert found or rest == text


@pytest.mark.parametrize(
    "text",
    [
        "我的" * 2000,
        "please " * 2000,
        "给我导出一下" * 1000,
        "make a " * 1500,
        "turn my " * 1500,
        "做" * 4000,
        "把图" * 2000,
        "https://" * 1000,
        "add put place " * 800,
        "请我要我想要能" + "我的我的我",
    ],
)
def test_no_text_is_slow_to_read(text: str) -> None:
    begun = time.process_time()
    intent_by_keywords(text, attachments=False)
    needs_photo(text), extends_project(text), language_of(text), links_in(text)
    assert time.process_time() - begun < 1.0


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("export 1080p MP4", "1080p"),
        ("convert three landscape photos in JPG format into a 1080p MP4", "1080p"),
        ("turn this into a 720 p video", "720p"),
        ("full HD please", "1080p"),
        ("export in 4K", "1080p"),
        ("导出1080P视频", "1080p"),
        ("导出高清视频", "1080p"),
        ("make it 10 seconds", ""),
        ("a video of 1080 balloons", ""),
        ("the hdmi cable", ""),
        ("导出", ""),
    ],
)
def test_the_resolution_is_read_from_the_words(words: str, found: str) -> None:
    assert resolution_asked(words) == found


def test_no_pattern_looks_through_all_digits_at_each_of_them() -> None:
    patterns = [*wishes.NEW_VIDEO, *wishes.ALIVE, *wishes.PICTURE, *wishes.ADDITION, asked.VOICE]
    assert [it.pattern for it in patterns if re.search(r"\\d(?:\]|\\S)?[*+]", it.pattern)] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", ()),
        ("make it slow", ("make it slow",)),
        ("make it slow. How much?", ("make it slow.", "How much?")),
        ("放慢一点。多少钱？", ("放慢一点。", "多少钱？")),
        ("slow\n\n fast ", ("slow", "fast")),
        ('add "Sale! How much?" now', ('add "Sale! How much?" now',)),
    ],
)
def test_words_are_told_apart_by_their_sentences(words: str, said: tuple[str, ...]) -> None:
    assert sentences(words) == said
