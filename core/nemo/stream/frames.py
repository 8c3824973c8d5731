"""A frame in little room, which says the same to a reader."""

from collections.abc import Mapping

from core.nemo.draft import exportable
from core.nemo.values import a_list, an_object, dumps, integer, loads, words

LONGEST = 65_536
"""Characters of visible text that are kept of one turn; the oldest go first, since the answer comes
last."""

LONGEST_ID = 200
"""Characters of a call's name that stay in a slim frame."""


def slim_frame(frame: str, roomy: int = LONGEST) -> str:
    """A frame as JSON that says the same to a Reader in little room; what is no JSON comes back as
    its beginning.

    Of the draft in it only stays whether anything is on its timeline, of a tool's result which call
    it answers, of other values those of at most `roomy` characters. A refusal stays whole."""
    try:
        value = loads(frame)
    except ValueError:
        return frame[:roomy]
    if not isinstance(value, dict) or integer(value.get("code")):
        return frame
    kept = {
        key: _trimmed(part, roomy)
        for key, part in value.items()
        if key not in ("content", "actions")
    }
    content = an_object(value.get("content"))
    if "parts" in content:
        parts = [_slim_part(an_object(part), roomy) for part in a_list(content["parts"])]
        kept["content"] = {"role": _trimmed(content.get("role"), roomy), "parts": parts}
    elif "content" in value:
        kept["content"] = _trimmed(value["content"], roomy)
    drafted = an_object(an_object(value.get("actions")).get("stateDelta")).get("draft")
    if isinstance(drafted, dict):
        kept["actions"] = {
            "stateDelta": {"draft": {"t": [{"sg": [{}]}] if exportable(drafted) else []}}
        }
    return dumps(kept).decode()


def _slim_part(part: Mapping[str, object], roomy: int) -> dict[str, object]:
    return {
        key: _result(value) if key == "functionResponse" else _trimmed(value, roomy)
        for key, value in part.items()
    }


def _result(value: object) -> dict[str, str] | None:
    return {"id": words(value.get("id"))[:LONGEST_ID]} if isinstance(value, dict) else None


def _trimmed(value: object, roomy: int) -> object:
    """The value; of a long text the beginning, of a large value of another kind that there was
    one."""
    if isinstance(value, str):
        return value[:roomy]
    if not isinstance(value, dict | list) or len(dumps(value)) <= roomy:
        return value
    return {"large": True} if isinstance(value, dict) else ["large"]
