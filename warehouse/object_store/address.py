"""Where an object store is, as AUDIT_HOME and the usual AWS_ variables say it; nothing is opened here."""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from warehouse.object_store.errors import ObjectStoreError

SECRETS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_PREFIX = re.compile(r"[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*")


@dataclass(frozen=True, slots=True)
class StoreAddress:
    """Where the bucket is, below which prefix, and by which credentials it is reached; `endpoint` None is AWS's own.

    Without a `key_id` the credentials are those of the machine, such as a role's, which are fetched anew as they end.
    """

    bucket: str
    prefix: str
    region: str
    endpoint: str | None = None
    key_id: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)
    session_token: str | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        """The address as a person writes it, without a secret."""
        return f"s3://{self.bucket}/{self.prefix}".rstrip("/")


def is_url(home: str) -> bool:
    """Say whether a home is named by a URL, and not by a folder."""
    return "://" in home


def address_of(home: str, environment: Mapping[str, str]) -> StoreAddress:
    """Return the address that a URL and the AWS_ variables give; ObjectStoreError in one sentence."""
    scheme, _, rest = home.partition("://")
    bucket, _, prefix = rest.partition("/")
    prefix = prefix.strip("/")
    if scheme != "s3" or not _BUCKET.fullmatch(bucket) or (prefix and not _PREFIX.fullmatch(prefix)):
        raise ObjectStoreError(
            "AUDIT_HOME names no object store that this program knows. Write s3://BUCKET/PREFIX; what does not speak "
            "like S3 is not supported."
        )
    key_id, secret, token = (environment.get(name) for name in SECRETS)
    if bool(key_id) != bool(secret):
        raise ObjectStoreError(
            f"Of the credentials for s3://{bucket} one half is missing. Set AWS_ACCESS_KEY_ID and "
            "AWS_SECRET_ACCESS_KEY both, or neither where this machine has a role that AWS knows."
        )
    return StoreAddress(
        bucket=bucket,
        prefix=prefix,
        region=environment.get("AWS_REGION") or environment.get("AWS_DEFAULT_REGION") or "us-east-1",
        endpoint=_endpoint(environment.get("AWS_ENDPOINT_URL_S3") or environment.get("AWS_ENDPOINT_URL")),
        key_id=key_id or "",
        secret=secret or "",
        session_token=token or None,
    )


def _endpoint(url: str | None) -> str | None:
    """Return the endpoint; ObjectStoreError for one to which secrets would go in clear, or that holds some."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        is_private = parts.scheme == "https" or (parts.scheme == "http" and ipaddress.ip_address(host).is_loopback)
        is_good = bool(host) and is_private and not parts.username
    except ValueError:
        is_good = False
    if not is_good:
        raise ObjectStoreError(
            "AWS_ENDPOINT_URL must begin with https://, or be an address on this machine such as http://127.0.0.1:9000."
        )
    return url
