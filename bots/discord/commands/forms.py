"""Forms (modals) and what is read from them: by custom id alone, so that one opened before a
restart still counts."""

from typing import Any

import discord
from discord import ui

from bots import codec
from bots.discord.translate import ANEW, EDITS, Asked, Sent, offered_edits, sent_json, with_edits
from core.i18n import text
from core.messages import Button, Command

MOST_FILES = 10
WORDS_LIMIT = 2000
TOKEN_LIMIT = 200
ID_LIMIT = 100
"""Characters of a custom id (Discord, "Component Reference"); no label could stand for a form's."""
WORDS, FILES = "words", "files"


def video_form(language: str, words: str = "", skill: str = "") -> ui.Modal:
    """Photos and the wish; the words given so far are filled in, and the form's own id remembers
    the profile."""
    form = _form(Command.VIDEO, None, "form_video", language, skill)
    upload: ui.FileUpload[ui.Modal] = ui.FileUpload(
        custom_id=FILES, min_values=0, max_values=MOST_FILES, required=False
    )
    form.add_item(_labelled("form_photos", "form_photos_about", language, upload))
    form.add_item(
        _labelled("form_wish", "form_wish_about", language, _field(words, required=False))
    )
    return form


def reel_form(language: str, job: int | None) -> ui.Modal:
    """Photos for a group reel; `job` is the reel whose button was pressed."""
    form = _form(Command.REEL, job, "form_reel", language)
    upload: ui.FileUpload[ui.Modal] = ui.FileUpload(
        custom_id=FILES, min_values=1, max_values=MOST_FILES, required=True
    )
    form.add_item(_labelled("form_photos", "form_photos_about", language, upload))
    return form


def edit_form(language: str, job: int | None = None) -> ui.Modal:
    """What to change, in words or by choosing; `job` is the video whose button was pressed."""
    form = _form(Command.EDIT, job, "form_edit", language)
    field = _field("", required=job is None)
    form.add_item(_labelled("form_change", "form_change_about", language, field))
    if job is None:
        return form
    for name, offered in offered_edits(language).items():
        label = text(f"discord.form_{name}", language)
        about = text("talk.anew", language, needed=ANEW) if name == "shape" else None
        select: ui.Select[ui.View] = ui.Select(
            custom_id=name,
            min_values=0,
            max_values=1,
            required=False,
            options=[discord.SelectOption(label=said, value=it) for it, said in offered.items()],
        )
        form.add_item(ui.Label(text=label, description=about, component=select))
    return form


def login_form(language: str) -> ui.Modal:
    """The user's token: in a form, so that it never stands in a channel."""
    form = _form(Command.LOGIN, None, "form_login", language)
    field: ui.TextInput[ui.Modal] = ui.TextInput(
        custom_id=WORDS, max_length=TOKEN_LIMIT, placeholder="nmv_usr_…"
    )
    form.add_item(_labelled("form_token", "form_token_about", language, field))
    return form


def _form(
    command: Command, job: int | None, title: str, language: str, skill: str = ""
) -> ui.Modal:
    return ui.Modal(
        title=text(f"discord.{title}", language),
        custom_id=codec.to_data(Button("", command, job, skill), ID_LIMIT),
    )


def _field(words: str, *, required: bool = True) -> "ui.TextInput[ui.Modal]":
    return ui.TextInput(
        custom_id=WORDS,
        style=discord.TextStyle.paragraph,
        default=words[:WORDS_LIMIT] or None,
        required=required,
        max_length=WORDS_LIMIT,
    )


def _labelled(
    name: str, about: str, language: str, item: ui.Item[ui.Modal]
) -> "ui.Label[ui.Modal]":
    return ui.Label(
        text=text(f"discord.{name}", language),
        description=text(f"discord.{about}", language),
        component=item,
    )


def read(data: dict[str, Any]) -> Asked | None:
    """What a submitted form asks for; None where it is not one of ours. `data` is the payload as
    Discord sent it."""
    button = codec.from_data(data.get("custom_id", ""))
    if button is None or button.command is None:
        return None
    fields = {field.get("custom_id"): field for field in map(_inner, data.get("components", []))}
    resolved = data.get("resolved", {}).get("attachments", {})
    files = tuple(
        _file(resolved, id) for id in fields.get(FILES, {}).get("values", []) if id in resolved
    )
    words = (fields.get(WORDS, {}).get("value") or "").strip()
    picked = {name: next(iter(fields.get(name, {}).get("values") or ()), "") for name in EDITS}
    command = Command.AGAIN if picked["shape"] else button.command  # another shape is made anew
    words = with_edits(words, picked)
    return Asked(command, words, button.job, files, button.text)


def _inner(part: dict[str, Any]) -> dict[str, Any]:
    """The field in a label; older clients wrap it in a row."""
    return part.get("component") or next(iter(part.get("components", [])), {})


def _file(resolved: dict[str, Any], id: str) -> Sent:
    return sent_json(resolved[id])
