"""More of what cannot be done here: keys, libraries, the canvas, scrolling, and links into the
editor."""

import pytest

from core.nemo.gui import GuiAction, translate

EXPORT, STATE, TIMELINE, CREDITS, EDIT = GuiAction

ROWS = (
    (
        "The title is in. Select it and press Delete if you don't want it.",
        "The title is in.",
        (EDIT,),
    ),
    (
        "I added music. To remove it, select the audio track and press Delete.",
        "I added music.",
        (EDIT,),
    ),
    ("Select the clip and hit the Delete key to remove it.", "", (EDIT,)),
    ("Select the text layer, then press Backspace.", "", ()),
    ("The clip is there. Highlight the title and press Del.", "The clip is there.", ()),
    ("You can find your photos in the library.", "", (STATE,)),
    ("Open the library to see your clips.", "", (STATE,)),
    ("Browse the music library and pick another track.", "", (STATE,)),
    ("Choose another song from the library.", "", (STATE,)),
    ("Scroll down to see the timeline.", "", (TIMELINE,)),
    (
        "The music is soft. Scroll to the right to see the rest of the timeline.",
        "The music is soft.",
        (TIMELINE,),
    ),
    ("Scroll through the media panel to find it.", "", (STATE,)),
    ("Drag the title onto the canvas.", "", (EDIT,)),
    ("You can resize the title directly on the canvas.", "", (EDIT,)),
    ("Select the title on the canvas to change its font.", "", (EDIT,)),
    ("Use Ctrl+Z to undo.", "", ()),
    ("Press Ctrl+S to save your project.", "", (EXPORT,)),
    ("Hit Space to play it.", "", (TIMELINE,)),
    ("Press the spacebar to preview.", "", (TIMELINE,)),
    ("Hover over the clip and click the trash icon.", "", ()),
    ("Right-click the clip and choose Delete.", "", ()),
    ("Zoom in on the timeline to see the details.", "", (TIMELINE,)),
    ("Double-click the text to edit it.", "", (EDIT,)),
    ("If you're happy with it, click Export.", "", (EXPORT,)),
    ("If satisfied, please export.", "", (EXPORT,)),
    ("When you're satisfied, hit Export.", "", (EXPORT,)),
    ("Highlight the clip on the timeline and trim it.", "", (EDIT,)),
    ("You can pick another font in the properties panel.", "", (STATE,)),
    ("Check the layers panel.", "", (STATE,)),
    ("Expand the effects menu.", "", (STATE,)),
    ("Toggle the track's visibility with the eye icon.", "", (EDIT,)),
    ("Mute the track with the speaker icon.", "", (EDIT,)),
    ("Unmute the audio track from the timeline.", "", (EDIT,)),
    ("Use the mouse wheel to zoom.", "", ()),
    ("Use the slider to adjust the volume.", "", (EDIT,)),
    ("Move the playhead to 0:05 and press Play.", "", (TIMELINE,)),
    ("Drop your photos here.", "", (EDIT,)),
    ("Swipe left to see more options.", "", ()),
    ("Refresh the page to see the changes.", "", ()),
    ("Reload the page if the preview does not load.", "", ()),
    ("Close the panel when you are done.", "", ()),
    ("Save the project before leaving the page.", "", ()),
    ("标题已添加。如果不需要，选中它并按Delete键删除。", "标题已添加。", (EDIT,)),
    ("选中音乐轨道，按 Delete 键即可删除。", "", (EDIT,)),
    ("音乐已添加。选中后按删除键可以移除。", "音乐已添加。", (EDIT,)),
    ("按空格键播放。", "", (TIMELINE,)),
    ("按Ctrl+Z撤销。", "", ()),
    ("你可以在资源库中找到这些照片。", "", (STATE,)),
    ("打开资源库查看素材。", "", (STATE,)),
    ("可以从音乐库中选择其他音乐。", "", (STATE,)),
    ("在素材库里挑选其他照片。", "", (STATE,)),
    ("向下滚动查看时间线。", "", (TIMELINE,)),
    ("滚动到右侧可以看到全部片段。", "", ()),
    ("音乐很柔和。滑动时间轴查看更多。", "音乐很柔和。", (TIMELINE,)),
    ("在画布上拖动标题调整位置。", "", (EDIT,)),
    ("您可以在画布上直接修改标题。", "", (EDIT,)),
    ("打开画布，视频已经做好了。", "视频已经做好了。", (STATE,)),
    ("点一下画布上的文字即可编辑。", "", (EDIT,)),
    ("视频做好了，如果满意，请点导出。", "视频做好了。", (EXPORT,)),
    ("如果满意，请点导出。", "", (EXPORT,)),
    ("如果满意，点导出即可。", "", (EXPORT,)),
    ("满意的话点导出就行。", "", (EXPORT,)),
    ("满意后请点击导出。", "", (EXPORT,)),
    ("如果满意，请导出。", "", (EXPORT,)),
    ("确认无误后请点导出按钮。", "", (EXPORT,)),
    ("如果滿意，請點導出。", "", (EXPORT,)),
    ("滿意的話，請點匯出。", "", (EXPORT,)),
    ("請在畫布上拖動標題。", "", (EDIT,)),
    ("打開資源庫查看。", "", (STATE,)),
    ("右键点击片段，选择删除。", "", ()),
    ("双击文字即可编辑。", "", (EDIT,)),
    ("请刷新页面查看效果。", "", ()),
    ("把播放头移动到第5秒。", "", ()),
    ("用鼠标滚轮缩放时间线。", "", ()),
    ("悬停在片段上，点击垃圾桶图标。", "", ()),
    ("按下回车键确认。", "", ()),
    ("在左侧栏找到音乐。", "", (EDIT,)),
    ("在右侧的属性面板里调整字体。", "", (EDIT,)),
    # links into the editor
    ("2. `BGM` added - see [the editor](https://example.com/x)", "2. `BGM` added", ()),
    ("Done! [Open in editor](https://nemovideo.com/workspace/1)", "Done!", (STATE,)),
    ("Red now.\n[View project](https://app.nemovideo.com/p/1)", "Red now.", ()),
    ("You can open it [here](https://nemovideo.com/workspace/abc).", "", (STATE,)),
    ("Open https://nemovideo.com/workspace/abc to edit it. It is soft.", "It is soft.", (STATE,)),
    ("视频已完成，打开 https://nemovideo.com/workspace/abc 编辑。", "视频已完成。", (TIMELINE,)),
    ("视频已完成，[点击这里](https://nemovideo.com/x)。", "视频已完成。", ()),
    ("[打开项目](https://nemovideo.com/x)", "", (TIMELINE,)),
    ("标题已加。在[编辑器](https://x.y/z)中查看效果。", "标题已加。", (TIMELINE,)),
)

