"""How the desk is served: on this machine alone, or to others by https; whatever lies between is refused."""

import datetime as dt
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from flows.desk.serving import serving
from flows.home.init import make_key
from flows.home.settings import ConfigurationError, Settings
from policies.desk import DeskSettings
from policies.school_file import SchoolError, read_school
from tests.flows.calling import audit
from tests.flows.village import SCHOOL, write_home
from warehouse.store.places import Places

ADDRESS = "https://desk.ousterly-vale.example"
ANYWHERE = "0.0.0.0"  # noqa: S104 - how it is refused, and how it is allowed, is what is tried
GOOGLE = 'issuer = "https://accounts.google.com"\nclient_id = "c"\nlabel = "Google"\n'


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate for localhost, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    made = x509.CertificateBuilder(
        name, name, key.public_key(), x509.random_serial_number(), now, now + dt.timedelta(1)
    )
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    certificate, certificate_key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    certificate.write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    plain = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    certificate_key.write_bytes(key.private_bytes(*plain))
    return certificate, certificate_key


def test_without_settings_it_is_this_machine_s_alone() -> None:
    made = serving(DeskSettings(), host="127.0.0.1", port=None)

    assert (made.address, made.is_https) == ("http://127.0.0.1:8377", False)
    assert made.hosts == {"127.0.0.1:8377", "localhost:8377"}


def test_behind_a_proxy_it_is_called_by_the_address_alone_and_listens_on_this_machine() -> None:
    made = serving(DeskSettings(address=f"{ADDRESS}:8443", proxy=True), host="127.0.0.1", port=9000)

    assert (made.port, made.hosts, made.is_https) == (9000, {"desk.ousterly-vale.example:8443"}, True)


def test_with_a_certificate_it_is_served_to_others_at_the_address_s_port(files: tuple[Path, Path]) -> None:
    made = serving(
        DeskSettings(address=ADDRESS), host=ANYWHERE, port=None, certificate=files[0], certificate_key=files[1]
    )

    assert (made.host, made.port, made.is_https, made.certificate) == (ANYWHERE, 443, True, files[0])
    settled = DeskSettings(address=ADDRESS, certificate=str(files[0]), certificate_key=str(files[1]))
    assert serving(settled, host=ANYWHERE, port=None) == made


@pytest.mark.parametrize(
    ("settings", "words", "says"),
    [
        ({}, {"host": ANYWHERE}, "The desk is served on this machine alone"),
        ({"address": ADDRESS, "proxy": True}, {"host": ANYWHERE}, "The desk is served on this machine alone"),
        ({"address": ADDRESS}, {"host": ANYWHERE}, "The desk is served on this machine alone"),
        ({"address": ADDRESS}, {}, f"school.toml says that the desk is at {ADDRESS}"),
        ({}, {"certificate": 0, "certificate_key": 1}, "A certificate is for an address"),
        ({"address": ADDRESS}, {"certificate": 0}, "Give --certificate and --certificate-key, or neither."),
        ({"address": ADDRESS}, {"certificate": 1, "certificate_key": 0}, "The certificate and its key do not belong"),
        ({"address": ADDRESS, "proxy": True}, {"certificate": 0, "certificate_key": 1}, "Leave out --certificate"),
    ],
)
def test_whatever_others_would_reach_without_https_is_refused(files, settings, words, says) -> None:
    given = {name: files[value] if isinstance(value, int) else value for name, value in words.items()}
    with pytest.raises(ConfigurationError, match=says):
        serving(DeskSettings(**settings), **{"host": "127.0.0.1", "port": None, **given})


