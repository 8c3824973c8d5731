"""Between the page's JSON and the core's words."""

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.codec import to_data
from bots.web import translate
from bots.web.translate import Malformed, Press, Said, Visitor
from core import i18n
from core.i18n import LANGUAGES
from core.messages import (
    Amended,
    Attachment,
    Button,
    Called,
    Card,
    Command,
    Document,
    Form,
    Gallery,
    Pressed,
    Span,
    Style,
    Video,
)
from core.messages import Said as Words
from core.messages.terms import Address
from tests.outgoing import outgoing

WHO = Visitor("0" * 32, "de")
CHAT = Address("web", WHO.user)
ID = "abcdefgh"
NAMES = st.sampled_from(("text", "files", "answers", "id", "message", "data", "x"))


def saying(**more: Any) -> dict[str, Any]:
    return {"text": "hello", "files": [], "answers": None, "id": ID, **more}


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (saying(), Said("hello", (), None, ID)),
        (saying(text="", files=["f7", "f3", "f7"]), Said("", (7, 3), None, ID)),
        (saying(answers="m12"), Said("hello", (), 12, ID)),
        (saying(text="half \ud83d"), Said("half ?", (), None, ID)),
    ],
)
def test_what_is_said(body: object, said: Said) -> None:
    assert translate.to_said(body) == said


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        saying(text=7),
        saying(text="  "),
        saying(text="x" * 20_001),
        saying(files="f7"),
        saying(files=["f7"] * 51),
        saying(files=["../7"]),
        saying(files=[7]),
        saying(files=["f0"]),
        saying(answers="f7"),
        saying(id="short"),
        saying(id=7),
        saying(id="with space in"),
    ],
)
def test_what_the_page_would_not_say_so(body: object) -> None:
    with pytest.raises(Malformed):
        translate.to_said(body)


SOMETHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=9,
)


@given(SOMETHING, st.sampled_from((translate.to_said, translate.to_press, translate.to_correction)))
def test_whatever_is_sent_is_read_or_malformed(body: object, form: Callable[[object], Any]) -> None:
    with suppress(Malformed):
        form(body)


def test_a_press_and_a_correction() -> None:
    press = {"message": "m3", "data": "v1:export:7:", "id": ID}
    assert translate.to_press(press) == Press(3, "v1:export:7:", ID)
    assert translate.to_correction({"message": "m3", "text": "no"}) == (3, "no")
    for wrong in ({**press, "data": 7}, {**press, "data": "x" * 65}, {**press, "message": 3}):
        with pytest.raises(Malformed):
            translate.to_press(wrong)
    with pytest.raises(Malformed):
        translate.to_correction({"message": "m3", "text": " "})


@pytest.mark.parametrize(
    ("text", "happened"),
    [
        ("a film of the sea", Words("a film of the sea", (Attachment("web:1"),))),
        ("/language zh", Called(Command.LANGUAGE, "zh", (Attachment("web:1"),))),
        ("/nonsense", Called(Command.HELP, "", (Attachment("web:1"),))),
    ],
)
def test_words_and_commands_come_in_with_who_and_where(text: str, happened: object) -> None:
    files = (Attachment("web:1"),)
    inbound = translate.said(WHO, Said(text, (1,), 4, ID), files, 12, 99.0)
    assert inbound.happened == happened
    assert (inbound.user, inbound.address, inbound.place.private) == (WHO.user, CHAT, True)
    assert (inbound.message, inbound.order, inbound.at, inbound.answers) == ("m12", 12, 99.0, "m4")
    assert inbound.sender.language == "de"
    assert inbound.id == f"web:{WHO.user}:{ID}"
    assert translate.said(WHO, Said(text, (1,), None, ID), files, 12, 99.0).answers == ""


def test_new_words_and_a_language() -> None:
    inbound = translate.amended(WHO, "k", "other", 12, 99.0)
    assert (inbound.happened, inbound.order) == (Amended("other"), 12)
    inbound = translate.chosen(WHO, "k", 99.0)
    assert (inbound.happened, inbound.message) == (Called(Command.LANGUAGE, "de"), "")


LONG = Button("A title as long as no button's data is, and then some more of it", Command.EDIT, 7)
LABELLED = to_data(Button(LONG.label, LONG.command, LONG.job, LONG.label))
SHORT = to_data(Button("Export", Command.EXPORT, 7, "1080p"))


@pytest.mark.parametrize(
    ("data", "labels", "happened"),
    [
        (SHORT, {SHORT: "Export"}, Pressed(Command.EXPORT, "1080p", 7)),
        (SHORT, {}, Pressed(Command.EXPORT, "1080p", 7)),
        (LABELLED, {LABELLED: LONG.label}, Pressed(Command.EDIT, LONG.label, 7)),
        (LABELLED, {"": "a link"}, None),
        ("v1::7:", {}, None),
        ("nonsense", {}, None),
    ],
)
def test_a_button_comes_back_as_its_command(
    data: str, labels: dict[str, str], happened: Pressed | None
) -> None:
    rows = [[{"data": data, "label": label, "url": ""}] for data, label in labels.items()]
    inbound = translate.pressed(WHO, Press(3, data, ID), {"buttons": rows}, 99.0)
    assert (inbound and inbound.happened) == happened
    if inbound:
        assert inbound.ticket
        assert (inbound.ticket.value, inbound.ticket.expires) == (ID, 999.0)


