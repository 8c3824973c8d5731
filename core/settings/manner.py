"""How people are answered: by which profile, after what pause, and when they are asked back."""

from pathlib import Path
from typing import Literal

from core.settings.fields import checks, variable
from core.settings.reading import UNLIMITED, FromEnvironment


class Manner(FromEnvironment):
    """How people are answered."""

    nemo_skill: str = variable(
        default="ai-video-generator-from-image",
        description="Which of the skill profiles greets people",
        examples=["ai-video-generator-from-image"],
    )
    skills_folder: Path | None = variable(
        default=None,
        description="Folder with profiles of your own (*.md, like those in "
        "core/skills/profiles) beside the five; empty: none",
        examples=["/etc/photo-to-video-bot/skills"],
    )
    presets_folder: Path | None = variable(
        default=None,
        description="Folder with looks of your own for /presets (presets.toml, and pictures beside "
        "it); empty: none",
        examples=["/etc/photo-to-video-bot/presets"],
    )
    nemo_confirm: Literal["unclear", "always", "never"] = variable(
        default="unclear",
        description="When a tap is asked for before credits are spent: where a wish is unclear, "
        "always, or never",
        examples=["always"],
    )
    nemo_confirm_credits: int = variable(
        default=0,
        ge=0,
        le=UNLIMITED,
        description="Ask before a request expected to cost at least so many credits; 0: only when "
        "credits run low",
        examples=["200"],
    )
    still_working_seconds: float = variable(
        default=120,
        ge=0.05,
        le=3600,
        description="Seconds without news before 'Still working…' appears",
        examples=["120"],
    )
    gather_seconds: float = variable(
        default=1.2,
        ge=0,
        le=30,
        description="Seconds to wait for more photos of the same request",
        examples=["1.2"],
    )

    @checks("skills_folder", "presets_folder")
    @classmethod
    def _home(cls, value: Path | None) -> Path | None:
        try:
            return value and value.expanduser()
        except RuntimeError:
            raise ValueError(
                "this user has no home folder, so the path must not begin with ~"
            ) from None
