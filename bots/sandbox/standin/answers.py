"""What the stand-in says, in English and Chinese; like the real backend it sometimes talks of
buttons."""

from collections.abc import Sequence

from bots.sandbox.standin.draft import Timeline
from bots.sandbox.standin.wishes import Wishes

PHRASES: dict[str, dict[str, str]] = {
    "en": {
        "look": "Let me look at your {media} first.",
        "invent": "No pictures yet, so I'll create some about {subject}.",
        "make": "Putting together a {seconds}-second {aspect} video with {shots}.",
        "add_music": "The raw clip is on the timeline. Now I'm adding music that fits.",
        "edit": "On it, changing the timeline now.",
        "made": "Your {seconds}-second video is ready on the timeline.",
        "music_added": 'I also added music ("{music}", {volume}%);'
        ' say "remove the music" to keep it quiet.',
        "export": "Click the Export button to download it.",
        "preview": "You can preview it in the timeline, then click the Export button to save it.",
        "aspect": "The frame is {aspect} now.",
        "order": "The shots are in their new order.",
        "drop": "That shot is out; {shots} left.",
        "only": "Only that shot is left.",
        "motion": "The camera moves the way you asked.",
        "place_top": "The title stands at the top.",
        "place_middle": "The title stands in the middle.",
        "place_lower": "The title stands in the lower third.",
        "place_bottom": "The title stands at the bottom.",
        "length": "The video runs {seconds} seconds now.",
        "fades": "Photos now melt into one another.",
        "no_fades": "Hard cuts now, no transitions.",
        "title": 'Title "{title}" is on the picture ({start}-{end}s).',
        "no_title": "The title is gone.",
        "music": 'Music is now "{music}" at {volume}%.',
        "no_music": "The music is gone.",
        "volume": "The music plays at {volume}% now.",
        "added": "Added to the timeline.",
        "ask_title": 'What should the title say? For example: add a title saying "Our Summer".',
        "ask_change": "What would you like me to change? You can ask for another length, a title, "
        "music, "
        "another order "
        "or a vertical version.",
        "ask_media": "Click the upload button to add a photo, "
        "or describe a scene and I'll create one.",
        "greeting": "Hi! I make videos from photos. Send some and tell me which length, style and "
        "music you like.",
        "same": "That is already so on the timeline. What else would you like to change?",
        "title_lost": "I have no letters to draw {signs}, so I left that out of the title.",
        "title_none": "I have no letters to draw {signs}, so I put no title there. Try it in "
        "other words.",
        "title_cut": 'That is more than the picture holds, so the title ends at "{end}".',
        "longest": "I kept it to {seconds} seconds, the longest I can do.",
        "photos": "{count} photos",
        "photo": "photo",
        "files": "{count} files",
        "shots": "{count} shots",
        "file": "clip",
        "shot": "one shot",
        "nothing": "nothing in particular",
        "thought": "The user wants: {words}. Plan the tracks, then call the editor.",
    },
    "zh": {
        "look": "我先看一下你的{media}。",
        "invent": "还没有素材，我来创作一些关于{subject}的画面。",
        "make": "正在制作 {seconds} 秒的 {aspect} 视频，共{shots}。",
        "add_music": "初版画面已经放到时间线上，正在配上合适的音乐。",
        "edit": "好的，正在修改时间线。",
        "made": "你的 {seconds} 秒视频已经在时间线上了。",
        "music_added": "我还加了背景音乐《{music}》（{volume}%）；不需要的话告诉我“去掉音乐”。",
        "export": "点击「导出」按钮即可下载。",
        "preview": "可以在时间线中预览，然后点击「导出」按钮保存。",
        "aspect": "画面比例已改为 {aspect}。",
        "order": "镜头已按新的顺序排列。",
        "drop": "已删除该镜头，还剩{shots}。",
        "only": "现在只留下这一个镜头。",
        "motion": "镜头运动已按你说的改了。",
        "place_top": "标题放在上方。",
        "place_middle": "标题放在中间。",
        "place_lower": "标题放在下三分之一处。",
        "place_bottom": "标题放在下方。",
        "length": "视频时长现在是 {seconds} 秒。",
        "fades": "照片之间已加上叠化转场。",
        "no_fades": "已去掉转场，改为直接切换。",
        "title": "标题“{title}”已加到画面上（{start}-{end} 秒）。",
        "no_title": "标题已去掉。",
        "music": "背景音乐现在是《{music}》，音量 {volume}%。",
        "no_music": "背景音乐已去掉。",
        "volume": "音乐音量现在是 {volume}%。",
        "added": "已添加到时间线。",
        "ask_title": "标题要写什么？例如：加标题“我们的夏天”。",
        "ask_change": "想改哪里呢？可以改时长、标题、音乐、顺序，或者换成竖屏。",
        "ask_media": "请点击上传按钮添加照片，或者描述一个场景，我来创作。",
        "greeting": "你好！我可以把照片做成视频。发几张照片，告诉我想要的时长、风格和音乐吧。",
        "same": "时间线上已经是这样了。还想改点什么？",
        "title_lost": "我没有能画出 {signs} 的字体，标题里就没有放。",
        "title_none": "我没有能画出 {signs} 的字体，所以没有加标题。换个写法试试吧。",
        "title_cut": "画面放不下这么长的标题，所以只写到“{end}”。",
        "longest": "最长只能做 {seconds} 秒，已按此处理。",
        "photos": " {count} 张照片",
        "photo": "照片",
        "files": " {count} 个素材",
        "shots": " {count} 个镜头",
        "file": "视频",
        "shot": " 1 个镜头",
        "nothing": "大自然",
        "thought": "用户想要：{words}。先规划轨道，再调用编辑器。",
    },
}


