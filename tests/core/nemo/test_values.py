"""JSON that may hold anything is read, and goes out as the same value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.nemo.values import DEEPEST, AsItCame, as_it_came, dumps, loads

NAMES = """
code data token session_id task_id user_id files uploaded_files available frozen total state
draft t sg video_infos
status progress output url outputUrl success error claim_token expires_in expires_at bind_id
message credits
"""
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
KEYS = st.sampled_from(NAMES.split())
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(KEYS | st.text(max_size=3), inner, max_size=6)
    ),
)


@pytest.mark.parametrize(("opens", "closes"), [("[", "]"), ('{"a":', "}"), ('[{"a":[', "]}]")])
def test_so_much_nesting_is_read_and_no_more(opens: str, closes: str) -> None:
    times = DEEPEST // len(closes)
    deep = opens * times + "1" + closes * times

    assert loads(deep)
    with pytest.raises(ValueError, match="nested too deeply"):
        loads(opens + deep + closes)


@given(ANYTHING)
def test_what_was_read_goes_out_as_the_same_value(value: object) -> None:
    sent = dumps(value)

    assert dumps(loads(sent)) == sent


@pytest.mark.parametrize(
    ("document", "value"),
    [("[1.0 ]", [1.0]), ("null", None), (' "{}"', "{}"), ("7", 7), ("\r\n\t {}", {})],
)
def test_what_is_stored_goes_out_as_the_value_that_it_is(document: str, value: object) -> None:
    found = as_it_came(document)

    assert found == value
    assert isinstance(found, AsItCame) is isinstance(value, dict)


@pytest.mark.parametrize("document", ["", "\u00a0{}", "X{}", "draft"])
def test_what_is_stored_and_no_json_does_not_go_out(document: str) -> None:
    with pytest.raises(ValueError, match="Expecting value"):
        as_it_came(document)
