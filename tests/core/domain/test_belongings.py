"""What belongs to one person alone."""

from core.domain.conversation import Chat, Decision, Grown
from core.domain.conversation.arrival import private_places, unused_files
from core.domain.conversation.chat.context import Start
from core.domain.gathering import Bundle, Item
from core.domain.requests import Job, Plan, Step
from core.messages import SPOOL, Address, Attachment
from tests import messages
from tests.knowing import knowing

GROUP, ALONE, ASIDE, THIRD = (Address("fake", name) for name in ("g", "u", "a", "t"))


def job(address: Address, private: bool, **more: object) -> Job:
    return Job(1, "", "u", address, Plan.MAKE, Step.UPLOAD, private=private, **more)  # type: ignore[arg-type]


def test_chats_that_others_read_are_nobodys_own() -> None:
    said = messages.said("m", "u", GROUP, private=False)
    chats = (Chat("u", GROUP, private=False), Chat("u", ALONE))
    jobs = (job(GROUP, False, aside=ASIDE), job(THIRD, True))
    assert private_places(said, jobs, chats) == {ALONE, ASIDE, THIRD}
    assert private_places(said, (), ()) == set()
    assert private_places(messages.said("m", "u", ALONE), (), ()) == {ALONE}
    aside = messages.said("m", "u", GROUP, private=False, aside=ASIDE)
    assert private_places(aside, (), ()) == {ASIDE}


def test_a_saved_file_that_nothing_has_come_of_goes() -> None:
    files = tuple(Attachment(f"{SPOOL}{number}") for number in range(5))
    linked = Attachment("url:https://x.example/a.jpg")
    said = messages.said("m", "u", ALONE, attachments=(*files, linked))
    chat = Chat("u", ALONE, kept=files[:1])
    begun = Start(job(ALONE, True, progress=knowing(files=files[1:2])))
    grown = Grown(job(ALONE, True), Bundle((Item(1, files[2]),)), 0.0)
    started = Start(job(ALONE, True, bundle=Bundle((Item(1, files[3]),))))
    decision = Decision(chat, start=(begun, started), grow=(grown,))
    assert unused_files(said, decision) == files[4:]
