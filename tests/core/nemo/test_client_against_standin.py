"""The client walks all calls of the look-alike, which shares no code with it, and survives its
misbehaviour."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bots.sandbox.samples import sample_photo
from bots.sandbox.standin.app import StandIn
from core.nemo import errors, gui, wire
from core.nemo.client import NemoClient, UploadPart
from core.nemo.draft.state import State, read_state
from core.nemo.draft.timeline import changes, summary
from core.nemo.errors import Cut, NemoError
from core.nemo.stream import TurnCut, TurnEnd
from core.nemo.wire import RenderStatus

SKILL = wire.Attribution("best-image-to-video-ai", "1.0.0", "unknown")
WISH = "make a 2 second video titled 'Hi' with lofi music"


@dataclass(frozen=True)
class Project:
    """One user's project on a stand-in, with a photo in it."""

    standin: StandIn
    client: NemoClient
    token: str
    session: wire.Session
    url: str

    async def state(self) -> State:
        return read_state(await self.client.send(wire.state(self.token, SKILL, self.session.id)))

    async def turn(self, words: str) -> tuple[TurnEnd, list[str]]:
        told: list[str] = []

        async def heard(text: str) -> None:
            told.append(text)

        return await self.client.turn(
            wire.run_sse(self.token, SKILL, self.session.id, words), heard
        ), told


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Project]:
    standin = StandIn(video_height=120, speed=0, generation_cost=10)
    async with standin.serving() as url:
        client = NemoClient(url)
        grant = wire.read_grant(
            await client.send(wire.anonymous_token("client-1", SKILL)), time.time()
        )
        session = wire.read_session(
            await client.send(wire.create_session(grant.token, SKILL, "en"))
        )
        photo = folder / "photo"
        photo.write_bytes(sample_photo(0, (160, 120)))
        call = wire.upload_files(grant.token, SKILL, session.id)
        answer = await client.upload(call, [UploadPart(photo, "1-1.jpg", "image/jpeg")])
        assert answer["data"]["files"][0]["filename"] == "1-1.jpg"
        yield Project(standin, client, grant.token, session, url)
        await client.close()


@pytest.fixture
async def project(tmp_path: Path) -> AsyncIterator[Project]:
    async with opened(tmp_path) as found:
        yield found


async def exported(project: Project, render: str) -> wire.Render:
    """Poll until the export is over."""
    async with asyncio.timeout(300):
        while True:
            poll = wire.render_poll(project.token, SKILL, render)
            found = wire.read_render(await project.client.send(poll))
            if found.status in (RenderStatus.COMPLETED, RenderStatus.FAILED):
                return found
            await asyncio.sleep(0.02)


async def test_a_photo_becomes_a_video_on_disk(project: Project, tmp_path: Path) -> None:
    client, token, session = project.client, project.token, project.session
    before = await project.state()

    end, told = await project.turn(WISH)

    after = await project.state()
    said = gui.translate(end.text)
    assert not before.exportable
    assert after.exportable
    assert after.fingerprint != before.fingerprint
    assert after.bind.startswith("anon_")
    assert told[-1].endswith(end.text)
    assert gui.GuiAction.EXPORT in said.actions
    assert "Export" not in said.text
    assert 'Title: "Hi" (0-2s)' in summary(after.draft, "en")
    assert "Length 2s" in changes(before.draft, after.draft, "en")

    start = wire.render_start(token, SKILL, session.id, "render_1", after.draft)
    assert wire.read_render(await client.send(start)).status is not RenderStatus.FAILED
    render = await exported(project, "render_1")
    assert (render.status, render.progress) == (RenderStatus.COMPLETED, 100)

    size = await client.download(render.url, tmp_path / "linked.mp4", 10**8)
    again = wire.render_download(token, SKILL, "render_1")
    assert await client.download_by(again, tmp_path / "asked.mp4", 10**8) == size
    assert (tmp_path / "linked.mp4").read_bytes() == (tmp_path / "asked.mp4").read_bytes()
    assert (tmp_path / "linked.mp4").read_bytes()[4:8] == b"ftyp"

    balance = wire.read_credits(await client.send(wire.credits(token, SKILL)))
    assert balance.available < 1000
    claim = wire.read_claim(
        await client.send(wire.claim_token(token, SKILL, session.task, session.id)), time.time()
    )
    assert "?ct=clm_" in wire.claim_link("https://nemovideo.com", claim.token)
    for call in project.standin.calls:
        if call.endpoint != "file":
            assert call.status == 200, call.endpoint


@dataclass(frozen=True)
class Odd:
    """What comes of a turn that the stand-in spoils."""

    raised: type[NemoError] | None = None
    text: bool = True
    status: bool = True
    failed: bool = False
    changed: bool = True


