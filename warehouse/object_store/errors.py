"""What may be wrong with an object store, or with a school in one; each is a sentence with what to do."""

from datetime import timedelta
from pathlib import Path

from policies.errors import UserError


class ObjectStoreError(UserError):
    """The object store cannot be used as it is; the message is one sentence with what to do."""


class UnreachableError(ObjectStoreError):
    """The object store did not answer, so whether it did what it was last asked is not known."""

    may_pass = True


class RefusedError(ObjectStoreError):
    """The object store refuses these credentials what was asked."""


class ConflictError(ObjectStoreError):
    """An object is not the one that was read, so it was not replaced."""


class MissingError(ObjectStoreError):
    """An object that was looked for is not there."""


class NotOursError(ObjectStoreError):
    """An object that this key does not open, or that is not what was put there."""


class NoSchoolError(ObjectStoreError):
    """The object store has no school of this id."""


class LinkError(ObjectStoreError):
    """A link in a school's folder: what it leads to is on one machine alone."""


class LeasedError(ObjectStoreError):
    """Another worker has the school's lease, which ends in so long a time unless that worker renews it."""

    def __init__(self, school: str, left: timedelta) -> None:
        super().__init__(
            f"Another worker has {school}. Wait until it has ended; should it have died, its lease ends in "
            f"{left.total_seconds() / 60:.1f} minutes."
        )


class LeaseLostError(ObjectStoreError):
    """The lease went to another worker, so that nothing of this one's may be put back."""

    def __init__(self, school: str) -> None:
        super().__init__(
            f"The lease on {school} went to another worker meanwhile, so nothing of this run was put back. Run again."
        )


class UnsentError(ObjectStoreError):
    """What was done could not be put back, for the reason that the store gives; it is kept on this machine."""

    def __init__(self, reason: UserError, school: str, kept: Path) -> None:
        self.may_pass = reason.may_pass
        super().__init__(
            f"{reason.sentence} What was done is not lost: it is kept encrypted in {kept}, and what is begun next with "
            f"{school} on this machine goes on from it. Run again."
        )
