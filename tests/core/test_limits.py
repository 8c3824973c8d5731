"""Which links may be handed on, and which files are too large, before any work starts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.limits import DAY, Rules, Space, Spent, out_of_reach, oversize, public, room
from core.messages import Attachment
from core.skills import MB, load

SKILLS = load()


@pytest.mark.parametrize(
    ("link", "may"),
    [
        ("https://example.com/cat.jpg", True),
        ("http://8.8.8.8/cat.jpg", True),
        ("https://api.telegram.org/file/bot1:x/photos/cat.jpg", False),
        ("https://cdn.discordapp.com/attachments/1/2/cat.jpg?ex=1", False),
        ("https://media.discordapp.net/attachments/1/2/cat.jpg", False),
        ("https://bücher.example/x.png", True),
        ("ftp://example.com/cat.jpg", False),
        ("http://localhost/cat.jpg", False),
        ("http://localhost:8080/cat.jpg", False),
        ("http://printer.local/cat.jpg", False),
        ("http://127.0.0.1/cat.jpg", False),
        ("http://127.1/cat.jpg", False),
        ("http://2130706433/cat.jpg", False),
        ("http://0x7f000001/cat.jpg", False),
        ("http://0x7f.0.0.1/cat.jpg", False),
        ("http://0177.0.0.1/cat.jpg", False),
        ("http://10.0.0.1/cat.jpg", False),
        ("http://169.254.169.254/latest/meta-data", False),
        ("http://192.168.1.4/cat.jpg", False),
        ("http://[::1]/cat.jpg", False),
        ("http://[fe80::1]/cat.jpg", False),
        ("http://[::ffff:127.0.0.1]/cat.jpg", False),
        ("http://user:pass@example.com/cat.jpg", False),
        ("http://intranet/cat.jpg", False),
        ("https://db.internal/cat.jpg", False),
        ("http://[broken/cat.jpg", False),
        ("http://example.com:8080/cat.jpg", True),
        ("http://example.com:99999/cat.jpg", False),
        ("http://example.com:0/cat.jpg", False),
        ("http://[::ffff:8.8.8.8]/cat.jpg", True),
        ("http://[2606:4700::1111]/cat.jpg", True),
        ("http://[64:ff9b::7f00:1]/cat.jpg", False),
        ("http://[64:ff9b::808:808]/cat.jpg", True),
        ("http://[2002:7f00:1::]/cat.jpg", False),
        ("http://[::127.0.0.1]/cat.jpg", False),
        ("http://[fe80::1%25eth0]/cat.jpg", False),
        ("http://224.0.0.1/cat.jpg", False),
        ("http://100.64.0.1/cat.jpg", False),
        ("http://127.0.0.1./cat.jpg", False),
        ("http://localhost./cat.jpg", False),
        ("http://127.0.0.%31/cat.jpg", False),
        ("http://127.0.0.1\\.example.com/cat.jpg", False),
        ("http://a.\u24dbocalhost/cat.jpg", False),
        ("http://a.printer\u3002local/cat.jpg", False),
        ("http://\uff11\uff12\uff17.0.0.1/cat.jpg", False),
        ("http://127\u30020\u30020\u30021/cat.jpg", False),
        ("http://exa\u202emple.com/cat.jpg", False),
        ("http://a..b/cat.jpg", False),
        ("", False),
    ],
)
def test_only_links_that_are_open_to_everybody_are_handed_on(link: str, may: bool) -> None:
    assert public(link) is may


@given(st.text())
def test_rubbish_is_no_link(rubbish: str) -> None:
    public(rubbish)
    public(f"http://{rubbish}/x")


def test_the_limit_is_that_of_the_profile_and_unknown_sizes_pass() -> None:
    at, over, unknown = (Attachment("f", bytes=size) for size in (200 * MB, 200 * MB + 1, None))
    assert oversize((at, over, unknown), SKILLS["ai-video-generator-from-image"].max_bytes) == (over,)
    assert oversize((at, over, unknown), SKILLS["how-to-create-ai-video"].max_bytes) == ()


def test_what_the_platform_does_not_hand_out_is_known_before_it_is_tried() -> None:
    small, large = Attachment("f", bytes=20), Attachment("f", bytes=21)
    assert out_of_reach((small, large), 20) == (large,)
    assert out_of_reach((small, large), 0) == ()


NOW = 1_800_000_000.0


@pytest.mark.parametrize(
    ("rules", "space", "spent", "left"),
    [
        (Rules(), Space(), Spent((NOW,)), None),
        (Rules(daily_user=5), Space(), Spent((NOW - 1, NOW)), 4),
        (Rules(daily_user=5), Space(daily=3), Spent((NOW - 1, NOW)), 2),
        (Rules(daily_user=5, daily_group=4), Space(), Spent((NOW,), (NOW, NOW, NOW)), 2),
        (Rules(daily_user=1), Space(), Spent((NOW - 2, NOW - 1, NOW)), 0),
        (Rules(daily_user=1), Space(), Spent((NOW - DAY - 1, NOW)), 1),
    ],
)
def test_a_batch_has_the_room_that_the_daily_limits_leave(
    rules: Rules, space: Space, spent: Spent, left: int | None
) -> None:
    assert room(rules, space, spent, NOW) == left
