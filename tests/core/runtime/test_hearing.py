"""Of what the backend says while it works only the end is read, however much it is."""

from core.runtime.steps.context import READ, ending


def test_of_a_long_answer_the_last_whole_lines_are_read() -> None:
    assert ending("short\nwords") == "short\nwords"
    lines = "\n".join(f"line {number}" for number in range(READ))
    found = ending(lines)
    assert len(found) < READ
    assert found.startswith("line ")
    assert lines.endswith(f"\n{found}")


def test_of_a_long_line_the_last_words_are_read() -> None:
    assert ending("x" * 3 * READ) == "x" * READ
    assert ending("x" * 3 * READ + "\n") == "x" * (READ - 1) + "\n"
