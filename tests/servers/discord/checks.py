"""What Discord refuses in texts, buttons, commands and forms, beyond what its OpenAPI file says."""

import re

from tests.servers.discord.payloads import Json
from tests.servers.discord.world import TEXT_LIMIT, Refusal


def check_text(content: str) -> None:
    if len(content) > TEXT_LIMIT:
        detail = {"content": {"_errors": [{"code": "BASE_TYPE_MAX_LENGTH"}]}}
        raise Refusal(400, 50035, "Invalid Form Body", errors=detail)


def check_embeds(embeds: list[Json], stored: list[str]) -> None:
    """`stored` are the names of the files that the message has; an embed may show only those."""
    said = [
        part
        for embed in embeds
        for part in (embed.get("title") or "", embed.get("description") or "")
    ]
    shown = [
        embed[part]["url"] for embed in embeds for part in ("thumbnail", "image") if embed.get(part)
    ]
    wrong = (
        "more than 10 embeds, or 6000 characters"
        if len(embeds) > 10 or sum(map(len, said)) > 6000
        else ""
    )
    if any(
        not any(said[2 * place : 2 * place + 2]) and not embed.get("thumbnail")
        for place, embed in enumerate(embeds)
    ):
        wrong = "an embed without anything in it"
    for url in shown:
        if url.startswith("attachment://") and url.removeprefix("attachment://") not in stored:
            wrong = f"there is no {url}"
    if wrong:
        raise Refusal(400, 50035, "Invalid Form Body", errors={"embeds": wrong})


def check_components(rows: list[Json]) -> None:
    buttons = [part for row in rows for part in row.get("components", [])]
    wrong = ""
    if len(rows) > 5 or any(not 1 <= len(row.get("components", [])) <= 5 for row in rows):
        wrong = "1 to 5 buttons in at most 5 rows"
    ids = [button["custom_id"] for button in buttons if "custom_id" in button]
    if len(set(ids)) < len(ids):
        wrong = "COMPONENT_CUSTOM_ID_DUPLICATED"
    for button in buttons:
        if (
            not 1
            <= len(button.get("custom_id") or button.get("url") or "")
            <= (512 if "url" in button else 100)
        ):
            wrong = "a button needs a custom_id of 1-100 characters, or a url"
        if not 1 <= len(button.get("label") or "") <= 80:
            wrong = "a label has 1-80 characters"
    if wrong:
        raise Refusal(400, 50035, "Invalid Form Body", errors={"components": wrong})


NAME = re.compile(r"[-_'\w\u0900-\u0950\u0955-\u0963\u0966-\u097f]{1,32}")
"""Letters and digits, and all of Devanagari, whose vowel signs are no letters (documentation)."""


def check_command(command: Json) -> None:
    slash = command.get("type", 1) == 1
    names = [command["name"], *(command.get("name_localizations") or {}).values()]
    options = command.get("options") or []
    for option in options if slash else []:
        names += [option["name"], *(option.get("name_localizations") or {}).values()]
    wrong = [name for name in names if slash and (not NAME.fullmatch(name) or name != name.lower())]
    wrong += [name for name in names if not 1 <= len(name) <= 32]
    described = [command, *options] if slash else []
    texts = [text for part in described for text in (part["description"], *(part.get("description_localizations") or {}).values())]  # fmt: skip  # noqa: E501
    wrong += [text for text in texts if not 1 <= len(text) <= 100]
    choices = [choice for option in options for choice in option.get("choices") or []]
    wrong += [choice["name"] for choice in choices if not 1 <= len(choice["name"]) <= 100]
    if (
        wrong
        or len(options) > 25
        or any(len(option.get("choices") or []) > 25 for option in options)
    ):
        raise Refusal(400, 50035, "Invalid Form Body", errors={"name": wrong or "more than 25"})
    required = [bool(option.get("required")) for option in options]
    if required != sorted(required, reverse=True):
        raise Refusal(
            400, 50035, "Invalid Form Body", errors={"options": "required ones come first"}
        )
    if _size(command) > 8000:
        raise Refusal(
            400, 50035, "Invalid Form Body", errors={"options": "more than 8000 characters"}
        )


def _size(part: Json) -> int:
    """Characters of a command, option or choice, each field in the language that takes most of them
    (documentation)."""
    fields = (part.get("name"), *(part.get("name_localizations") or {}).values())
    texts = (part.get("description"), *(part.get("description_localizations") or {}).values())
    own = sum(max(len(said or "") for said in several) for several in (fields, texts)) + len(
        str(part.get("value", ""))
    )
    return own + sum(map(_size, (*(part.get("options") or []), *(part.get("choices") or []))))


def check_choices(choices: list[Json]) -> list[Json]:
    if len(choices) > 25 or any(
        not 1 <= len(str(choice[key])) <= 100 for choice in choices for key in ("name", "value")
    ):
        raise Refusal(
            400, 50035, "Invalid Form Body", errors={"choices": "at most 25 of 1-100 characters"}
        )
    return choices


def check_modal(modal: Json) -> Json:
    parts = modal.get("components", [])
    wrong = (
        not 1 <= len(modal.get("title", "")) <= 45
        or not 1 <= len(modal.get("custom_id", "")) <= 100
    )
    wrong = wrong or not 1 <= len(parts) <= 5
    for label in parts:
        inner = label.get("component", {})
        wrong = wrong or label.get("type") != 18 or not 1 <= len(label.get("label", "")) <= 45
        wrong = wrong or len(label.get("description") or "") > 100 or not inner.get("custom_id")
        wrong = wrong or (
            inner.get("type") == 4 and len(inner.get("value") or "") > inner.get("max_length", 4000)
        )
        wrong = wrong or (inner.get("type") == 19 and inner.get("max_values", 1) > 10)
        wrong = wrong or len(inner.get("placeholder") or "") > 100
    if wrong:
        raise Refusal(400, 50035, "Invalid Form Body", errors={"modal": "not as Discord takes it"})
    return modal
