"""The base of every record."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The base of every record; `TABLE` names its raw table."""

    TABLE: ClassVar[str]
