"""The skill profiles: Markdown files with YAML front matter, read and checked when the process
starts; and the presets, ready-made wishes that they offer."""

from functools import cache
from pathlib import Path

from core.files import reason_of
from core.skills.presets import BadPreset, Preset, Presets, available_presets
from core.skills.profile import MB, Skill
from core.skills.reading import SHIPPED, BadSkill, read

__all__ = [
    "MB",
    "SHIPPED",
    "BadPreset",
    "BadSkill",
    "Preset",
    "Presets",
    "Skill",
    "available",
    "available_presets",
    "load",
]


def available(own: Path | None) -> dict[str, Skill]:
    """The shipped skills, and those in the operator's own folder. Raises BadSkill."""
    return load(SHIPPED, own) if own else load(SHIPPED)


def load(*folders: Path) -> dict[str, Skill]:
    """Every skill in the `*.md` files of the folders (default: those shipped here), by slug. Raises
    BadSkill."""
    skills: dict[str, Skill] = {}
    for folder in folders or (SHIPPED,):
        try:
            files = sorted(file for file in folder.iterdir() if file.suffix == ".md")
        except FileNotFoundError:
            files = []
        except OSError as problem:
            raise BadSkill(
                folder, 0, f"this folder of skills cannot be read: {reason_of(problem)}"
            ) from None
        if not files:
            raise BadSkill(folder, 0, "there is no skill file (*.md)")
        for file in files:
            skill = _shipped(file) if folder == SHIPPED else read(file)
            if skill.slug in skills:
                raise BadSkill(file, 1, f"the slug {skill.slug} is taken by another file")
            skills[skill.slug] = skill
    return skills


@cache
def _shipped(file: Path) -> Skill:
    """Each of ours is read once, for whoever asks: they do not change."""
    return read(file)
