"""The suite for all adapters has teeth: an adapter that does not heed a field fails it."""

from dataclasses import fields
from pathlib import Path

import pytest

from core import adapter
from core.messages import Outbound, Recipient, Single, Status, Subject, Words
from tests.planted import DUTIES, FIELDS, FREE, Fault, noticed

PAGE = (Path(__file__).parents[2] / "docs" / "adapters.md").read_text(encoding="utf-8")
PARTS = (Recipient, Words, Single, Status, Subject)


def test_every_field_is_either_heeded_or_free_for_a_reason() -> None:
    assert not FIELDS.keys() & FREE.keys()
    own = {field.name for field in fields(Outbound)} - {"to", "words", "manner", "about"}
    parts = {field.name for part in PARTS for field in fields(part)}
    assert own | parts | {"toast"} == FIELDS.keys() | FREE.keys()


@pytest.mark.parametrize("fault", [*FIELDS.values(), *DUTIES.values()], ids=[*FIELDS, *DUTIES])
async def test_an_adapter_with_this_fault_fails_the_suite(fault: Fault) -> None:
    assert await noticed(fault.at, fault)


@pytest.mark.parametrize("name", [*FIELDS, *FREE])
def test_the_page_says_of_every_field_whether_it_must_be_heeded(name: str) -> None:
    row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{name}`"))
    assert ("must" in row.split("|")[2]) is (name in FIELDS)


def test_the_page_names_all_that_an_adapter_may_say_of_itself_and_raise() -> None:
    port = [it for it in vars(adapter).values() if isinstance(it, type)]
    said = [it for it in port if getattr(it, "_is_protocol", False) and it is not adapter.Adapter]
    raised = [it for it in port if issubclass(it, adapter.DeliveryError)][1:]
    names = [it.__name__ for it in (*said, *raised) if it.__module__.startswith("core.adapter")]
    assert len(names) > 15
    assert [name for name in names if f"`{name}`" not in PAGE] == []
