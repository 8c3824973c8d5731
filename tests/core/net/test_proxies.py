"""Which proxy leads to an address, in every spelling of the variables."""

import pytest

from core.net import DIRECT, proxies_from
from core.net.proxies import Bypass
from core.settings import WrongSetting


@pytest.mark.parametrize(
    ("environment", "url", "proxy"),
    [
        ({}, "https://a.example", None),
        ({"HTTPS_PROXY": "http://p:1"}, "https://a.example", "http://p:1"),
        ({"HTTPS_PROXY": "http://p:1"}, "wss://a.example/?v=10", "http://p:1"),
        ({"HTTPS_PROXY": "http://p:1"}, "http://a.example", None),
        ({"HTTP_PROXY": "http://p:1"}, "http://a.example", "http://p:1"),
        ({"HTTP_PROXY": "http://p:1"}, "ws://a.example", "http://p:1"),
        ({"HTTP_PROXY": "http://p:1"}, "https://a.example", None),
        ({"ALL_PROXY": "http://p:1"}, "https://a.example", "http://p:1"),
        ({"all_proxy": "http://p:1"}, "http://a.example", "http://p:1"),
        (
            {"ALL_PROXY": "http://p:1", "https_proxy": "http://q:2"},
            "https://a.example",
            "http://q:2",
        ),
        (
            {"HTTPS_PROXY": "http://p:1", "https_proxy": "http://q:2"},
            "https://a.example",
            "http://q:2",
        ),
        ({"HTTPS_PROXY": " ", "ALL_PROXY": "http://p:1"}, "https://a.example", "http://p:1"),
        (
            {"PROXY_URL": "socks5://o:3", "HTTPS_PROXY": "http://p:1"},
            "https://a.example",
            "socks5://o:3",
        ),
        ({"PROXY_URL": "socks5://o:3"}, "http://a.example", "socks5://o:3"),
        ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": "a.example"}, "https://a.example", None),
        ({"PROXY_URL": "socks5://o:3", "NO_PROXY": "a.example"}, "https://a.example", None),
        ({"ALL_PROXY": "http://p:1", "NO_PROXY": "a.example:443"}, "https://a.example", None),
        ({"ALL_PROXY": "http://p:1", "NO_PROXY": "a.example:443"}, "ws://a.example", "http://p:1"),
        ({"ALL_PROXY": "http://p:1", "NO_PROXY": "a.example:80"}, "http://a.example", None),
        ({"ALL_PROXY": "http://p:1", "NO_PROXY": "a.example:81"}, "http://a.example:81", None),
        ({"ALL_PROXY": "socks://p:1"}, "https://a.example", "socks5://p:1"),
        ({"ALL_PROXY": "SOCKS5H://p"}, "https://a.example", "socks5://p:1080"),
        ({"ALL_PROXY": "socks4a://p:1/"}, "https://a.example", "socks4://p:1"),
        ({"ALL_PROXY": "p:3128"}, "https://a.example", "http://p:3128"),
        ({"ALL_PROXY": "p"}, "https://a.example", "http://p:80"),
        ({"ALL_PROXY": "https://p"}, "https://a.example", "https://p:443"),
        ({"ALL_PROXY": "http://[fd00::1]:8080"}, "https://a.example", "http://[fd00::1]:8080"),
        ({"ALL_PROXY": "http://p:1"}, "https://127.0.0.1:8443", None),
        ({"ALL_PROXY": "http://p:1"}, "http://LOCALHOST./x", None),
        ({"ALL_PROXY": "http://p:1"}, "http://[::1]:81", None),
        ({"ALL_PROXY": "http://p:1"}, "http://[::ffff:127.0.0.1]:81", None),
        ({"ALL_PROXY": "http://p:1"}, "http://user:word@10.0.0.1:81/x", "http://p:1"),
        ({"ALL_PROXY": "http://p:1"}, "ftp://a.example", None),
        ({"ALL_PROXY": "http://p:1"}, "http://[broken", None),
    ],
)
def test_a_proxy_is_chosen_for_an_address(
    environment: dict[str, str], url: str, proxy: str | None
) -> None:
    found = proxies_from(environment).for_url(url)
    assert (found.address if found else None) == proxy


def test_only_plain_socks_4_leaves_looking_up_names_to_us() -> None:
    written = ("socks4", "socks4a", "socks5", "socks5h", "socks")
    found = [proxies_from({"ALL_PROXY": f"{scheme}://p:1"}).plain for scheme in written]
    assert [proxy and proxy.remote for proxy in found] == [False, True, True, True, True]


