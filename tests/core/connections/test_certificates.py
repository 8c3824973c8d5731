"""What HTTPS trusts: the usual authorities, or those that the operator names."""

import ssl
from collections.abc import Iterator
from pathlib import Path

import certifi
import pytest

from core.connections import trusted_certificates


@pytest.fixture(autouse=True)
def anew() -> Iterator[None]:
    trusted_certificates.cache_clear()
    yield
    trusted_certificates.cache_clear()


def names(context: ssl.SSLContext) -> int:
    return len(context.get_ca_certs())


def test_the_usual_authorities_are_trusted_and_names_are_checked() -> None:
    context = trusted_certificates()
    assert names(context) > 100
    assert (context.check_hostname, context.verify_mode) == (True, ssl.CERT_REQUIRED)
    assert trusted_certificates() is context


def test_an_operator_may_name_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, end, _ = Path(certifi.where()).read_text().partition("-----END CERTIFICATE-----\n")
    one = tmp_path / "company.pem"
    one.write_text(first + end)
    monkeypatch.setenv("SSL_CERT_FILE", str(one))
    assert names(trusted_certificates()) == 1
