"""Which cases say of the same account that it is the same person's, as numbers that name neither."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """That a case says of one account that it is one person's; `is_found` where the run itself found the case."""

    fingerprint: str
    is_found: bool
    link: int
