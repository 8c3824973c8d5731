"""Whole walks through engine, store and client against the stand-in: what a person would read, and what was paid."""

import io
from pathlib import Path

import av

from tests.world import photo, world


def facts_of(video: bytes) -> tuple[int, int, float, str]:
    """Width, height, seconds and codecs of an MP4."""
    with av.open(io.BytesIO(video)) as opened:
        picture = opened.streams.video[0]
        seconds = float(opened.duration or 0) / 1_000_000
        names = "+".join(stream.codec_context.name for stream in opened.streams)
        return picture.width, picture.height, seconds, names


async def test_a_photo_and_a_sentence_become_a_video(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        await here.adapter.says("turn this into a 3-second video", photo())
        result = await here.adapter.result()
        assert result.text.startswith("🎬 Your video is ready!")
        _, _, seconds, codecs = facts_of(result.video)
        assert codecs == "h264+aac"
        assert abs(seconds - 3) < 0.15
