"""Tells Discord the commands, but only when they changed: 200 creations a day are all it takes, and
their texts in all languages take a tenth of a start.

What was told last is remembered as a hash in the bot's own folder, beside the database and not in
it: the store knows no platform, and a hash that is lost, or older than a database that was put
back, costs one more registration."""

import asyncio
import hashlib
import json
from pathlib import Path

import discord
import structlog

from bots.discord.commands.hints import Words
from bots.discord.commands.tree import Tree
from core.adapter import DeliveryError
from core.i18n import edition

log = structlog.get_logger()


async def sync(tree: Tree, folder: Path) -> None:
    """Register the commands unless the file in `folder` says that these very ones are registered.

    A refusal is logged and does not stop the bot: the commands from before still stand.
    """
    words, application = Words(), tree.client.application_id
    assert application is not None, "the gateway has told it"
    await tree.set_translator(words)
    file, mark = folder / "commands.sha256", await asyncio.to_thread(_mark, tree, application)
    if await asyncio.to_thread(_read, file) == mark:
        return
    payload = [await command.get_translated_payload(tree, words) for command in tree.get_commands()]
    try:
        # as tree.sync() does, which would translate all of it once more
        await tree.client.http.bulk_upsert_global_commands(application, payload=payload)
    except (discord.DiscordException, DeliveryError) as refused:
        log.error("Discord did not take the commands", error=str(refused))
        return
    await asyncio.to_thread(file.write_text, mark)
    log.info("commands registered", count=len(payload))


def _mark(tree: Tree, application: int) -> str:
    """What tells these commands from others: themselves in English, and all that the other
    languages come from."""
    commands = [command.to_dict(tree) for command in tree.get_commands()]
    told = json.dumps([application, commands, tree.titles, edition()], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def _read(file: Path) -> str:
    return file.read_text() if file.exists() else ""
