"""Serves the desk, on this machine or by https, until it is stopped."""

import socket
import ssl
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from flows.home.process import collect_as_usual
from flows.home.settings import ConfigurationError
from policies.desk import DeskSettings
from warehouse.store.places import is_shared

LOOPBACK = frozenset({"127.0.0.1", "localhost"})
PORT = 8377


@dataclass(frozen=True, slots=True)
class Serving:
    """Where the desk listens, and how it may be called; `is_https` is so behind a proxy on this machine too."""

    host: str
    port: int
    address: str
    hosts: frozenset[str]
    is_https: bool
    certificate: Path | None = None
    certificate_key: Path | None = None


def serving(
    desk: DeskSettings,
    *,
    host: str,
    port: int | None,
    certificate: Path | None = None,
    certificate_key: Path | None = None,
) -> Serving:
    """Return how to serve; ConfigurationError, in one sentence, for whatever would let others in without https."""
    if (certificate is None) != (certificate_key is None):
        raise ConfigurationError("Give --certificate and --certificate-key, or neither.")
    if certificate is None and desk.certificate and desk.certificate_key:
        certificate, certificate_key = Path(desk.certificate), Path(desk.certificate_key)
    if certificate is not None and certificate_key is not None:
        return _by_itself(desk, host, port, certificate, certificate_key)
    if host not in LOOPBACK:
        raise ConfigurationError(
            "The desk is served on this machine alone (--host 127.0.0.1), or to others by https: docs/desk.md says how."
        )
    if desk.address is None or desk.host is None:
        names = frozenset(f"{name}:{port or PORT}" for name in LOOPBACK)
        return Serving(host, port or PORT, f"http://127.0.0.1:{port or PORT}", names, is_https=False)
    if not desk.proxy:
        raise ConfigurationError(
            f"school.toml says that the desk is at {desk.address}: under [desk] give certificate and certificate_key "
            "too, or proxy = true where another server on this machine speaks https for it."
        )
    return Serving(host, port or PORT, desk.address, frozenset({desk.host}), is_https=True)


def _by_itself(desk: DeskSettings, host: str, port: int | None, certificate: Path, key: Path) -> Serving:
    if desk.proxy:
        raise ConfigurationError("Leave out --certificate, or proxy = true in school.toml: one server speaks https.")
    if desk.address is None or desk.host is None or desk.port is None:
        raise ConfigurationError(
            'A certificate is for an address: give address = "https://desk.school.example" under [desk] in school.toml.'
        )
    _ensure_usable(certificate, key)
    names = frozenset({desk.host})
    return Serving(host, port or desk.port, desk.address, names, True, certificate, key)


def _ensure_usable(certificate: Path, key: Path) -> None:
    try:
        if is_shared(key):
            raise ConfigurationError(f"{key} may be read by others. Run: chmod 600 {key}")
        none = partial(str)  # or the library asks for a password at the keyboard
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(certificate, key, password=none)
    except ssl.SSLError as error:
        raise ConfigurationError(
            "The certificate and its key do not belong together, or are none: give PEM files, the key without a "
            "password."
        ) from error
    except OSError as error:
        raise ConfigurationError(f"The certificate or its key cannot be read: {error.strerror}.") from error


def serve(app: Starlette, served: Serving) -> None:
    """Serve the desk until it is stopped."""
    collect_as_usual()
    uvicorn.run(
        app,
        host=served.host,
        port=served.port,
        ssl_certfile=served.certificate,
        ssl_keyfile=None if served.certificate_key is None else str(served.certificate_key),
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=served.is_https and served.certificate is None,  # of a server on this machine alone
        forwarded_allow_ips="127.0.0.1",
        limit_concurrency=200,
        timeout_keep_alive=5,
        h11_max_incomplete_event_size=32 * 1024,
    )


def ensure_free(host: str, port: int) -> None:
    """Raise ConfigurationError where something else has the port."""
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            raise ConfigurationError(f"Port {port} is in use on this machine. Choose another with --port.") from error
