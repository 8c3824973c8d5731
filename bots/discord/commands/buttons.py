"""Buttons that outlive restarts: what they mean stands in their custom id, so nothing is kept in
memory."""

import re
from typing import Any

from discord import ui

from bots import codec
from bots.discord.commands.forms import edit_form, login_form, reel_form
from bots.discord.commands.interactions import Desk, Use
from bots.discord.translate import FOREIGN, TEMPLATE, Asked
from core.i18n import closest
from core.messages import Button, Command, Payload

Item = ui.DynamicItem[ui.Button[ui.View]]


def to_items(desk: Desk) -> tuple[type[Item], type[Item]]:
    """The two item classes to register: one for our own buttons, one that answers all others with
    words."""

    class Pressed(ui.DynamicItem[ui.Button[ui.View]], template=TEMPLATE):
        @classmethod
        async def from_custom_id(
            cls, use: Use, item: ui.Item[Any], match: re.Match[str], /
        ) -> "Pressed":
            assert isinstance(item, ui.Button)
            return cls(item)

        async def callback(self, use: Use) -> None:
            await press(desk, use, codec.from_data(self.custom_id, self.item.label or ""))

    class Stray(ui.DynamicItem[ui.Button[ui.View]], template=FOREIGN):
        @classmethod
        async def from_custom_id(
            cls, use: Use, item: ui.Item[Any], match: re.Match[str], /
        ) -> "Stray":
            assert isinstance(item, ui.Button)
            return cls(item)

        async def callback(self, use: Use) -> None:
            await desk.excuse(use, "old_button")

    return Pressed, Stray


async def press(desk: Desk, use: Use, button: Button | None) -> None:
    """Hand on what a button means. Whose button it is, and whether its job still stands, the core
    knows."""
    language = closest(use.locale.value)
    if button is None or button.command is None:
        await desk.excuse(use, "old_button")
    elif button.command is Command.EDIT and not button.text:
        await desk.open(use, edit_form(language, button.job))
    elif button.command is Command.REEL and button.text == Payload.REEL_ADD:
        await desk.open(use, reel_form(language, button.job))
    elif button.command is Command.LOGIN:
        await desk.open(use, login_form(language))
    else:
        await desk.take(use, Asked(button.command, button.text, button.job))