def test_a_button_of_a_message_that_is_gone() -> None:
    inbound = translate.pressed(WHO, Press(3, SHORT, ID), None, 99.0)
    assert inbound
    assert inbound.happened == Pressed(Command.EXPORT, "1080p", 7)


def shown(message: Any, **files: str) -> dict[str, Any]:
    body = json.loads(json.dumps(translate.body_of(message, files)))
    return translate.shown(12, body, client="", at=99.0, edited=False)


def test_words_buttons_and_what_is_set_apart() -> None:
    buttons = ((Button("Export", Command.EXPORT, 7), Button("Page", url="https://x.example")),)
    spans = (Span(2, 6, Style.BOLD), Span(7, 99, Style.BLOCK))
    message = outgoing(CHAT, "🎬 bold rest", buttons=buttons, spans=spans, reply_to="m3")
    there = shown(message)
    assert [(it["from"], it["to"], it["kind"]) for it in there["spans"]] == [
        (3, 7, "bold"),
        (8, 12, "pre"),
    ]
    assert there["buttons"] == [
        [
            {"label": "Export", "data": "v1:export:7:", "url": ""},
            {"label": "Page", "data": "", "url": "https://x.example"},
        ]
    ]
    assert (there["id"], there["from"], there["answers"], there["at"]) == ("m12", "bot", "m3", 99.0)
    assert (there["video"], there["picture"], there["document"], there["status"]) == (None,) * 4
    assert (there["language"], there["direction"]) == ("en", "ltr")
    assert shown(outgoing(CHAT, "x", language="ar"))["direction"] == "rtl"


@pytest.mark.parametrize(
    ("form", "mime", "src"),
    [
        (Form.CLIP, "video/mp4", "/videos/m12.mp4"),
        (Form.MOVING, "image/gif", "/videos/m12.gif"),
        (Form.LINK, "", ""),
    ],
)
def test_a_film_is_played_where_it_is_kept_and_else_linked(form: Form, mime: str, src: str) -> None:
    video = Video("https://x.example", width=16, height=9, seconds=3.0, form=form, alt="a sea")
    files = {"film": mime} if mime else {}
    assert shown(outgoing(CHAT, "x", video), **files)["video"] == {
        "src": src,
        "download": f"{src}?download=1" if src else "",
        "link": "https://x.example",
        "width": 16,
        "height": 9,
        "seconds": 3.0,
        "moving": form is Form.MOVING,
        "alt": "a sea",
    }


def test_pictures_and_documents() -> None:
    gallery = outgoing(CHAT, "x", Gallery(("a",), alt="ten looks", path="p"))
    assert shown(gallery, picture="image/jpeg")["picture"] == {
        "src": "/pictures/m12",
        "alt": "ten looks",
    }
    assert shown(gallery)["picture"] is None
    document = shown(outgoing(CHAT, "x", Document("{}")))["document"]
    assert document == {"src": "/documents/m12", "name": "my-data.json"}


def test_a_status_shows_the_way_of_a_request() -> None:
    card = Card("Making it", ("Photos", "Film", "Export"), 1, percent=40, queue="3rd")
    there = shown(outgoing(CHAT, "x", card=card, slot="job-1", working=True))["status"]
    assert [step["state"] for step in there["steps"]] == ["done", "now", "next"]
    assert (there["phase"], there["percent"], there["left"]) == ("Making it", 40, "3rd")
    asking = shown(outgoing(CHAT, "What shall I make of it?", card=card, slot="job-1"))
    assert asking["status"] is None


@pytest.mark.parametrize("language", ["ar", "zh-Hans"])
def test_the_language_that_was_chosen_in_the_chat_is_known(language: str) -> None:
    said = outgoing(CHAT, i18n.text("talk.language_set", language), language=language)
    assert translate.chosen_language(said) == language
    assert translate.chosen_language(outgoing(CHAT, "👍", language=language)) == ""


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a film of the sea", "a film of the sea"),
        ("/login Ab3dEf6hIj9k", "/login ***"),
        ("/login", "/login"),
        ("take nmv_usr_0123456789abcdef please", "take *** please"),
        ("Ab3dEf6hIj9kLm2nOp5qRs8tUv1wXy4z", "***"),
        ("Ab3dEf6hIj9kLm2nOp5q\u200bRs8tUv1wXy4z", "***"),
    ],
)
def test_no_token_is_kept_however_it_was_pasted(text: str, kept: str) -> None:
    assert translate.own_body(text, (), None, "en")["text"] == kept


def test_what_the_visitor_has_said_themselves() -> None:
    files = [{"ref": "f7", "name": "cat.jpg"}]
    body = translate.own_body("hello", files, "m3", "de")
    there = translate.shown(13, body, client="abcdefgh", at=99.0, edited=True)
    assert there["client"] == "abcdefgh"
    assert (there["from"], there["text"], there["files"]) == ("you", "hello", files)
    assert (there["edited"], there["buttons"], there["language"]) == (True, [], "de")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_speaks_every_language(language: str) -> None:
    words = translate.words(language, 10, 2**20)
    english = translate.words("en", 10, 2**20)
    assert words["words"].keys() == english["words"].keys()
    assert "error_disk" in words["words"]
    assert [it["code"] for it in words["languages"]] == list(LANGUAGES)
    assert {"name", "text", "says"} == set(words["commands"][0])
    assert words["limits"]["bytes"] == 2**20
    html = translate.page('<!doctype html><html lang="en" dir="ltr">', language)
    assert f'lang="{language}" dir="{words["direction"]}"' in html
