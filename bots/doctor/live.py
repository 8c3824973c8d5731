"""With `--live` the video service itself is asked, by calls that cost nothing: never by a paid
turn. What stays open of its description (docs/backend.md) is answered for the report."""

import time
from collections.abc import AsyncIterator
from dataclasses import replace
from uuid import uuid4

from core import skills
from core.nemo import wire
from core.nemo.client import Backend, NemoClient
from core.nemo.errors import NemoError
from core.nemo.wire import Attribution, platform_of
from core.net import Proxies
from core.ops.findings import Finding, note, well, wrong
from core.settings import Settings

ABOUT = "Video service, live"
NOTICE = (
    "A free token is taken for this: one of the ten that this internet address gets in seven days."
)
LANGUAGE = "en"


async def findings(settings: Settings, proxies: Proxies) -> AsyncIterator[Finding]:
    """Token, session, credits, state and claim, in this order; nothing further after a failure."""
    client = NemoClient(settings.nemo_api_url, proxies=proxies)
    try:
        backend = Backend(client, _attribution(settings))
        async for finding in _walked(backend, settings):
            yield finding
    except NemoError as problem:
        yield wrong(
            ABOUT,
            f"{problem.endpoint or 'a call'} failed: {type(problem).__name__}.",
            "See docs/reliability.md for what each failure means; the bot waits or tells people.",
            f"live-{problem.endpoint}-{type(problem).__name__}",
        )
    finally:
        await client.close()


async def _walked(backend: Backend, settings: Settings) -> AsyncIterator[Finding]:
    if settings.nemo_token:
        backend = backend.with_token(settings.nemo_token.get_secret_value())
        yield well(ABOUT, "NEMO_TOKEN is used.", "live-own-token")
    else:
        yield note(ABOUT, NOTICE, "", "live-notice")
        grant = await backend.anonymous_token(settings.nemo_client_id or uuid4().hex, time.time())
        backend = backend.with_token(grant.token)
        hours = (grant.expires - time.time()) / 3600
        yield well(ABOUT, f"a free token came; it is good for {hours:.0f} hours.", "live-token")
    session, bind = await backend.create_session(LANGUAGE)
    yield well(ABOUT, "a project began.", "live-bind" if bind else "live-no-bind")
    left = await backend.credits()
    yield _of_credits(left.available)
    state = await backend.state(session.id, LANGUAGE)
    yield well(
        ABOUT, f"its state is read; {'a' if state.exportable else 'no'} draft.", "live-state"
    )
    yield await _of_claim(backend, session)
    yield await _of_attribution(backend)


def _of_credits(left: int) -> Finding:
    if left > 0:
        return well(ABOUT, f"{left} credits are left.", "live-credits")
    return note(ABOUT, "no credits are left.", "Add some, or unset NEMO_TOKEN.", "live-no-credits")


async def _of_claim(backend: Backend, session: wire.Session) -> Finding:
    call = wire.claim_token(backend.token, backend.attribution, session.task, session.id)
    try:
        wire.read_claim(await backend.client.send(call), time.time())
    except NemoError as problem:
        said = f"no link to the editor: {type(problem).__name__}."
        return note(ABOUT, said, "People get their videos all the same.", "live-no-claim")
    return well(ABOUT, "a link to the editor is given.", "live-claim")


async def _of_attribution(backend: Backend) -> Finding:
    """Whether what is told of the skill is looked at: a free call with values of nobody's."""
    other = replace(backend, attribution=Attribution("doctor", "0", "unknown"))
    try:
        await other.credits()
    except NemoError as problem:
        said = f"who calls is checked: {type(problem).__name__}."
        return note(ABOUT, said, "", "live-attribution-checked")
    return well(ABOUT, "who calls is not checked.", "live-attribution-free")


def _attribution(settings: Settings) -> Attribution:
    folder = settings.skills_folder
    profile = skills.available(folder)[settings.nemo_skill]
    platform = platform_of(folder or skills.SHIPPED, settings.skill_source)
    return Attribution(profile.slug, profile.version, platform)
