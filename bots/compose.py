"""Composition root: from the settings to a store, a driver and an engine."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from functools import partial

from bots.databases import secret, with_extra
from bots.environment import check_folders
from core import skills, vault
from core.adapter import Adapter
from core.clock import SteadyClock
from core.domain.limits import Capacity, Rank, Scarce
from core.domain.understanding import (
    open_files,
)
from core.nemo.client import NemoClient, Patience, always, at_once
from core.nemo.wire import platform_of
from core.net import DIRECT, Proxies
from core.ops import machine
from core.ops.meter import Meter
from core.runtime.driver import Driver
from core.runtime.driver.embedded import EmbeddedDriver
from core.runtime.engine import FILES, WORDS, Engine, Places, Runtime, Shelf, sure
from core.settings import Settings, WrongSetting
from core.skills import Skill
from core.store import Shared, Store
from core.store.sqlite import SqliteStore
from core.store.statements import Terms
from core.vault import WrongKey
from core.workshop import Workshop


@asynccontextmanager
async def running(
    settings: Settings,
    adapters: Mapping[str, Adapter],
    proxies: Proxies = DIRECT,
    meter: Meter | None = None,
) -> AsyncIterator[Engine]:
    """An engine on its store and its backend client; both are closed at the end. Raises what stops
    a start."""
    profiles, looks = _profiles(settings), skills.available_presets(settings.presets_folder)
    clock, places = SteadyClock(), _places(settings)
    check_folders(settings.folder, adapters)
    async with (
        Workshop(settings.conversions_at_once) as workshop,
        _opened(settings, places, proxies, clock) as (store, shared, nemo),
    ):
        runtime = Runtime(
            store=store,
            nemo=nemo,
            vault=await _keys(settings, store, shared),
            settings=settings,
            skills=profiles,
            presets=looks,
            skill_platform=platform_of(
                settings.skills_folder or skills.SHIPPED, settings.skill_source
            ),
            adapters=adapters,
            folder=settings.folder,
            clock=clock,
            meter=meter or Meter(),
            workshop=workshop,
            places=places,
            shared=shared,
            shelf=_shelf(settings),
        )
        yield Engine(runtime, _jobs(settings, places, clock), _posts(adapters, places, clock))


@asynccontextmanager
async def _opened(
    settings: Settings, places: Places, proxies: Proxies, clock: Callable[[], float]
) -> AsyncIterator[tuple[Store, Shared | None, NemoClient]]:
    """What is closed at the end."""
    open_files()
    store, shared = await _store(settings, clock)
    nemo = NemoClient(
        settings.nemo_api_url,
        patience=Patience(turn=settings.nemo_turn_limit_seconds, quiet=settings.nemo_quiet_seconds),
        connections=2 * places.wanted.calls,  # what is nice to know is asked at the same time
        proxies=proxies,
        before=at_once if shared is None else partial(sure, shared),
        lives=always if shared is None else shared.is_sure,
    )
    try:
        yield store, shared, nemo
    finally:
        await nemo.close()
        await store.close()


async def _store(settings: Settings, clock: Callable[[], float]) -> tuple[Store, Shared | None]:
    """The one that DATABASE_URL names, and once more where others share it. Raises WrongSetting,
    StoreBroken and StoreBusy."""
    if not settings.shared:
        if settings.role != "all":
            raise WrongSetting(
                f"ROLE={settings.role} needs a database that several processes share."
                " Example: DATABASE_URL=postgresql://user:password@db.example.com/bot"
            )
        return await SqliteStore.open(
            settings.database, clock(), terms=Terms(limits=settings)
        ), None
    secret(settings)
    with with_extra():
        from core.store.postgres import PostgresStore
    store = await PostgresStore.open(
        settings.database_url,
        settings.role,
        lease=settings.lease_seconds,
        terms=Terms(settings.nemo_egress, settings),
        now=clock(),
    )
    return store, store


def _jobs(settings: Settings, places: Places, clock: Callable[[], float]) -> Driver:
    """What says which request is due."""
    if not settings.shared:
        return EmbeddedDriver(places.steps, clock)
    from core.runtime.driver.procrastinate import ProcrastinateDriver

    most = {str(what): places.wanted.most(what) for what in Scarce}
    return ProcrastinateDriver(settings.database_url, most, clock)


def _posts(
    adapters: Mapping[str, Adapter], places: Places, clock: Callable[[], float]
) -> dict[str, Mapping[tuple[Rank, ...], Driver]]:
    """What says which message is due: words and files of each platform by themselves."""
    return {
        platform: {
            WORDS: EmbeddedDriver(places.words, clock),
            FILES: EmbeddedDriver(places.deliveries, clock),
        }
        for platform in adapters
    }


def _shelf(settings: Settings) -> Shelf | None:
    """Where files are that several processes need."""
    if not settings.shared:
        return None
    from core.store.postgres import Files

    files = Files(settings.database_url, settings.lease_seconds)
    return Shelf(files, settings.folder, settings.files_folder)


def _places(settings: Settings) -> Places:
    """What may be under way: as much as the operator allows, and the handles of this process."""
    wanted = Capacity(settings.turns_at_once, settings.uploads_at_once, settings.deliveries_at_once)
    return Places(wanted, machine.handles)


async def _keys(settings: Settings, store: Store, shared: Shared | None) -> vault.Vault:
    """What opens everything that is sealed in the store. Raises WrongSetting."""
    key = settings.secrets_key.get_secret_value() if settings.secrets_key else None
    keys = vault.load(key, settings.folder / "secrets.key")
    for sealed in await store.sealed():
        _check_key(keys, sealed)
    if shared is not None:  # all have the same, also where nothing was sealed yet
        await shared.mark(partial(_same_key, keys))
    return keys


def _same_key(keys: vault.Vault, sealed: str) -> str:
    """Sealed by the key of who came before, where anybody did, and by this one's now. Raises
    WrongSetting."""
    if sealed:
        _check_key(keys, sealed)
    return keys.seal("")


def _check_key(keys: vault.Vault, sealed: str) -> None:
    """Told at the start, and not to each user by a request that fails."""
    try:
        keys.open(sealed)
    except WrongKey:
        raise WrongSetting(
            "SECRETS_KEY does not open the tokens in this database: name the earlier sentence "
            "behind it, or put"
            " the file secrets.key back beside the database. Example: SECRETS_KEY=new "
            "sentence,old sentence"
        ) from None


def _profiles(settings: Settings) -> dict[str, Skill]:
    """All profiles, that of the settings among them. Raises WrongSetting and BadSkill."""
    profiles = skills.available(settings.skills_folder)
    if settings.nemo_skill not in profiles:
        known = ", ".join(profiles)
        raise WrongSetting(
            f"NEMO_SKILL cannot be used: there is no {settings.nemo_skill}, only {known}."
            f" Example: NEMO_SKILL={next(iter(profiles))}"
        )
    return profiles