CONTENT = (
    "Your photos are in the library. The video is 10 seconds long.",
    "The canvas is 1080x1920.",
    "The title is on the canvas.",
    "The camera scrolls over the city.",
    "A woman scrolls on her phone.",
    "The camera pans across the library.",
    "She presses delete on the keyboard.",
    "An old library with warm light.",
    "I pressed the pace a bit.",
    "The painter works on a canvas.",
    "Select your favourite photo and send it to me.",
    "Select a style: 1. cinematic 2. retro",
    "照片已放入资源库。",
    "画布尺寸为1080x1920。",
    "标题在画布中央。",
    "镜头滚动掠过城市。",
    "画家在画布上作画。",
    "她按下删除键。",
    "图书馆的资源库很大。",
    "标题像画布一样铺开。",
    "请选择一种风格：电影感或复古。",
    "点一首你喜欢的歌。",
    "请点评一下这个视频。",
    "满意吗？",
    "如果满意，请告诉我。",
    "画布比例已改为9:16。",
    "[download](https://cdn.nemovideo.com/a/b.mp4)",
    "https://cdn.nemovideo.com/render-result/r1.mp4",
    "see [Wikipedia](https://en.wikipedia.org/wiki/Sea)",
    "I zoomed in on the subject.",
    "Zoom in on the subject",
    "滚动字幕已添加。",
    "我从音乐库中选择了一首轻快的曲子。",
    "可以看到标题在画布中央。",
    "The library scene is brighter now.",
    "Choose A or B.",
)


@pytest.mark.parametrize(("said", "left", "actions"), ROWS)
def test_talk_of_the_editor_goes(said: str, left: str, actions: tuple[GuiAction, ...]) -> None:
    found = translate(said)

    assert (found.text, found.actions) == (left, actions)


@pytest.mark.parametrize("said", CONTENT)
def test_what_only_sounds_like_it_stays(said: str) -> None:
    found = translate(said)

    assert (found.text, found.actions) == (said, ())
