"""Large JSON is read in a process of its own, and says the same as read on the spot."""

import json

import pytest

from core.nemo.client.beside import UNREADABLE, Beside
from core.nemo.draft import Differences, Digest, differences, digested, timeline_of
from core.nemo.errors import Busy, SessionGone, Trouble
from core.nemo.stream import Reader, slim_frame

BEFORE = '{"t": [ {"tt":0,"sg":[{"d":1.50e3,"m":{"name":"sea"}}]} ], "half":"\\ud800", "name":"海"}'
AFTER = (
    '{"t":[{"tt":0,"sg":[{"d":3000,"m":{"name":"sea"}}]},'
    '{"tt":7,"sg":[{"d":1000,"m":{"text":"Hi"}}]}]}'
)
STATE = (
    f'{{"code":0,"data":{{"bind_id":"anon_1","state":{{"draft":{BEFORE},'
    '"video_infos":[{"filename":"7-1.jpg"},{}, 5]}}}'
).encode()


def on_the_spot(body: bytes = STATE) -> Digest:
    return digested(body, {}, 200, "", "en")


def test_a_digest_says_what_is_needed_of_a_state() -> None:
    found = on_the_spot()
    assert found.text == BEFORE
    assert (found.exportable, found.kinds, found.videos) == (True, ("video",), ("7-1.jpg", "", ""))
    assert "sea" in found.timeline
    assert found.bind == "anon_1"
    assert len(found.fingerprint) == 64


def test_a_refusal_in_place_of_a_state_is_told_without_the_token() -> None:
    with pytest.raises(Busy) as caught:
        digested(
            b'{"code":429,"msg":"home-made is busy"}', {"retry-after": "7"}, 200, "home-made", "en"
        )
    assert (caught.value.detail, caught.value.retry_after) == ("*** is busy", 7.0)


def test_differences_say_what_came_to_be_there() -> None:
    found = differences(BEFORE, AFTER, "en")
    assert found.added == ("text",)
    assert any("Hi" in change for change in found.changes)
    assert differences("", AFTER, "en").added == ("video", "text")
    assert differences(AFTER, AFTER, "en") == Differences()


async def test_the_process_says_the_same_as_the_spot() -> None:
    beside = Beside(small=0)
    assert await beside.read(STATE, {}, 200, "", "en") == on_the_spot()
    assert await beside.differences(BEFORE, AFTER, "zh") == differences(BEFORE, AFTER, "zh")
    assert await beside.timeline(AFTER, "en") == timeline_of(AFTER, "en")
    frame = json.dumps({"content": {"parts": [{"text": "half \ud800"}]}})
    assert await beside.slim(frame) == slim_frame(frame)


@pytest.mark.parametrize("small", [0, 10**6])
async def test_a_refusal_is_the_same_error_however_large_it_is(small: int) -> None:
    with pytest.raises(SessionGone):
        await Beside(small).read(b'{"code": 1002, "message": "gone"}', {}, 200, "", "en")
    with pytest.raises(Trouble):
        await Beside(small).read(b"<html>", {}, 200, "", "en")


async def test_a_process_that_does_not_end_is_trouble_that_may_pass_and_ends_no_stream() -> None:
    beside = Beside(small=0, seconds=0.0)
    with pytest.raises(Trouble):
        await beside.read(STATE, {}, 200, "", "en")
    assert await beside.slim('{"content":{}}') == UNREADABLE
    reader = Reader()
    assert reader.feed("message", UNREADABLE) == ()
    assert reader.events == 1, "something came, so the stream is not silent"
