"""A batch is taken in side by side, and yet in order for each chat and each person."""

from typing import Any

import pytest
from telegram import Update

from bots.telegram.run.lanes import lanes

GROUP, OTHER_GROUP = -100, -200


def update(number: int, user: int = 1, chat: int | None = None, **more: Any) -> Update:
    place = {"id": chat or user, "type": "group" if chat else "private"}
    person = {"id": user, "is_bot": False, "first_name": "A"}
    message = {"message_id": number, "date": 1_800_000_000, "chat": place, "from": person, **more}
    found = Update.de_json({"update_id": number, "message": message}, None)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("batch", "groups"),
    [
        ([], []),
        ([update(1, 7), update(2, 8), update(3, 7)], [[2], [1, 3]]),
        ([update(1, 7, GROUP), update(2, 8, GROUP)], [[1, 2]]),  # one chat
        ([update(1, 7), update(2, 7, GROUP)], [[1, 2]]),  # one person
        (
            # who speaks in both chats joins what was apart until then, in the order of all
            [
                update(1, 7, GROUP),
                update(2, 8, OTHER_GROUP),
                update(3, 9),
                update(4, 7, OTHER_GROUP),
            ],
            [[3], [1, 2, 4]],
        ),
        (
            [update(1, 7, GROUP), update(2, 8, GROUP, migrate_to_chat_id=-300), update(3, 9, -300)],
            [[1, 2, 3]],
        ),
        (
            [update(1, 7, -300, migrate_from_chat_id=GROUP), update(2, 8, GROUP), update(3, 9)],
            [[1, 2], [3]],
        ),
        ([Update(1), update(2, 7), Update(3)], [[1], [2], [3]]),  # of nobody
    ],
)
def test_who_waits_for_whom(batch: list[Update], groups: list[list[int]]) -> None:
    found = [[each.update_id for each in lane] for lane in lanes(batch)]
    assert sorted(found) == sorted(groups)


def test_an_update_that_makes_no_sense_waits_for_nobody() -> None:
    class Odd(Update):
        @property
        def effective_chat(self) -> Any:
            raise AttributeError

    odd = Odd(2)
    assert lanes([update(1), odd, update(3)]) == [[odd], [update(1), update(3)]]
