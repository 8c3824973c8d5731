"""Which stars and underscores set words apart, read with more patience than the standard has.

The standard leaves `**时长：**10秒` as it is, since no space follows the mark, and takes `2*3*4`
for emphasis. People see stars in the one and miss them in the other."""

from markdown_it.rules_inline.state_inline import Delimiter, StateInline


def delimiters(state: StateInline, silent: bool) -> bool:
    """A run of stars or underscores, with what it may do: the library's rule of that name in other
    words."""
    source, start = state.src, state.pos
    if silent or source[start] not in "*_":
        return False
    stop = start
    while stop < len(source) and source[stop] == source[start]:
        stop += 1
    before = source[start - 1] if start else " "
    after = source[stop] if stop < len(source) else " "
    opens = _may(before, after, source[start:stop])
    closes = _may(after, before, source[start:stop])
    for _ in range(stop - start):
        token = state.push("text", "", 0)
        token.content = source[start]
        place = len(state.tokens) - 1
        state.delimiters.append(
            Delimiter(ord(source[start]), stop - start, place, -1, opens, closes)
        )
    state.pos = stop
    return True


def backslash(state: StateInline, silent: bool) -> bool:
    """The arm of ¯\\_(ツ)_/¯, which is no mark taken back."""
    if (
        silent
        or not state.src.startswith("\\_", state.pos)
        or not state.src.startswith("¯", state.pos - 1)
    ):
        return False
    state.pending += "\\_"
    state.pos += 2
    return True


def address(state: StateInline, silent: bool) -> bool:
    """An address as it is: no star or underscore in it is a mark."""
    if not state.src.startswith("://", state.pos) or silent:
        return False
    if not state.pending.endswith(("http", "https")):
        return False
    end = state.pos
    while end < state.posMax and not (state.src[end].isspace() or state.src[end] in "<>\"'`|（）"):
        end += 1
    found = state.src[state.pos : end].rstrip("*_~.,;:!?)]】。，；：！？")
    state.pending += found
    state.pos += len(found)
    return True


def _may(outside: str, inside: str, run: str) -> bool:
    """Whether a run of marks may set apart what begins (or ends) with `inside`."""
    if inside.isspace() or inside == run[0]:
        return False
    if outside.isalnum() and inside.isalnum():  # in the middle of a word, or of 2*3
        return run[0] == "*" and (
            not (outside.isascii() and inside.isascii()) or _word(run, outside, inside)
        )
    if len(run) > 1 and run[0] == "*":
        return True
    return (
        inside.isalnum() or not inside.isascii() or not outside.isalnum() or not outside.isascii()
    )


def _word(run: str, outside: str, inside: str) -> bool:
    return len(run) > 1 and outside.isalpha() and inside.isalpha()