SPOILT: dict[str, Odd] = {
    "silent": Odd(text=False, status=False),
    "empty-parts": Odd(text=False),
    "no-content": Odd(text=False),
    "empty-turn": Odd(text=False, status=False),
    "text-only": Odd(status=False, changed=False),
    "question": Odd(status=False, changed=False),
    "gui": Odd(),
    "heartbeat:all": Odd(),
    "silence:0.05": Odd(),
    "cut": Odd(raised=TurnCut),
    "cut-lost": Odd(raised=TurnCut, changed=False),
    "no-blank-line": Odd(text=False),
    "separators": Odd(),
    "error": Odd(failed=True, status=False, changed=False),
    "error-late": Odd(text=False, failed=True),
    "error-invalid": Odd(failed=True, status=False, changed=False),
    "error-code": Odd(text=False, status=False, failed=True, changed=False),
    "error-twice": Odd(text=False, status=False, failed=True, changed=False),
    "code-inside:2001": Odd(raised=errors.NoCredits, changed=False),
    "code-inside:1002": Odd(raised=errors.SessionGone, changed=False),
    "temporary": Odd(),
    "partial": Odd(),
    "partial-same-id": Odd(),
    "partial-cut": Odd(),
    "typed": Odd(),
    "contentless": Odd(text=False, status=False),
    "one-stage": Odd(),
    "code:2001@402": Odd(raised=errors.NoCredits, changed=False),
    "http:422": Odd(raised=errors.BadRequest, changed=False),
    "http:429=7": Odd(raised=errors.Busy, changed=False),
    "html": Odd(raised=errors.Trouble, changed=False),
    "malformed": Odd(raised=errors.Trouble, changed=False),
    "array": Odd(raised=errors.Trouble, changed=False),
    "reset": Odd(raised=TurnCut, changed=False),
}


@pytest.mark.parametrize("kind", SPOILT)
async def test_a_spoilt_turn_is_understood(kind: str, project: Project) -> None:
    expected = SPOILT[kind]
    before = await project.state()
    project.standin.faults.set("turn", kind)

    try:
        end: TurnEnd | None = (await project.turn(WISH))[0]
        raised = None
    except NemoError as problem:
        end, raised = getattr(problem, "end", None), type(problem)

    changed = (await project.state()).fingerprint != before.fingerprint
    assert (raised, changed) == (expected.raised, expected.changed)
    if raised is None:
        assert end is not None
        assert (bool(end.text), bool(end.status_texts), end.failed) == (
            expected.text,
            expected.status,
            expected.failed,
        )
        assert "temporary issue" not in end.text
    elif raised is TurnCut:
        assert end is not None
        assert end.cut


async def test_an_edit_is_told_in_words(project: Project) -> None:
    await project.turn(WISH)
    before = await project.state()

    await project.turn("lower the music to 20%")

    said = changes(before.draft, (await project.state()).draft, "en")
    assert any("lowered to 20%" in change for change in said), said


@pytest.mark.parametrize("shape", ["flat", "wrapped"])
@pytest.mark.parametrize("odd", ["failed", "no-url:1", "slow:2"])
async def test_an_export_is_read_in_both_shapes(shape: str, odd: str, project: Project) -> None:
    await project.turn(WISH)
    state = await project.state()
    project.standin.faults.set("poll", shape, times=None)
    project.standin.faults.set("render", odd)
    start = wire.render_start(project.token, SKILL, project.session.id, "render_2", state.draft)
    await project.client.send(start)

    render = await exported(project, "render_2")

    assert (render.status is RenderStatus.FAILED) is (odd == "failed")


async def test_an_unknown_export_says_so_by_its_status(project: Project) -> None:
    with pytest.raises(errors.BadRequest) as caught:
        await project.client.send(wire.render_poll(project.token, SKILL, "render_none"))

    assert caught.value.status == 404


async def test_a_file_that_breaks_off_is_not_kept(project: Project, tmp_path: Path) -> None:
    await project.turn(WISH)
    state = await project.state()
    await project.client.send(
        wire.render_start(project.token, SKILL, project.session.id, "render_3", state.draft)
    )
    render = await exported(project, "render_3")
    project.standin.faults.set("file", "short")

    with pytest.raises(Cut):
        await project.client.download(render.url, tmp_path / "x.mp4", 10**8)

    assert not (tmp_path / "x.mp4").exists()


async def test_forgotten_tokens_and_sessions_are_refused(project: Project) -> None:
    project.standin.forget_sessions()
    with pytest.raises(errors.SessionGone):
        await project.turn(WISH)
    with pytest.raises(errors.SessionGone):
        await project.state()

    project.standin.forget_tokens()
    with pytest.raises(errors.TokenRejected):
        await project.state()
