"""The skill files: the five shipped ones say what the seeds say, and a wrong one is refused with
file and line."""

import dataclasses
from pathlib import Path

import pytest

from core.i18n import LANGUAGES, catalogue
from core.skills import BadSkill, available, load
from tests.translations import WORDS

SHIPPED = Path(__file__).parents[2] / "core" / "skills" / "profiles"
GOOD = (SHIPPED / "for-beginners-ai-image.md").read_text(encoding="utf-8")


def test_the_five_seeds_are_shipped() -> None:
    assert set(load()) == {
        "ai-video-generator-from-image",
        "image-to-video-open-source",
        "best-image-to-video-ai",
        "for-beginners-ai-image",
        "how-to-create-ai-video",
    }


@pytest.mark.parametrize("slug", sorted(load()))
def test_a_shipped_skill_is_complete_in_both_languages(slug: str) -> None:
    skill = load()[slug]
    assert skill.version == "1.0.0"
    assert skill.connecting["en"] in ("Setting things up…", "Connecting…")
    assert len(skill.suggestions["en"]) == len(skill.suggestions["zh"]) == 3
    assert len(skill.tips["en"]) == len(skill.tips["zh"])
    assert skill.greeting["zh"] != skill.greeting["en"]
    assert skill.description


@pytest.mark.parametrize(
    ("slug", "megabytes", "formats", "seconds"),
    [
        ("ai-video-generator-from-image", 200, ("jpg", "png", "webp", "heic"), (30, 60)),
        ("image-to-video-open-source", 200, ("jpg", "png", "webp", "gif"), (30, 60)),
        ("best-image-to-video-ai", 200, ("jpg", "png", "webp", "heic"), (30, 60)),
        ("for-beginners-ai-image", 200, ("jpg", "png", "webp", "heic"), (30, 60)),
        ("how-to-create-ai-video", 500, ("mp4", "mov", "jpg", "png", "mp3"), (60, 120)),
    ],
)
def test_limits_are_those_of_the_seed(
    slug: str, megabytes: int, formats: tuple[str, ...], seconds: tuple[int, int]
) -> None:
    skill = load()[slug]
    assert skill.max_bytes == megabytes * 1_048_576
    assert skill.formats == formats
    assert skill.expected_seconds == seconds


@pytest.mark.parametrize("slug", sorted(load()))
def test_a_catalogue_has_a_line_for_each_line_of_a_profile(slug: str) -> None:
    """A suggestion is pressed by its number, whatever the language."""
    skill = load()[slug]
    for language in LANGUAGES:
        assert len(skill.suggestions[language]) == len(skill.suggestions["en"]), language
        assert len(skill.tips[language]) == len(skill.tips["en"]), language


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_profiles_of_a_catalogue_are_shipped_and_its_words_are_theirs(language: str) -> None:
    profiles = catalogue(language).profiles
    assert profiles.keys() <= load().keys()
    assert {word for words in profiles.values() for word in words} <= set(WORDS)


def test_an_unknown_language_reads_english() -> None:
    skill = load()["how-to-create-ai-video"]
    assert skill.greeting["tlh"] == skill.greeting["en"]


def test_a_skill_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        load()["how-to-create-ai-video"].max_mb = 1  # type: ignore[misc]


