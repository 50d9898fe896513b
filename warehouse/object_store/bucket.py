"""The objects of one bucket below a prefix, with conditional puts; every error of the store in one sentence.

A put names the ETag that it expects, as S3, and whatever speaks like it, compares it.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import obstore
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
from warehouse.object_store.errors import ConflictError, MissingError, ObjectStoreError, UnreachableError

_ANSWER_SECONDS = 60
_TRIES, _GIVING_UP = 4, timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class StoredObject:
    """One object's bytes, and the ETag by which it is replaced."""

    body: bytes
    e_tag: str


class Bucket:
    """Reads, puts, lists and deletes objects; ObjectStoreError in one sentence."""

    def __init__(self, address: StoreAddress) -> None:
        self.address = address
        given = {
            "aws_endpoint": address.endpoint,
            "aws_access_key_id": address.key_id,
            "aws_secret_access_key": address.secret,
            "aws_session_token": address.session_token,
            "aws_region": address.region,
            "aws_conditional_put": "etag",
        }
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
        )

    def get(self, name: str) -> StoredObject:
        """Return an object; MissingError if there is none of this name."""
        with self._in_a_sentence():
            answer = obstore.get(self._store, name)
            return StoredObject(bytes(answer.bytes()), str(answer.meta["e_tag"]))

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
            raise ObjectStoreError(
                f"The bucket of {self.address.url} keeps earlier versions of what is deleted, so nothing could ever be "
                "erased there. Turn versioning off and delete its earlier versions, then run again."
            )
        return str(answer["e_tag"])

    def names(self, below: str) -> list[str]:
        """Return the names of all objects below a folder."""
        with self._in_a_sentence():
            return [str(meta["path"]) for some in obstore.list(self._store, below) for meta in some]

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
            raise ObjectStoreError(
                f"The object store at {self.address.url} refuses these credentials. Check AWS_ACCESS_KEY_ID, "
                "AWS_SECRET_ACCESS_KEY, and that they may read, put, list and delete there."
            ) from error
        except BaseError as error:
            raise UnreachableError(
                f"The object store at {self.address.url} does not answer. Check AWS_ENDPOINT_URL and the network, "
                "then run again."
            ) from error
