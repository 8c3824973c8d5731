"""The backend as one request may use it: the client, the token that pays and what is told of us,
put together once. Every method raises NemoError."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from core.nemo import wire
from core.nemo.client.files import UploadPart
from core.nemo.client.http import NemoClient
from core.nemo.client.responses import Noticed, Told
from core.nemo.draft import Digest
from core.nemo.stream import TurnEnd
from core.nemo.wire import Attribution


@dataclass(frozen=True, slots=True)
class Backend:
    """One token's way to the backend. Without a token there is only `anonymous_token`."""

    client: NemoClient
    attribution: Attribution
    token: str = field(default="", repr=False)

    def with_token(self, token: str) -> "Backend":
        """The same for another token."""
        return Backend(self.client, self.attribution, token)

    async def anonymous_token(self, client_id: str, now: float) -> wire.Grant:
        """One free token for this client id."""
        call = wire.anonymous_token(client_id, self.attribution)
        return wire.read_grant(await self.client.send(call), now)

    async def credits(self) -> wire.Credits:
        """What is left to spend."""
        call = wire.credits(self.token, self.attribution)
        return wire.read_credits(await self.client.send(call))

    async def create_session(self, language: str) -> tuple[wire.Session, str]:
        """A new project, and what binds it to a free account ("" where not told)."""
        call = wire.create_session(self.token, self.attribution, language)
        answer = await self.client.send(call)
        return wire.read_session(answer), wire.bind_of(answer)

    async def state(self, session: str, language: str) -> Digest:
        """The project as it is now, in words of this language."""
        call = wire.state(self.token, self.attribution, session)
        return await self.client.project(call, language)

    async def upload_files(self, session: str, parts: Sequence[UploadPart]) -> None:
        """Send files, in order. Raises OSError where one is not there: nothing was sent then.

        An answer that lists nothing is a success as well (D14)."""
        call = wire.upload_files(self.token, self.attribution, session)
        await self.client.upload(call, parts)

    async def upload_urls(self, session: str, urls: Sequence[str]) -> None:
        """Let the backend fetch files from public addresses."""
        await self.client.send(wire.upload_urls(self.token, self.attribution, session, urls))

    async def turn(
        self,
        session: str,
        words: str,
        tell: Told,
        *,
        quiet: Noticed | None = None,
        drafted: Noticed | None = None,
    ) -> TurnEnd:
        """The paid turn; see NemoClient.turn."""
        call = wire.run_sse(self.token, self.attribution, session, words)
        return await self.client.turn(call, tell, quiet=quiet, drafted=drafted)

    async def start_render(
        self, session: str, render: str, *, draft: object, resolution: str = ""
    ) -> wire.Render:
        """Start an export under a name of ours."""
        call = wire.render_start(
            self.token, self.attribution, session, render, draft, resolution=resolution
        )
        return wire.read_render(await self.client.send(call))

    async def look_at_render(self, render: str) -> wire.Render:
        """Where the export of this name is."""
        call = wire.render_poll(self.token, self.attribution, render)
        return wire.read_render(await self.client.send(call))

    async def cancel_render(self, render: str) -> None:
        """Stop it."""
        await self.client.send(wire.render_cancel(self.token, self.attribution, render))

    async def download_render(self, render: str, path: Path, limit: int) -> int:
        """The finished file through the API, for when its link does not work; its bytes."""
        call = wire.render_download(self.token, self.attribution, render)
        return await self.client.download_by(call, path, limit)

    async def claim_token(self, task: str, session: str, now: float) -> wire.Claim:
        """The right to open the project in a browser."""
        call = wire.claim_token(self.token, self.attribution, task, session)
        return wire.read_claim(await self.client.send(call), now)
