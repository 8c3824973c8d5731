"""The conversations in docs are as they go."""

import pytest

from tests.conversations import PAGE, SCENES, on_page, played

pytestmark = pytest.mark.unmeasured  # other tests go through the same code in a shorter time


@pytest.mark.parametrize("mark", SCENES)
async def test_the_conversation_on_the_page_is_as_it_goes(mark: str) -> None:
    told = on_page(mark, PAGE.read_text(encoding="utf-8"))[0]
    assert told == await played(SCENES[mark]), "write it anew with: python -m tests.conversations"


def test_a_page_without_its_marks_is_noticed() -> None:
    with pytest.raises(ValueError, match="gone"):
        on_page("nothing", "")
