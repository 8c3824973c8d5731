"""When a process is sure that others take it for alive, and when it may take others for dead."""

import pytest

from core.store.postgres.contact import Contact

LEASE = 5.0
"""So a sign of life is given each second."""


@pytest.mark.parametrize(
    ("contact", "now", "sure", "buries"),
    [
        # just come: others have not had the time to be heard
        (Contact.begun(LEASE, 100.0), 100.0, True, False),
        (Contact.begun(LEASE, 100.0), 103.9, True, False),
        (Contact.begun(LEASE, 100.0), 104.0, False, False),
        # a lease of contact, with a sign of life a moment ago
        (Contact.begun(LEASE, 100.0).heard(104.9), 104.9, True, False),
        (Contact.begun(LEASE, 100.0).heard(105.0), 105.0, True, True),
        (Contact.begun(LEASE, 100.0).heard(105.0), 106.9, True, True),
        (Contact.begun(LEASE, 100.0).heard(105.0), 107.0, True, False),
        (Contact.begun(LEASE, 100.0).heard(105.0), 109.0, False, False),
        # a line that was down: it begins anew, however long it was there before
        (Contact.begun(LEASE, 100.0).heard(200.0).lost(), 200.0, True, False),
        (Contact.begun(LEASE, 100.0).heard(200.0).lost(), 300.0, False, False),
        (Contact.begun(LEASE, 100.0).heard(200.0).lost().heard(300.0), 300.0, True, False),
        (Contact.begun(LEASE, 100.0).lost().heard(300.0).heard(305.0), 305.0, True, True),
    ],
)
def test_only_unbroken_contact_of_a_lease_tells_of_others(
    contact: Contact, now: float, sure: bool, buries: bool
) -> None:
    assert (contact.is_sure(now), contact.may_bury(now)) == (sure, buries)


def test_contact_lasts_from_the_first_sign_after_it_was_lost() -> None:
    contact = Contact.begun(LEASE, 100.0)
    assert (contact.pause, contact.unbroken, contact.lasts(107.0)) == (1.0, True, 7.0)
    assert not contact.lost().unbroken
    assert contact.lost().lasts(107.0) < 0
    assert contact.lost().heard(103.0).lasts(107.0) == 4.0