def say(language: str, key: str, **values: object) -> str:
    """One phrase."""
    return PHRASES[language][key].format(**values)


def counted(language: str, what: str, count: int) -> str:
    """ "one shot", "3 shots", "photo", "3 photos"."""
    return say(language, what if count == 1 else f"{what}s", count=count)


def number(ms: float) -> str:
    """Seconds without needless decimals."""
    return f"{ms / 1000:.1f}".rstrip("0").rstrip(".")


def about(language: str, timeline: Timeline) -> dict[str, object]:
    """Everything the phrases ask of a timeline."""
    words, bed = timeline.words, timeline.bed
    start = timeline.ms - words.ms if words and words.at_end else 0
    return {
        "seconds": number(timeline.ms),
        "aspect": timeline.aspect,
        "shots": counted(language, "shot", len(timeline.pieces)),
        "title": words.text if words else "",
        "start": number(start),
        "end": number(start + words.ms) if words else "",
        "music": bed.name if bed else "",
        "volume": round(bed.volume * 100) if bed else 0,
    }


def noted(wishes: Wishes) -> list[str]:
    """What could not be done with the title as it was asked for."""
    notes = []
    if wishes.title_lost:
        notes.append(
            say(
                wishes.language,
                "title_lost" if wishes.title else "title_none",
                signs=wishes.title_lost,
            )
        )
    if wishes.title_cut and wishes.title:
        notes.append(say(wishes.language, "title_cut", end=wishes.title[-16:]))
    return notes


def told(wishes: Wishes, timeline: Timeline, changes: Sequence[str]) -> str:
    """One sentence a change."""
    keys = []
    for change in changes:
        gone = (change, True) in (
            ("title", timeline.words is None),
            ("music", timeline.bed is None),
            ("fades", not timeline.fades),
        )
        keys.append(f"no_{change}" if gone else change)
    if wishes.title_place and timeline.words is not None and "title" in changes:
        keys.append(f"place_{timeline.words.place}")
    values = about(wishes.language, timeline)
    joint = "" if wishes.language == "zh" else " "
    return joint.join(say(wishes.language, key, **values) for key in keys)
