"""How the video service is reached, and how patient we are with it."""

import re
from typing import Literal

from core.settings.fields import checks, variable
from core.settings.reading import FromEnvironment, ServiceAddress, Token, WebAddress


class Service(FromEnvironment):
    """The video service. Seconds are seconds; tokens are secrets and show as stars."""

    nemo_api_url: ServiceAddress = variable(
        default="https://mega-api-prod.nemovideo.ai",
        description="The video backend",
        examples=["https://mega-api-prod.nemovideo.ai"],
    )
    nemo_web_url: WebAddress = variable(
        default="https://nemovideo.com",
        description="The backend's web pages (links for people)",
        examples=["https://nemovideo.com"],
    )
    nemo_token: Token = variable(
        default=None,
        description="Your NemoVideo token, used for everybody; empty: a free token for each user",
        examples=["nmv_usr_…"],
    )
    nemo_token_mode: Literal["sole", "fallback"] = variable(
        default="sole",
        description="sole: NEMO_TOKEN pays for everybody; fallback: only when a user can get no "
        "free token",
        examples=["sole"],
    )
    nemo_client_id: str = variable(
        default="",
        max_length=64,
        description="Client id for the free token of the terminal chat on this computer; "
        "empty: made "
        "and kept here",
        examples=["3f2b8c1e-0d4a-4f6e-9b7a-5c1d2e3f4a5b"],
    )
    nemo_quiet_seconds: float = variable(
        default=600,
        ge=0.05,
        le=7200,
        description="Seconds without any event after which a turn is looked at",
        examples=["600"],
    )
    nemo_render_poll_seconds: float = variable(
        default=30,
        ge=0.05,
        le=600,
        description="Most seconds between two looks at a running export; the nearer its end, the "
        "sooner the next",
        examples=["30"],
    )
    nemo_render_limit_seconds: float = variable(
        default=900,
        ge=1,
        le=7200,
        description="Seconds after which a running export is no longer watched",
        examples=["900"],
    )
    nemo_turn_limit_seconds: float = variable(
        default=900,
        ge=1,
        le=7200,
        description="Longest time one generation or edit may take",
        examples=["900"],
    )
    nemo_busy_seconds: float = variable(
        default=30,
        ge=0,
        le=600,
        description="Pause before the one retry when the backend says it is busy",
        examples=["30"],
    )
    nemo_retry_seconds: float = variable(
        default=1,
        ge=0,
        le=60,
        description="First pause before a failed request is tried again; it grows",
        examples=["1"],
    )
    nemo_recovery_first_seconds: float = variable(
        default=30,
        ge=0,
        le=600,
        description="Pause before the first look after a lost connection",
        examples=["30"],
    )
    nemo_recovery_seconds: float = variable(
        default=60,
        ge=0,
        le=600,
        description="Pause between further looks after a lost connection",
        examples=["60"],
    )
    skill_source: str = variable(
        default="",
        description="Overrides the X-Skill-Platform header; empty: detected, else unknown",
        examples=["clawhub"],
    )

    @checks("nemo_client_id", "skill_source")
    @classmethod
    def _header(cls, value: str) -> str:
        if value and not re.fullmatch(r"[ -~]+", value):
            raise ValueError("only plain Latin letters, digits and signs can be sent")
        return value