@pytest.mark.parametrize(
    ("written", "reached", "not_reached"),
    [
        ("*", ["a.example:443", "10.1.2.3:80"], []),
        ("b.example, *", ["a.example:443"], []),
        (
            "a.example",
            ["a.example:443", "A.Example.:443", "x.a.example:443"],
            ["ba.example:443", "a.example.org:443"],
        ),
        (".a.example", ["a.example:443", "x.a.example:443"], ["ba.example:443"]),
        (
            "*.a.example",
            ["x.a.example:443", "x.y.a.example:443"],
            ["a.example:443", "xa.example:443"],
        ),
        ("a.example:8443", ["a.example:8443"], ["a.example:443"]),
        ("b.example;a.example", ["a.example:443", "b.example:443"], []),
        (
            "b.example  a.example,\tc.example",
            ["a.example:443", "b.example:443", "c.example:443"],
            ["d.example:443"],
        ),
        ("10.0.0.0/8", ["10.1.2.3:443"], ["11.1.2.3:443", "10.example:443"]),
        ("10.1.2.3/8", ["10.9.9.9:443"], ["11.1.2.3:443"]),
        ("10.1.2.3", ["10.1.2.3:443", "[::ffff:10.1.2.3]:443"], ["10.1.2.4:443"]),
        ("10.1.2.3:8443", ["10.1.2.3:8443"], ["10.1.2.3:443"]),
        ("192.168.*", ["192.168.7.7:443"], ["192.169.7.7:443"]),
        ("fd00::/8", ["[fd00::7]:443"], ["[fe80::7]:443"]),
        ("[fd00::7]", ["[fd00::7]:443"], ["[fd00::8]:443"]),
        ("[fd00::7]:8443", ["[fd00::7]:8443"], ["[fd00::7]:443"]),
        ("fe80::/10", ["[fe80::1%eth0]:443"], ["[fd00::1]:443"]),
        ("X.example", ["x.example:443"], ["a.example:443"]),
        ("fd00::7", ["[fd00::7]:443"], ["[fd00::8]:443"]),
        ("<local>", ["backend:443"], ["a.example:443", "10.0.0.1:443"]),
        ("https://a.example/", ["a.example:443"], ["b.example:443"]),
        ('"a.example"', ["a.example:443"], ["b.example:443"]),
        (
            "",
            ["localhost:80", "x.localhost:80", "127.9.9.9:80", "[::1]:80", "0.0.0.0:80"],
            ["a.example:443"],
        ),
        (", , ;", [], ["a.example:443"]),
        (".", [], ["a.example:443"]),
    ],
)
def test_no_proxy_is_read_in_every_spelling(
    written: str, reached: list[str], not_reached: list[str]
) -> None:
    bypass = Bypass.read(written)

    def holds(place: str) -> bool:
        host, _, port = place.rpartition(":")
        return bypass.holds(host.strip("[]"), int(port))

    assert {place: holds(place) for place in (*reached, *not_reached)} == {
        **dict.fromkeys(reached, True),
        **dict.fromkeys(not_reached, False),
    }


@pytest.mark.parametrize("name", ["PROXY_URL", "HTTPS_PROXY", "http_proxy", "ALL_PROXY"])
@pytest.mark.parametrize(
    "value",
    [
        "ftp://p:1",
        "http://",
        "http://p:99999",
        "http://p:0",
        "http://[::1",
        "http://p q:1",
        "http://p:1/X",
    ],
)
def test_what_is_no_proxy_is_one_sentence_without_its_value(name: str, value: str) -> None:
    with pytest.raises(WrongSetting) as refusal:
        proxies_from({name: value.replace("://", "://me:secret@")})
    sentence = str(refusal.value)
    assert sentence.startswith(f"{name} cannot be used: it")
    assert f"Example: {name}=" in sentence
    assert "secret" not in sentence


def test_credentials_are_not_shown() -> None:
    proxies = proxies_from({"ALL_PROXY": "http://me:se%40cret@p:1"})
    found = proxies.for_url("https://a.example")
    assert found
    assert (found.user, found.password) == ("me", "se@cret")
    nobody = proxies_from({"ALL_PROXY": "http://p:1"}).plain
    assert nobody
    assert (nobody.user, nobody.password) == ("", "")
    assert "cret" not in f"{proxies!r} {found.address}"
    assert "me" not in found.address


def test_nothing_is_asked_of_a_proxy_unless_one_is_set() -> None:
    assert DIRECT.for_url("https://a.example") is None
    assert proxies_from({"NO_PROXY": "x"}).for_url("https://a.example") is None