def test_a_key_that_others_may_read_and_a_file_that_is_not_there_are_refused(files: tuple[Path, Path]) -> None:
    settings = DeskSettings(address=ADDRESS)
    with pytest.raises(ConfigurationError, match="cannot be read"):
        serving(settings, host=ANYWHERE, port=None, certificate=files[0].with_name("none"), certificate_key=files[1])
    files[1].chmod(0o644)
    with pytest.raises(ConfigurationError, match=r"may be read by others\. Run: chmod 600"):
        serving(settings, host=ANYWHERE, port=None, certificate=files[0], certificate_key=files[1])


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ('[desk]\naddress = "http://desk.example"\n', "desk, address: must be as in https://desk.school.example"),
        ('[desk]\naddress = "https://desk.example/path"\n', "desk, address: must be as in"),
        ("[desk]\nproxy = true\n", "needs address = "),
        (f'[desk]\naddress = "{ADDRESS}"\ncertificate = "a.pem"\n', "needs certificate and certificate_key"),
        (f'[desk]\naddress = "{ADDRESS}"\nproxy = true\ncertificate = "a"\ncertificate_key = "b"\n', "not both"),
        ('[desk.openid]\nissuer = "https://a.example"\nlabel = "A"\n', "desk, openid, client_id: is missing."),
        (f"[desk.openid]\n{GOOGLE}", "needs hosted_domain"),
        (f'[desk.openid]\n{GOOGLE.replace("https", "http")}', "must be the provider's issuer"),
        *(
            (f"[desk.openid]\n{GOOGLE.replace('https://accounts.google.com', issuer)}", "with your own tenant's id")
            for issuer in (
                "https://login.microsoftonline.com/common/v2.0",
                "https://login.microsoftonline.com/organizations/v2.0",
                "https://login.microsoftonline.com/ousterly-vale.example/v2.0",
                "https://login.microsoftonline.com/9188040d-6c67-4b05-b112-36a304b66dad/v2.0",
                "https://sts.windows.net/11111111-2222-3333-4444-555555555555",
            )
        ),
    ],
)  # fmt: skip
def test_settings_that_are_not_whole_are_refused_with_their_line(tmp_path: Path, table: str, says: str) -> None:
    write_home(tmp_path)
    path = Places(tmp_path, SCHOOL).settings
    path.write_text(path.read_text() + "\n" + table)

    with pytest.raises(SchoolError, match=r"school\.toml, line") as refused:
        read_school(path)

    assert says in refused.value.sentence


def test_a_provider_without_its_secret_is_refused(tmp_path: Path) -> None:
    write_home(tmp_path)
    places = Places(tmp_path, SCHOOL)
    make_key(Settings(home=tmp_path), places)
    places.settings.write_text(
        places.settings.read_text() + f'\n[desk.openid]\n{GOOGLE}hosted_domain = "vale.example"\n'
    )

    answer = audit("review", SCHOOL, AUDIT_HOME=str(tmp_path))

    assert (answer.code, answer.err.startswith("[desk.openid] in school.toml takes a secret")) == (2, True), answer.err


def test_it_speaks_https_itself_and_says_so(tmp_path: Path, files: tuple[Path, Path]) -> None:
    write_home(tmp_path)
    places = Places(tmp_path, SCHOOL)
    make_key(Settings(home=tmp_path), places)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    table = (
        f'\n[desk]\naddress = "https://localhost:{port}"\ncertificate = "{files[0]}"\ncertificate_key = "{files[1]}"\n'
    )
    places.settings.write_text(places.settings.read_text() + table)
    program = Path(sys.executable).with_name("audit")
    environment = {**os.environ, "AUDIT_HOME": str(tmp_path)}
    trusted = ssl.create_default_context(cafile=str(files[0]))
    with (
        subprocess.Popen([program, "review", SCHOOL], env=environment, stdout=subprocess.PIPE, text=True) as desk,
        httpx.Client(base_url=f"https://localhost:{port}", verify=trusted) as client,
    ):
        assert desk.stdout is not None
        said = desk.stdout.readline()
        for _ in range(200):
            try:
                page = client.get("/sign-in")
                break
            except httpx.TransportError:
                time.sleep(0.05)
        client.close()
        desk.send_signal(signal.SIGINT)
        desk.wait(timeout=20)

    assert f"https://localhost:{port}/" in said
    assert page.headers["strict-transport-security"] == "max-age=31536000"
    assert page.headers["set-cookie"].startswith("__Host-desk-form-")