def test_an_operator_can_drop_in_a_sixth_file(tmp_path: Path) -> None:
    sixth = GOOD.replace("slug: for-beginners-ai-image", "slug: wedding-album").replace(
        "\n", "\r\n"
    )
    (tmp_path / "wedding.md").write_text(sixth, encoding="utf-8", newline="")
    assert len(available(tmp_path)) == 6
    assert available(tmp_path)["wedding-album"].title["zh"] == "新手图片转视频"
    assert list(load(tmp_path)) == ["wedding-album"]


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("max_mb: 200", "max_mb: plenty", 7, "max_mb"),
        ("max_mb: 200", "max_mb: '200'", 7, "max_mb"),
        ("max_mb: 200", "max_mb: true", 7, "max_mb"),
        ("max_mb: 200", "max_mb: 0", 7, "max_mb"),
        ("max_mb: 200", "max_mb: 200\nmax_gb: 2", 8, "unknown key max_gb"),
        ("max_mb: 200", "max_mb: 200\nmax_mb: 300", 8, "max_mb is there twice"),
        ("max_mb: 200\n", "", 1, "the key max_mb is missing"),
        ('version: "1.0.0"', "version: 1.0", 3, "version"),
        ('version: "1.0.0"', "version: 2024-13-45", 1, "not YAML"),
        ('version: "1.0.0"', 'version: "1.0\\r\\nX: y"', 3, "version"),
        ("slug: for-beginners-ai-image", "slug: Für Anfänger", 2, "slug"),
        ("  zh: 新手图片转视频\n", "  klingon: 新手\n", 4, "unknown language klingon"),
        ("  zh: 新手图片转视频", "  zh: 新手图片转视频\n  xx: Débutants", 4, "unknown language xx"),
        ("  zh: 新手图片转视频", "  zh: '   '", 6, "title.zh"),
        ("formats: [jpg, png, webp, heic]", "formats: []", 8, "formats"),
        ("formats: [jpg, png, webp, heic]", "formats: jpg", 8, "formats cannot be used"),
        ("formats: [jpg, png, webp, heic]", "formats: [jpg, 7]", 8, "formats.1 cannot be used"),
        ("  zh: 新手图片转视频", "  '{}': 新手", 4, "unknown language {}"),
        ("formats: [jpg, png, webp, heic]", "formats:\n- jpg\n- .png", 10, "formats.1"),
        ("expected_seconds: [30, 60]", "expected_seconds: [60, 30]", 0, "shortest, longest"),
        ("expected_seconds: [30, 60]", "expected_seconds: [30]", 0, "expected_seconds"),
        ("max_mb: 200", "max_mb: 200\n\toops: yes", 8, "not YAML"),
        ("max_mb: 200", "max_mb: 200\n1: one", 8, "1"),
        ("max_mb: 200", "max_mb: 200\ndescription: below", 8, "unknown key description"),
        ("\n---\n", "\n", 0, "closing ---"),
    ],
)
def test_a_wrong_file_is_refused_with_file_and_line(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    assert old in GOOD
    text = GOOD.replace(old, new, 1)
    file = tmp_path / "mine.md"
    file.write_text(text, encoding="utf-8")
    expected = line or _line_of(text, old.split(":")[0])
    with pytest.raises(BadSkill) as refused:
        load(tmp_path)
    assert str(refused.value).startswith(f"{file}, line {expected}: ")
    assert words in str(refused.value)


def _line_of(text: str, key: str) -> int:
    lines = text.split("\n")
    return next(
        (number for number, line in enumerate(lines, 1) if key.strip() and line.startswith(key)),
        len(lines),
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "must begin with ---"),
        (b"# A skill\n", "must begin with ---"),
        (b"---\n- a\n- b\n---\n", "keys and values"),
        (b"---\n---\n", "keys and values"),
        (b"---\nslug: \xff\n---\n", "not UTF-8"),
        (b"---\nslug: \x01\n---\n", "not YAML"),
        (b"---\na: &a {b: *a}\n---\n", "missing"),
    ],
)
def test_a_file_of_another_kind_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "mine.md").write_bytes(content)
    with pytest.raises(BadSkill, match=words):
        load(tmp_path)


def test_two_files_may_not_share_a_slug(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(GOOD, encoding="utf-8")
    (tmp_path / "b.md").write_text(GOOD, encoding="utf-8")
    with pytest.raises(BadSkill, match=r"b\.md, line 1: the slug for-beginners-ai-image is taken"):
        load(tmp_path)


@pytest.mark.parametrize("folder", [".", "not-there"])
def test_a_folder_without_skills_is_refused(tmp_path: Path, folder: str) -> None:
    with pytest.raises(BadSkill, match="no skill file"):
        available(tmp_path / folder)


def test_ours_are_read_once_and_those_of_the_operator_each_time(tmp_path: Path) -> None:
    own = GOOD.replace("slug: for-beginners-ai-image", "slug: mine")
    (tmp_path / "mine.md").write_text(own, encoding="utf-8")
    first, second = available(tmp_path), available(tmp_path)
    assert [slug for slug in first if first[slug] is not second[slug]] == ["mine"]
