"""An S3 server on loopback for the tests: moto's, in this process, with one bucket for each who asks."""

import itertools
import logging
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from warehouse.object_store.address import StoreAddress

_NUMBERS = itertools.count(1)


@contextmanager
def s3_server() -> Iterator[str]:
    """Serve S3, and lend its URL."""
    from moto.server import ThreadedMotoServer  # which takes a while to import

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        yield f"http://{host}:{port}"
    finally:
        server.stop()


def new_bucket(endpoint: str) -> StoreAddress:
    """Make an empty bucket, and return its address."""
    name = f"schools-{next(_NUMBERS)}"
    put(f"{endpoint}/{name}")
    return StoreAddress(name, "homes", "us-east-1", endpoint, "key", "secret")


def put(url: str, body: bytes = b"") -> None:
    """Ask the server for something that the program never asks for."""
    asked = urllib.request.Request(url, data=body, method="PUT", headers={"Content-Type": "application/xml"})
    with urllib.request.urlopen(asked, timeout=10):
        pass


def environment_of(address: StoreAddress) -> dict[str, str]:
    """Return what a process needs to reach the bucket."""
    return {
        "AUDIT_HOME": address.url,
        "AWS_ENDPOINT_URL": str(address.endpoint),
        "AWS_ACCESS_KEY_ID": address.key_id,
        "AWS_SECRET_ACCESS_KEY": address.secret,
        "AWS_REGION": address.region,
    }
