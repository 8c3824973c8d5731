"""What we do in place of a click: the actions of button talk, and the buttons, panels and menus that
stand for each, in English and in Chinese."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.nemo.gui.english_words import LEAD, any_of, pattern
from core.patterns import Pattern


class GuiAction(StrEnum):
    """What the user was told to click, as our own action (docs/backend.md 12.3).

    EXPORT exports; STATE shows the project, for whoever is told to open a panel; TIMELINE its
    tracks, instead of a preview; CREDITS the balance; EDIT, instead of dragging and dropping, means
    asking what to change."""

    EXPORT = "export"
    STATE = "state"
    TIMELINE = "timeline"
    CREDITS = "credits"
    EDIT = "edit"


@dataclass(frozen=True, slots=True)
class ButtonTalk:
    """A clause that tells the user to click: what it wants, and how many of its first characters
    are content."""

    actions: tuple[GuiAction, ...]
    content: int = 0


Targets = Sequence[tuple[Pattern, GuiAction | None]]
"""What is named, and what is done where that is to be clicked: None for what only people can do."""

ENGLISH_TARGETS: Targets = tuple(
    (pattern(r"\b", any_of(phrases)), action)
    for phrases, action in (
        ("export, download, sav(?:e|ing), render, share", GuiAction.EXPORT),
        (
            "accounts?\\b, billing, credits?\\b, balance, subscri, upgrade, top ?up, recharge, pricing, plans?\\b",
            GuiAction.CREDITS,
        ),
        ("preview, play, timeline", GuiAction.TIMELINE),
        (
            "edit(?!ors?\\b), adjust, trim, crop, split, cut\\b, apply, generat, regenerat, create, replace, delete,"
            "remove, add\\b,"
            "mute, volume, title, text, caption, music, audio, effect, transition, filter, speed, style,"
            "template",
            GuiAction.EDIT,
        ),
        ("panel, tabs?\\b, media, asset, library, side ?bar, layer, tracks?\\b", GuiAction.STATE),
        ("upload, import", None),
    )
)
CHINESE_TARGETS: Targets = tuple(
    (Pattern(words, re.I), action)
    for words, action in (
        ("导出|下载|保存|分享|渲染|export|download|save|render|share", GuiAction.EXPORT),
        ("账户|账号|账单|余额|积分|充值|升级|订阅|套餐|会员|billing|account", GuiAction.CREDITS),
        ("播放|预览|时间线|时间轴|play|preview|timeline", GuiAction.TIMELINE),
        (
            "编辑(?!器)|添加|生成|裁剪|调整|音乐|文字|文本|字幕|标题|特效|转场|滤镜|应用|删除|替换|修改|edit|apply|generate",
            GuiAction.EDIT,
        ),
        ("面板|素材|媒体|标签|侧边栏|图层|轨道|菜单", GuiAction.STATE),
        ("上传|导入|upload", None),
    )
)

ENGLISH_DRAG = pattern(
    LEAD,
    r"(?:drag(?:\b(?!\s+(?:rac|queen|show))|ging (?:it|them|the|your|any|clips?)\b)|",
    r"drop\b.*\b(?:into|onto|on|in|here)\b)",
)
CHINESE_DRAG = Pattern(r"拖拽|拖动|拖放|拖到|拖入|拖至|拖进")
"""Dragging and dropping, which is EDIT whatever is dragged."""


def action_of(clause: str, targets: Targets) -> tuple[GuiAction, ...]:
    """The action behind what is to be clicked: the first thing named."""
    found = [
        (match.start(), action) for named, action in targets if (match := named.search(clause))
    ]
    action = min(found, key=lambda place: place[0])[1] if found else None
    return (action,) if action else ()
