"""Which links may be handed on, and which files are too large, before any work starts."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.conversation import Chat, Context, decide
from core.domain.limits import (
    DAY,
    MOST_OPEN,
    MOST_OWED,
    STRANGER,
    Rules,
    Space,
    Spent,
    Verdict,
    admit,
    afford,
    fitting,
    out_of_reach,
    outsider,
    oversize,
    patient,
    public,
    room,
)
from core.messages import Address, Attachment, Inbound
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
        ("http://127.0.0.0x1/cat.jpg", False),
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
        ("http://example\u3002com/cat.jpg", True),
        ("http://example.com./cat.jpg", True),
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
    assert oversize((at, over, unknown), SKILLS["ai-video-generator-from-image"].max_bytes) == (
        over,
    )
    assert oversize((at, over, unknown), SKILLS["how-to-create-ai-video"].max_bytes) == ()


def test_what_the_platform_does_not_hand_out_is_known_before_it_is_tried() -> None:
    small, large = Attachment("f", bytes=20), Attachment("f", bytes=21)
    assert out_of_reach((small, large), 20) == (large,)
    assert out_of_reach((small, large), 0) == ()


HERE = Address("fake", "chat-1")
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
        (Rules(daily_user=1), Space(), Spent((NOW - DAY,)), 2),
        (Rules(daily_group=1), Space(), Spent((), (NOW - DAY,)), 2),
        (Rules(), Space(daily=2), Spent((NOW,)), 2),
    ],
)
def test_a_batch_has_the_room_that_the_daily_limits_leave(
    rules: Rules, space: Space, spent: Spent, left: int | None
) -> None:
    assert room(rules, space, spent, NOW) == left


@pytest.mark.parametrize(
    ("rules", "spent", "reason", "again"),
    [
        (Rules(), Spent(tried_user=(NOW,) * 500), "", 0),
        (Rules(), Spent((NOW,) * 500, (NOW,) * 500), "", 0),
        (Rules(hourly_user=3), Spent(tried_user=(NOW - 3700, NOW - 60, NOW)), "", 0),
        (
            Rules(hourly_user=3),
            Spent(tried_user=(NOW - 1800, NOW - 60, NOW)),
            "talk.hourly_user",
            NOW + 1800,
        ),
        (
            Rules(hourly_group=2),
            Spent(tried_group=(NOW - 1800, NOW - 60)),
            "talk.hourly_group",
            NOW + 1800,
        ),
        (
            Rules(daily_user=1, hourly_user=9),
            Spent((NOW - 5,), (), (NOW - 5,)),
            "talk.daily_user",
            NOW - 5 + DAY,
        ),
        (Rules(daily_group=1), Spent((), (NOW - 5,)), "talk.daily_group", NOW - 5 + DAY),
        (Rules(daily_user=1), Spent((NOW - DAY,)), "", 0),
        (Rules(daily_group=1), Spent((), (NOW - DAY,)), "", 0),
        (Rules(hourly_user=1), Spent(tried_user=(NOW - 3600,)), "", 0),
        (Rules(daily_user=2), Spent((NOW - 9, NOW - 5, NOW - 1)), "talk.daily_user", NOW - 5 + DAY),
    ],
)
def test_a_limit_says_when_it_is_possible_again(
    rules: Rules, spent: Spent, reason: str, again: float
) -> None:
    verdict = afford(rules, Space(), spent, NOW)
    assert (verdict.allowed, verdict.reason, verdict.again) == (not reason, reason, again)


@pytest.mark.parametrize(
    ("rules", "held", "sent", "fits"),
    [
        (Rules(), 50, 50, 50),
        (Rules(files=20), 0, 10, 10),
        (Rules(files=20), 15, 10, 5),
        (Rules(files=20), 25, 10, 0),
        (Rules(bytes=100), 5, 10, 5),
        (Rules(files=8, bytes=100), 5, 10, 3),
    ],
)
def test_a_request_takes_the_first_files_that_fit(
    rules: Rules, held: int, sent: int, fits: int
) -> None:
    there = tuple(Attachment(f"a{n}", bytes=10) for n in range(held))
    more = tuple(Attachment(f"b{n}", bytes=10) for n in range(sent))
    assert fitting(more, there, rules) == more[:fits]


def test_a_file_of_unknown_size_takes_no_room_before_it_is_there() -> None:
    unknown = (Attachment("c"),)
    assert fitting(unknown, (Attachment("a", bytes=100),), Rules(bytes=100)) == unknown


def test_files_beyond_the_limit_are_said_once_and_the_first_are_used() -> None:
    files = tuple(Attachment(f"fake:{n}", bytes=1) for n in range(3))
    known = Context(Chat("u", HERE), SKILLS, "ai-video-generator-from-image", rules=Rules(files=2))
    turn = decide(known, Inbound("m1", "u", HERE, "a film", files), NOW)
    assert turn.start[0].job.bundle.files == files[:2]
    assert turn.posts[0].text.startswith("📎 One video can be made of 2 files")
    again = decide(
        replace(known, open=(replace(turn.start[0].job, id=1),)),
        Inbound("m2", "u", HERE, "", files),
        NOW,
    )
    assert again.posts[0].slot == turn.posts[0].slot
    assert (again.start, again.grow) == ((), ())
    unmeant = Inbound("m3", "u", HERE, "", files, album="a", addressed=False, private=False)
    assert decide(known, unmeant, NOW).posts == ()


ME, BOSS = frozenset({"u"}), frozenset({"fake:u"})
GROUP = frozenset({"g"})


@pytest.mark.parametrize("space", ["", "g"])
@pytest.mark.parametrize(
    ("rules", "alone", "in_group"),
    [
        (Rules(), False, False),
        (Rules(users=ME), False, False),
        (Rules(users=BOSS), False, False),
        (Rules(users=frozenset({"other"})), True, True),
        (Rules(groups=GROUP), False, False),
        (Rules(groups=frozenset({"fake:g"})), False, False),
        (Rules(groups=frozenset({"other"})), False, True),
        (Rules(users=frozenset({"other"}), groups=GROUP), True, False),
        (Rules(users=ME, groups=frozenset({"other"})), False, True),
        (Rules(users=frozenset({"other"}), groups=frozenset({"other"}), admins=ME), False, False),
        (Rules(users=frozenset({"other"}), admins=BOSS), False, False),
        (Rules(users=frozenset({"elsewhere:u"})), True, True),
    ],
)
def test_who_is_left_out_by_the_operators_lists(
    rules: Rules, alone: bool, in_group: bool, space: str
) -> None:
    inbound = Inbound("m", "u", HERE, space=space, private=not space)
    out = in_group if space else alone
    assert outsider(inbound, rules) is out
    assert admit(inbound, rules, Space()) == (
        Verdict(False, "" if space else STRANGER) if out else Verdict(True)
    )


@pytest.mark.parametrize(
    ("space", "parent", "admins", "allowed"),
    [
        (Space(), "", frozenset(), True),
        (Space(on=False), "", frozenset(), False),
        (Space(on=False), "", ME, True),
        (Space(channels=("chat-1",)), "", frozenset(), True),
        (Space(channels=("chat-2",)), "", frozenset(), False),
        (Space(channels=("chat-2",)), "", ME, True),
        (Space(channels=("chat-2",)), "chat-2", frozenset(), True),
        (Space(on=False, channels=("chat-1",)), "", frozenset(), False),
    ],
)
def test_a_group_is_served_where_its_admins_want_it(
    space: Space, parent: str, admins: frozenset[str], allowed: bool
) -> None:
    inbound = Inbound("m", "u", HERE, space="g", private=False, parent=parent)
    assert admit(inbound, Rules(admins=admins), space) == Verdict(allowed)
    assert admit(replace(inbound, space="", private=True), Rules(), space) == Verdict(True)


@pytest.mark.parametrize(
    ("waiting", "owed", "verdict"),
    [
        (0, 0, Verdict(True, "talk.too_many_open")),
        (MOST_OPEN - 1, MOST_OWED - 1, Verdict(True, "talk.too_many_open")),
        (MOST_OPEN, 0, Verdict(False, "talk.too_many_open")),
        (0, MOST_OWED, Verdict(False, "talk.slowly")),
        (MOST_OPEN, MOST_OWED, Verdict(False, "talk.slowly")),
    ],
)
def test_who_asks_for_too_much_at_once_is_asked_to_wait(
    waiting: int, owed: int, verdict: Verdict
) -> None:
    found = patient(waiting, owed)
    assert found.allowed is verdict.allowed
    assert found.allowed or found.reason == verdict.reason
