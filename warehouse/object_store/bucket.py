"""The objects of one bucket below a prefix, with conditional puts; every error of the store in one sentence.

A put names the ETag that it expects, as S3, and whatever speaks like it, compares it. Time is the store's own.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

import obstore
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.exceptions import BotoCoreError
from botocore.httpsession import URLLib3Session
from botocore.session import get_session
from obstore.exceptions import (
    AlreadyExistsError,
    BaseError,
    NotFoundError,
    PermissionDeniedError,
    PreconditionError,
    UnauthenticatedError,
)
from obstore.store import S3Store

from warehouse.object_store.address import StoreAddress
from warehouse.object_store.errors import ConflictError, MissingError, ObjectStoreError, RefusedError, UnreachableError

_ALWAYS = datetime.min.replace(tzinfo=UTC)  # "ended": a key that may be short-lived is asked for at each request
_PAGE, _ANSWER_SECONDS = 1000, 60  # objects on a page of a listing, at the most; how long an answer may take
_TRIES, _GIVING_UP = 4, timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class StoredObject:
    """One object's bytes, the ETag by which it is replaced, and when it was put there, by the store's own clock."""

    body: bytes
    e_tag: str
    changed_at: datetime


class Bucket:
    """Reads, puts, lists and deletes objects; ObjectStoreError in one sentence."""

    def __init__(self, address: StoreAddress) -> None:
        self.address = address
        self._credentials = _credentials(address)
        given = {"aws_endpoint": address.endpoint, "aws_region": address.region, "aws_conditional_put": "etag"}
        self._store = S3Store(
            address.bucket,
            prefix=address.prefix or None,
            config={name: value for name, value in given.items() if value},  # type: ignore[arg-type]
            client_options={
                "allow_http": bool(address.endpoint and address.endpoint.startswith("http://")),
                "timeout": timedelta(seconds=_ANSWER_SECONDS),
                "connect_timeout": timedelta(seconds=10),
            },
            retry_config={"max_retries": _TRIES, "retry_timeout": _GIVING_UP},
            credential_provider=self._asked_for,
        )

    def _asked_for(self) -> Any:
        """Return the credentials as they are now: botocore fetches those anew that end soon."""
        key, secret, token, *_ = self._credentials.get_frozen_credentials()
        return {"access_key_id": key, "secret_access_key": secret, "token": token, "expires_at": _ALWAYS}

    def get(self, name: str) -> StoredObject:
        """Return an object; MissingError if there is none of this name."""
        with self._in_a_sentence():
            answer = obstore.get(self._store, name)
            return StoredObject(bytes(answer.bytes()), str(answer.meta["e_tag"]), answer.meta["last_modified"])

    def now(self, name: str) -> datetime:
        """Return the time by the store's own clock, from an empty object of this name, that is deleted again."""
        self.put(name, b"")
        changed_at = self.get(name).changed_at
        self.delete([name])
        return changed_at

    def put(self, name: str, body: bytes) -> None:
        """Put an object whose name nobody else uses."""
        with self._in_a_sentence():
            obstore.put(self._store, name, body, use_multipart=False)

    def replace(self, name: str, body: bytes, expected: str | None) -> str:
        """Replace the object of this ETag, or make the first one where None is expected, and return the new ETag.

        ConflictError if it is another by now; ObjectStoreError if the bucket would keep the one that is replaced.
        """
        with self._in_a_sentence():
            mode = "create" if expected is None else {"e_tag": expected}
            answer = obstore.put(self._store, name, body, mode=mode, use_multipart=False)  # type: ignore[arg-type]
        if answer.get("version") not in {None, "null"}:
            raise self._keeps_versions()
        return str(answer["e_tag"])

    def ensure_no_earlier_versions(self, below: str) -> None:
        """Raise ObjectStoreError where the bucket holds an earlier version of an object below a folder, or may.

        A bucket whose versioning was turned off keeps what it kept. A store that knows no versions answers 501.
        """
        prefix = "/".join(part for part in (self.address.prefix, below) if part)
        query = {"max-keys": str(_PAGE), "prefix": f"{prefix}/", "versions": ""}
        while (page := self._asked_of_bucket(query)) is not None:
            said = dict(tags := [(each.tag.rpartition("}")[2], each.text or "") for each in page.iter()])
            if ("IsLatest", "false") in tags or "DeleteMarker" in said:
                raise self._keeps_versions()
            if said.get("IsTruncated") != "true":
                return
            query |= {"key-marker": said["NextKeyMarker"], "version-id-marker": said.get("NextVersionIdMarker", "")}

    def _asked_of_bucket(self, query: dict[str, str]) -> ET.Element | None:
        """Return what the store answers to a question about the bucket as a whole; None where it knows none such."""
        host = self.address.endpoint or f"https://s3.{self.address.region}.amazonaws.com"
        words = "&".join(f"{name}={quote(value, safe='')}" for name, value in sorted(query.items()))
        request = AWSRequest("GET", f"{host}/{self.address.bucket}?{words}")
        try:
            S3SigV4Auth(self._credentials, "s3", self.address.region).add_auth(request)
            answer = URLLib3Session(timeout=_ANSWER_SECONDS).send(request.prepare())
        except BotoCoreError as error:
            raise self._unreachable() from error
        if answer.status_code in {200, 501}:
            return ET.fromstring(answer.content) if answer.status_code == 200 else None  # noqa: S314 - our own store
        raise self._refused() if answer.status_code == 403 else self._unreachable()

    def names(self, below: str) -> list[str]:
        """Return the names of all objects below a folder."""
        with self._in_a_sentence():
            return [str(meta["path"]) for some in obstore.list(self._store, below) for meta in some]

    def folders(self) -> list[str]:
        """Return the names of the folders right below the prefix, in the order of the alphabet."""
        with self._in_a_sentence():
            return sorted(obstore.list_with_delimiter(self._store)["common_prefixes"])

    def delete(self, names: Sequence[str]) -> None:
        """Delete these objects; one that is gone already is none too many."""
        if names:
            with self._in_a_sentence():
                obstore.delete(self._store, list(names))

    @contextmanager
    def _in_a_sentence(self) -> Iterator[None]:
        """Turn the store's own errors, whose texts hold addresses and bodies, into sentences without them."""
        try:
            yield
        except (AlreadyExistsError, PreconditionError) as error:
            raise ConflictError("The object store holds something newer; nothing was replaced.") from error
        except (FileNotFoundError, NotFoundError) as error:
            if "NoSuchBucket" in str(error):
                message = f"There is no bucket for {self.address.url}. Make it, or correct AUDIT_HOME."
                raise ObjectStoreError(message) from error
            raise MissingError(
                f"An object that is needed is gone from {self.address.url}. Put the bucket's objects back from a "
                "backup, or push the school's folder there again."
            ) from error
        except (PermissionDeniedError, UnauthenticatedError) as error:
            raise self._refused() from error
        except BaseError as error:
            raise self._unreachable() from error

    def _refused(self) -> RefusedError:
        return RefusedError(
            f"The object store at {self.address.url} refuses these credentials. Check AWS_ACCESS_KEY_ID, "
            "AWS_SECRET_ACCESS_KEY, and that they may read, put, list and delete there, and list versions."
        )

    def _unreachable(self) -> UnreachableError:
        return UnreachableError(
            f"The object store at {self.address.url} does not answer. Check AWS_ENDPOINT_URL and the network, "
            "then run again."
        )

    def _keeps_versions(self) -> ObjectStoreError:
        return ObjectStoreError(
            f"The bucket of {self.address.url} keeps earlier versions of what is deleted, so nothing could ever be "
            "erased there. Turn versioning off and delete its earlier versions, then run again."
        )


def _credentials(address: StoreAddress) -> Any:
    """Return the credentials that the address gives, else those that botocore finds: a role's, a container's."""
    if address.key_id:
        return Credentials(address.key_id, address.secret, address.session_token)
    try:
        found = get_session().get_credentials()
    except BotoCoreError:
        found = None
    if found is None:
        raise ObjectStoreError(
            f"There are no credentials for s3://{address.bucket}. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, put "
            "them into the file of AUDIT_SECRETS, or give this machine a role that AWS knows."
        )
    return found
