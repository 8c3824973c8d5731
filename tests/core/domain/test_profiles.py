"""What a profile makes of a conversation: greeting, suggestions, help, connecting; in both
languages."""

from dataclasses import replace

import pytest

from core.domain.conversation import Chat, Context, decide
from core.i18n import text
from core.messages import Address, Command, Outbound
from core.settings import Settings
from core.skills import SHIPPED, Skill, available, load
from tests import messages
from tests.talk import Talk

SKILLS = load()
HERE = Address("fake", "c")
PAIRS = [(skill, language) for skill in SKILLS.values() for language in ("en", "zh-Hans")]
EACH = pytest.mark.parametrize(
    ("skill", "language"), PAIRS, ids=[f"{s.slug}-{language}" for s, language in PAIRS]
)


def answer(skill: Skill, language: str, command: Command) -> Outbound:
    known = Context(
        Chat("u", HERE, language=language, skill=skill.slug),
        SKILLS,
        Settings(nemo_skill="best-image-to-video-ai"),
    )
    (post,) = decide(known, messages.asked("m", "u", HERE, command=command), 1.0).posts
    return post


@EACH
def test_a_profile_greets_in_its_own_words_with_its_own_suggestions(
    skill: Skill, language: str
) -> None:
    post = answer(skill, language, Command.START)
    assert post.text.startswith(skill.greeting[language])
    assert [row[0].label for row in post.buttons] == [
        line for line in skill.suggestions[language] if not line.startswith(("export", "导出"))
    ]


@EACH
def test_help_tells_the_profiles_tips_example_formats_limit_and_time(
    skill: Skill, language: str
) -> None:
    words = answer(skill, language, Command.HELP).text
    assert all(f"• {tip}\n" in words for tip in skill.tips[language])
    assert skill.example[language] in words
    assert ", ".join(skill.formats).upper() in words
    assert f"{skill.max_mb} MB" in words
    unit, divisor = ("seconds", 1) if skill.expected_seconds[0] < 60 else ("minutes", 60)
    shortest, longest = (seconds // divisor for seconds in skill.expected_seconds)
    assert text(f"talk.help_{unit}", language, shortest=shortest, longest=longest) in words


@EACH
def test_a_request_begins_with_the_profiles_own_words(skill: Skill, language: str) -> None:
    talk = Talk(chat=Chat("user-1", HERE, language=language, skill=skill.slug))
    talk.say("[photo] make a video")
    talk.pass_time("wait")
    assert talk.heard[-1] == f"~ {skill.connecting[language]}"


def test_a_time_between_minutes_is_rounded_up() -> None:
    slow = replace(SKILLS["how-to-create-ai-video"], expected_seconds=(60, 150))
    known = Context(
        Chat("u", HERE, skill=slow.slug), {slow.slug: slow}, Settings(nemo_skill=slow.slug)
    )
    (post,) = decide(known, messages.asked("m", "u", HERE, command=Command.HELP), 1.0).posts
    assert "1-3 minutes" in post.text


def test_without_a_folder_of_their_own_an_operator_has_the_shipped_profiles() -> None:
    assert available(None) == load(SHIPPED)
