"""Which links may be handed on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.net import is_public


@pytest.mark.parametrize(
    ("link", "may"),
    [
        ("https://example.com/cat.jpg", True),
        ("http://8.8.8.8/cat.jpg", True),
        ("https://api.telegram.org/file/bot1:x/photos/cat.jpg", False),
        ("https://cdn.discordapp.com/attachments/1/2/cat.jpg?ex=1", False),
        ("https://media.discordapp.net/attachments/1/2/cat.jpg", False),
        ("https://bücher.example/x.png", True),
        ("ftp://example.com/cat.jpg", False),
        ("http://localhost/cat.jpg", False),
        ("http://localhost:8080/cat.jpg", False),
        ("http://printer.local/cat.jpg", False),
        ("http://127.0.0.1/cat.jpg", False),
        ("http://127.1/cat.jpg", False),
        ("http://2130706433/cat.jpg", False),
        ("http://0x7f000001/cat.jpg", False),
        ("http://0x7f.0.0.1/cat.jpg", False),
        ("http://0177.0.0.1/cat.jpg", False),
        ("http://127.0.0.0x1/cat.jpg", False),
        ("http://10.0.0.1/cat.jpg", False),
        ("http://169.254.169.254/latest/meta-data", False),
        ("http://192.168.1.4/cat.jpg", False),
        ("http://[::1]/cat.jpg", False),
        ("http://[fe80::1]/cat.jpg", False),
        ("http://[::ffff:127.0.0.1]/cat.jpg", False),
        ("http://user:pass@example.com/cat.jpg", False),
        ("http://intranet/cat.jpg", False),
        ("https://db.internal/cat.jpg", False),
        ("http://[broken/cat.jpg", False),
        ("http://example.com:8080/cat.jpg", True),
        ("http://example.com:99999/cat.jpg", False),
        ("http://example.com:0/cat.jpg", False),
        ("http://[::ffff:8.8.8.8]/cat.jpg", True),
        ("http://[2606:4700::1111]/cat.jpg", True),
        ("http://[64:ff9b::7f00:1]/cat.jpg", False),
        ("http://[64:ff9b::808:808]/cat.jpg", True),
        ("http://[2002:7f00:1::]/cat.jpg", False),
        ("http://[::127.0.0.1]/cat.jpg", False),
        ("http://[fe80::1%25eth0]/cat.jpg", False),
        ("http://224.0.0.1/cat.jpg", False),
        ("http://100.64.0.1/cat.jpg", False),
        ("http://127.0.0.1./cat.jpg", False),
        ("http://localhost./cat.jpg", False),
        ("http://127.0.0.%31/cat.jpg", False),
        ("http://127.0.0.1\\.example.com/cat.jpg", False),
        ("http://a.\u24dbocalhost/cat.jpg", False),
        ("http://a.printer\u3002local/cat.jpg", False),
        ("http://example\u3002com/cat.jpg", True),
        ("http://example.com./cat.jpg", True),
        ("http://\uff11\uff12\uff17.0.0.1/cat.jpg", False),
        ("http://127\u30020\u30020\u30021/cat.jpg", False),
        ("http://exa\u202emple.com/cat.jpg", False),
        ("http://a..b/cat.jpg", False),
        ("", False),
    ],
)
def test_only_links_that_are_open_to_everybody_are_handed_on(link: str, may: bool) -> None:
    assert is_public(link) is may


@given(st.text())
def test_rubbish_is_no_link(rubbish: str) -> None:
    is_public(rubbish)
    is_public(f"http://{rubbish}/x")
