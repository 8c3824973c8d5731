"""Talk of buttons goes, content stays, and the action is ours: every row of docs/backend.md 12.3,
in both languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.nemo.gui import GuiAction, Line, Translated, joined, translate
from core.nemo.gui.clauses import LONGEST

EXPORT, STATE, TIMELINE, CREDITS, EDIT = GuiAction
Rows = tuple[tuple[str, str, tuple[GuiAction, ...]], ...]
"""What was said, what is left of it, and the actions."""

ROWS = (
    # the row of buttons to click
    ("Your video is ready! Click the Export button to save it.", "Your video is ready!", (EXPORT,)),
    (
        "Your 10-second video is on the timeline. Click the Export button to download it.",
        "Your 10-second video is on the timeline.",
        (EXPORT,),
    ),
    ("I've added your title. Click **Play** to see it.", "I've added your title.", (TIMELINE,)),
    ("Music is in. Tap the Media tab if you want another photo.", "Music is in.", (STATE,)),
    ("Your clip is done. Press 'Generate' to make another version.", "Your clip is done.", (EDIT,)),
    ("All set. Click here.", "All set.", ()),
    # going back is a button of our own, free of charge: not an edit to be paid for
    ("The music is at 35% now. Click Undo if you don't like it.", "The music is at 35% now.", ()),
    ("音乐音量已降到35%，不满意可以点击“撤销”。", "音乐音量已降到35%。", ()),
    ("视频已生成。点击右上角的“导出”按钮即可保存到本地。", "视频已生成。", (EXPORT,)),
    ("标题已添加，请点击「播放」按钮查看效果。", "标题已添加。", (TIMELINE,)),
    ("片段已准备好，您可以点击“生成”按钮再做一版。", "片段已准备好。", (EDIT,)),
    # the row of panels to open
    (
        "Two photos are in the project. Open the Media panel to see them.",
        "Two photos are in the project.",
        (STATE,),
    ),
    (
        "I used your three photos. Go to the Assets tab to check them.",
        "I used your three photos.",
        (STATE,),
    ),
    ("素材已上传。请打开左侧的素材面板查看。", "素材已上传。", (STATE,)),
    ("三张照片都用上了，可以切换到媒体库标签页查看。", "三张照片都用上了。", (STATE,)),
    # drag/drop, move, arrange
    (
        "I lowered the music to 35%. Drag the clips to change their order.",
        "I lowered the music to 35%.",
        (EDIT,),
    ),
    ("The title is red now; you can drag and drop it anywhere.", "The title is red now.", (EDIT,)),
    (
        "There are three clips. You can rearrange them on the timeline as you like.",
        "There are three clips.",
        (EDIT,),
    ),
    ("已生成三个片段。您可以拖拽片段来调整顺序。", "已生成三个片段。", (EDIT,)),
    ("字幕已添加，可以在时间线上移动它的位置。", "字幕已添加。", (EDIT,)),
    # preview in timeline (or player)
    (
        "The transition is smoother. Preview it in the timeline.",
        "The transition is smoother.",
        (TIMELINE,),
    ),
    ("Done! You can watch the result in the player on the right.", "Done!", (TIMELINE,)),
    ("转场更流畅了。您可以在时间线中预览效果。", "转场更流畅了。", (TIMELINE,)),
    ("修改完成，请在播放器里查看。", "修改完成。", (TIMELINE,)),
    # export button
    (
        "The Export button is at the top right. The video lasts 12 seconds.",
        "The video lasts 12 seconds.",
        (EXPORT,),
    ),
    ("Your video is ready to download using the Export button.", "Your video is ready.", (EXPORT,)),
    ("You can now export your video.", "", (EXPORT,)),
    ("视频做好了，使用导出按钮下载吧。", "视频做好了。", (EXPORT,)),
    ("视频已完成，现在可以导出了。", "视频已完成。", (EXPORT,)),
    # check account / billing
    (
        "This used 100 credits. Check your account page for the balance.",
        "This used 100 credits.",
        (CREDITS,),
    ),
    ("You can see your remaining credits in the billing section.", "", (CREDITS,)),
    ("这次消耗了 100 积分。请前往账户页面查看余额。", "这次消耗了 100 积分。", (CREDITS,)),
    # settings / dashboard
    ("The ratio is 9:16. Go to Settings to change the default.", "The ratio is 9:16.", ()),
    ("Saved as a project. Visit your dashboard to find it.", "Saved as a project.", ()),
    ("Go to your dashboard to check your credits.", "", (CREDITS,)),
    ("画面比例是 9:16。如需修改，请前往设置页面。", "画面比例是 9:16。", ()),
    # adjust in editor
    (
        "The title shows for 3 seconds. You can adjust it in the editor.",
        "The title shows for 3 seconds.",
        (EDIT,),
    ),
    (
        "Music starts at 0:02. Fine-tune the volume manually if you like.",
        "Music starts at 0:02.",
        (EDIT,),
    ),
    ("标题显示 3 秒，您也可以在编辑器中手动调整。", "标题显示 3 秒。", (EDIT,)),
)

MIXED = (
    ("Your video is ready - just click Export!", "Your video is ready!", (EXPORT,)),
    (
        "✅ Your video is ready — click the Export button to save it! 🎉",
        "✅ Your video is ready! 🎉",
        (EXPORT,),
    ),
    (
        'I\'ve added the title "Hi", and you can preview it in the timeline.',
        'I\'ve added the title "Hi".',
        (TIMELINE,),
    ),
    ("When you're happy with it, click Export.", "", (EXPORT,)),
    (
        "The music is softer. Once you are satisfied, click Export to save it.",
        "The music is softer.",
        (EXPORT,),
    ),
    (
        "Click Export to save it, then tell me if you want changes.",
        "Tell me if you want changes.",
        (EXPORT,),
    ),
    (
        "Let me know if you want changes, or click Export to save it.",
        "Let me know if you want changes.",
        (EXPORT,),
    ),
    (
        "Your video (click Export to save it) lasts 10 seconds.",
        "Your video lasts 10 seconds.",
        (EXPORT,),
    ),
    ("Select Export, choose 1080p, and press Start.", "", (EXPORT,)),
    ("Click Export. It will download automatically.", "", (EXPORT,)),
    (
        "I added a title, lowered the music, and click Export to save.",
        "I added a title, lowered the music.",
        (EXPORT,),
    ),
    ("**Your video is ready! Click Export to save it.**", "Your video is ready!", (EXPORT,)),
    ("You can preview it in the timeline or click Export to download it.", "", (TIMELINE, EXPORT)),
    (
        "Your clip is generated. You can preview it in the timeline, adjust the clips by "
        "dragging them, and click the "
        "Export button in the top right corner to download it.",
        "Your clip is generated.",
        (TIMELINE, EDIT, EXPORT),
    ),
    ("Your video can be downloaded by clicking Export.", "", (EXPORT,)),
    (
        "The clip is 10 seconds long and can be saved by clicking Export.",
        "The clip is 10 seconds long.",
        (EXPORT,),
    ),
    ("I added the title, want to click Export?", "I added the title.", (EXPORT,)),
    (
        "Here's how to download it:\n1. Click **Export**\n2. Choose MP4\n3. Press Start\n\nThe "
        "video lasts 8 seconds.",
        "The video lasts 8 seconds.",
        (EXPORT,),
    ),
    (
        'I made these changes:\n- Title "Hi" (0-3s)\n- Softer music\n- Click Export to save',
        'I made these changes:\n- Title "Hi" (0-3s)\n- Softer music',
        (EXPORT,),
    ),
    ("Next step: click Export.", "", (EXPORT,)),
    (
        "Generated successfully 🎬 You can now preview it in the timeline panel. If you're happy "
        "with the result, "
        'click the "Export" button.',
        "Generated successfully 🎬",
        (TIMELINE, EXPORT),
    ),
    ("To download it, go to File > Export.", "", (EXPORT,)),
    ("Please wait a minute and then check the timeline.", "Please wait a minute.", (TIMELINE,)),
    ("I can't export videos myself, but you can click the Export button.", "", (EXPORT,)),
    ("Exporting is done via the Export button.", "", (EXPORT,)),
    (
        "Feel free to export it or ask me to change the style.",
        "Ask me to change the style.",
        (EXPORT,),
    ),
    ("Please upload your photos using the Upload button.", "Please upload your photos.", ()),
    ("Tip: You can drag the edges of a clip to trim it.", "", (EDIT,)),
    (
        "Here are the tracks (open the Tracks panel): three in all.",
        "Here are the tracks: three in all.",
        (STATE,),
    ),
    (
        "It lasts 12 seconds, 9:16. Save it to your phone and share it!",
        "It lasts 12 seconds, 9:16.",
        (EXPORT,),
    ),
    ("Preview it in the timeline\n\nThe title is red.", "The title is red.", (TIMELINE,)),
    ("Press Play and enjoy!", "", (TIMELINE,)),
    ("Click the Music tab. Pick a song and I'll add it.", "Pick a song and I'll add it.", (EDIT,)),
    ("Click Export, or pick another style.", "Pick another style.", (EXPORT,)),
    ("Click Export. Then select the resolution and wait for the download.", "", (EXPORT,)),
    ("点击导出。选择格式。", "", (EXPORT,)),
    ("点击导出。请选择一个风格。", "请选择一个风格。", (EXPORT,)),
    ("Next steps:\n\n- Click Export\n- Click Share", "", (EXPORT,)),
    ("The music is set. Open the Music tab to change it.", "The music is set.", (STATE,)),
    ("The music is set. Choose the Music tab to change it.", "The music is set.", (EDIT,)),
    ("Ready to download using the Export button.", "Ready to download.", (EXPORT,)),
    ("It's ready to download using the Export button.", "It's ready.", (EXPORT,)),
    ("The clip was shortened by clicking Trim.", "The clip was shortened.", (EDIT,)),
    ("The Export button is at the top right to save it.", "", (EXPORT,)),
    ("片段已生成。点击播放按钮看看，满意再保存。", "片段已生成。", (TIMELINE, EXPORT)),
    ("片段已生成。点击播放按钮后保存。", "片段已生成。", (TIMELINE,)),
    ("点击导出，选择您喜欢的。", "", (EXPORT,)),
    ("点击导出。选择您喜欢的。", "选择您喜欢的。", (EXPORT,)),
    ("点 击 导 出。选 择 格 式。", "", (EXPORT,)),
    ("下 一 步：点击导出。", "", (EXPORT,)),
    ("标题做好了。请导出视频。", "标题做好了。", (EXPORT,)),
    ("标题做好了。点击画面下方的导出按钮。", "标题做好了。", (EXPORT,)),
    ("如果标题已改好了，请点击导出。", "如果标题已改好了。", (EXPORT,)),
    ("标题做好了，要点击导出吗？", "标题做好了。", (EXPORT,)),
    ("your clip is done, click Export.", "your clip is done.", (EXPORT,)),
    ("Click Export, or pick one of these:", "Pick one of these:", (EXPORT,)),
    ("It is done ,; click Export.", "It is done.", (EXPORT,)),
    ("The format is DivX , click Export.", "The format is DivX.", (EXPORT,)),
    ("🎬 — click Export.", "", (EXPORT,)),
    ("**Your video is ready** and click Export.", "**Your video is ready**.", (EXPORT,)),
    (
        'The end card reads "Click the Download button to get the app", click Export.',
        'The end card reads "Click the Download button to get the app".',
        (EXPORT,),
    ),
    ("Click Export. Done! 🎉", "Done! 🎉", (EXPORT,)),
    (
        "Click Export. It is at https://a.example/x now. Choose the 1080p format.",
        "It is at https://a.example/x now. Choose the 1080p format.",
        (EXPORT,),
    ),
    (
        "When you are happy, click Export, and tell me what you think.",
        "Tell me what you think.",
        (EXPORT,),
    ),
    ("Click Export, afterwards.", "", (EXPORT,)),
    ("I added it, when you are happy, click Export.", "I added it.", (EXPORT,)),
    (
        "Click Play.\nYour video (click Export to save it) lasts 10 seconds.",
        "Your video lasts 10 seconds.",
        (TIMELINE, EXPORT),
    ),
    (
        "I added the title. The music is soft, click Export.",
        "I added the title. The music is soft.",
        (EXPORT,),
    ),
    ("The music is in. Click Play before you save it.", "The music is in.", (TIMELINE,)),
    ("The Export button says Save.", "", (EXPORT,)),
    ("The preview is made by clicking Export.", "The preview is made.", (EXPORT,)),
    (
        "The title is red.\n\nClick Export.\n\nThe music is soft.",
        "The title is red.\n\nThe music is soft.",
        (EXPORT,),
    ),
    (
        "The title is red.\nNext steps:\n- Click Export\n\nThe music is soft.",
        "The title is red.\n\nThe music is soft.",
        (EXPORT,),
    ),
    ("Click Export.\nThis is what I did:", "This is what I did:", (EXPORT,)),
    ("Click " + "x" * (LONGEST - 6) + ".", "", ()),
    (
        "Done.\r\nClick Export. 👇\r\nThe video lasts 8 s.",
        "Done.\r\nThe video lasts 8 s.",
        (EXPORT,),
    ),
    ("(Click Export)", "", (EXPORT,)),
    ("“Your video is ready! Click Export.”", "Your video is ready!", (EXPORT,)),
    ("视频已生成（点击导出按钮保存）。", "视频已生成。", (EXPORT,)),
    ("请点击上传按钮上传图片。", "", ()),
    ("标题做好了。您可以在画面上拖动它。", "标题做好了。", (EDIT,)),
    ("The title is set. Dragging it moves it.", "The title is set.", (EDIT,)),
    ("打开账户页面看看余额吧。", "", (CREDITS,)),
    ("处理完成，打开预览面板即可查看", "处理完成", (TIMELINE,)),
    ("请使用右上角的菜单。", "", (STATE,)),
    ("片段已生成，点击“下一步”继续。", "片段已生成。", ()),
    ("文件 1,024 KB，然后点击导出。", "文件 1,024 KB。", (EXPORT,)),
    ("Your video is ready: click Export.", "Your video is ready.", (EXPORT,)),
    ("视频已生成，时长10秒。点击导出按钮，即可保存视频。", "视频已生成，时长10秒。", (EXPORT,)),
    ("如果您满意，请点击导出。如果想修改，请告诉我。", "如果想修改，请告诉我。", (EXPORT,)),
    (
        "音乐已调低到35%，标题改成了“夏天”，您可以在时间线上预览，满意后点击“导出”。",
        "音乐已调低到35%，标题改成了“夏天”。",
        (TIMELINE, EXPORT),
    ),
    ("下一步：点击导出。", "", (EXPORT,)),
    ("您的视频已经准备好了！点击“导出”按钮下载。", "您的视频已经准备好了！", (EXPORT,)),
    ("影片已生成！請點擊「匯出」按鈕儲存。", "影片已生成！", (EXPORT,)),
    ("视频已生成请点击导出按钮下载", "视频已生成", (EXPORT,)),
    ("Video fertig. 点击 Export 按钮保存。", "Video fertig.", (EXPORT,)),
    ("请点击导出，选择1080p，然后等待下载完成。", "", (EXPORT,)),
)

CONTENT = (
    "Your video was exported at 1080p.",
    "The export took 30 seconds.",
    "Export completed.",
    "You can export at up to 1080p with this plan.",
    "Would you like me to export it now?",
    "I added a mouse click sound at 0:02.",
    "Click sound added at 0:02.",
    'The end card reads "Click the Download button to get the app".',
    "I added a sticker that looks like a download button.",
    "The video opens with a wide shot of the beach.",
    "Your 10-second video is on the timeline.",
    "I moved the second clip to the start of the timeline.",
    "I dragged the pace down a little, so the clips feel calmer.",
    "Use a brighter photo for better results.",
    "Shall I make the title bigger, or change the music?",
    "The credits roll at the end, over the last photo.",
    "You have 20 credits left.",
    "Here is your file: https://example.invalid/x.mp4 (click it to save).",
    "The dashboard of the car is sharp now.",
    "Press release look, white background, 12 seconds.",
    "A person drags a suitcase across the street.",
    "视频已导出为1080p。",
    "导出用了30秒。",
    "您可以导出最高1080p的视频。",
    "要现在导出吗？",
    "我为您添加了鼠标点击音效。",
    "片尾文字为“点击下载按钮，立即体验”。",
    "已在时间线上添加标题。",
    "已将片段移动到开头。",
    "视频开头是打开窗户的画面。",
    "您的账户还有20积分。",
    "已将比例设置为9:16。",
    "标题已添加，时长3秒。",
    "Dragging footage of the car race is in slow motion.",
    "Press photos were used in the order you sent them.",
    "You can ask me to change the music, or send another photo.",
    "Check the title spelling: is it right?",
    "Pick a song and I'll add it.",
    "Play with the colours? I can make them warmer.",
    "Export settings: MP4, 1080p.",
    "A hand clicks a button and the product appears.",
    "I'm adding the title in the editor now.",
    "画面中一只手点击按钮，产品出现。",
    "视频里的汽车被拖到了路边。",
    "请选择一个风格：电影感、复古或极简。",
    "在视频中，您会看到夕阳缓缓落下。",
    "导出设置：MP4，1080p。",
    "要在时间线上预览吗",
    "要不要在时间线上预览呢",
    "要在时间线上预览么",
    "可以在时间线上预览？",
    "导出视频了。",
    "Can you preview it in the timeline?",
    "Click https://example.invalid/x.mp4 to save it.",
    "Click " + "x" * (LONGEST - 5) + ".",
    "The video is done. Choose the format: mp4 or gif.",
    "",
    "🎬",
    "  \n ",
)


@pytest.mark.parametrize("rows", [ROWS, MIXED], ids=["alone", "mixed"])
def test_button_talk_becomes_an_action_and_content_stays(rows: Rows) -> None:
    found = {said: translate(said) for said, _, _ in rows}
    kept = {said: (each.text, each.actions) for said, each in found.items()}
    assert kept == {said: (left, actions) for said, left, actions in rows}


@pytest.mark.parametrize(
    ("left", "shown"),
    [
        ('The title says "Hi" and "', 'The title says "Hi" and'),
        ("**The title** is red**", "**The title** is red"),
        ("The title is `red`.", "The title is `red`."),
        ("The title is red).", "The title is red."),
        ("（标题是红色的", "标题是红色的"),
        ("【标题】是红色的", "【标题】是红色的"),
    ],
)
def test_a_mark_whose_other_half_has_gone_goes_too(left: str, shown: str) -> None:
    assert joined([Line("- ", "as it was", "", left)]) == f"- {shown}"


def test_content_comes_back_as_it_was() -> None:
    assert [said for said in CONTENT if translate(said) != Translated(said, ())] == []


@pytest.mark.parametrize("rows", [ROWS, MIXED], ids=["alone", "mixed"])
def test_what_is_left_holds_no_more_button_talk(rows: Rows) -> None:
    assert [left for _, left, _ in rows if translate(left) != Translated(left, ())] == []


def test_the_recording_with_unicode_line_ends_loses_only_its_first_words() -> None:
    said = (
        "点击「导出」按钮 \u2028 line-sep \u2029 par-sep \x85 nel \x0b vt \x0c ff \x1c fs 🎬 "
        "\r\n crlf \r cr \n lf"
    )

    found = translate(said)

    assert found.actions == (EXPORT,)
    assert (
        found.text
        == "line-sep \u2029 par-sep \x85 nel \x0b vt \x0c ff \x1c fs 🎬 \r\n crlf \r cr \n lf"
    )


@given(
    st.lists(st.sampled_from([said for said in CONTENT if said.strip("🎬 \n")]), min_size=1),
    st.sampled_from(ROWS),
)
def test_sentences_around_button_talk_survive_whole(
    content: list[str], row: tuple[str, str, tuple[GuiAction, ...]]
) -> None:
    said, left, actions = row
    before, after = content[: len(content) // 2], content[len(content) // 2 :]

    found = translate("\n".join([*before, said, *after]))

    assert found.text == "\n".join(filter(None, [*before, left, *after]))
    assert found.actions == actions


_BITS = """
click Export export button the in timeline preview drag panel open and ,
. ; : - — ( ) " “ ” ** ` 1. settings account
check https://x ? I added you can when to by clicking via 🎬
点击 导出 按钮 「 」 ， 。 打开 面板 拖拽 您可以 已 了 如果 后
"""
_WORDS = st.sampled_from(["\n", "\u2028", *_BITS.split()])


@given(st.lists(_WORDS | st.text(max_size=5)).map(" ".join))
def test_no_words_make_it_stumble_or_grow(said: str) -> None:
    found = translate(said)

    assert set(found.actions) <= set(GuiAction)
    assert len(found.text) <= len(said) + said.count("?") + said.count("？")


def test_long_texts_are_read_in_no_time() -> None:
    pieces = ("click ", " ", "(", '"', "you just ", "点击", "- ", "and click ", "1. ", "**")

    for piece in pieces:
        said = piece * (60_000 // len(piece))
        assert len(translate(said).text) <= len(said)
