"""A page is there only if its server can prove its name: a certificate that is no good is trouble, and not alive."""

import ssl
from pathlib import Path

import pytest

from references import signs
from references.looking import Outcome
from tests.references import misbehaving
from tests.references.network import leading_to, local, look_at

CERTIFICATES = Path(__file__).with_name("certificates")  # its `make` says how they came to be


@pytest.fixture
def look_with(monkeypatch):
    """A look at https://a.example of a server with this certificate, on a machine that trusts our authority."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / "authority.pem"))

    def look_with(certificate, path="well/"):
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(CERTIFICATES / f"{certificate}.pem")
        with misbehaving.running(tls) as port:
            return look_at(f"https://a.example:{port}/{path}", policy=local(port), find=leading_to("127.0.0.1"))

    return look_with


def test_a_good_certificate_is_alive(look_with):
    look = look_with("good")
    assert (look.outcome, look.status, signs.sign(look)) == (Outcome.ANSWERED, 200, signs.Sign.FINE)


@pytest.mark.parametrize(
    ("certificate", "why"),
    [("self-signed", "self-signed"), ("expired", "expired"), ("wrong-host", "not valid for 'a.example'")],
)
def test_a_bad_certificate_is_trouble(look_with, certificate, why):
    look = look_with(certificate)
    assert (look.outcome, look.status) == (Outcome.TLS, 0)
    assert why in look.detail
    assert signs.sign(look) == signs.Sign.TROUBLE


def test_an_authority_that_this_machine_does_not_know_is_trouble(look_with, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / "self-signed.pem"))
    assert look_with("good").outcome == Outcome.TLS
