"""What the desk is given of a school's set-up: its steps, what they ask, what was understood, and what was kept.

The browser's pages and the terminal know these shapes alone; `flows.setup` gives the functions behind them, so that
both ask the same, understand the same and write the same.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from policies.errors import UserError
from warehouse.casebook.people.desk_person import DeskPerson

Kind = Literal["line", "lines", "choice", "tick"]
Answers = Mapping[str, str]  # by the name of the question; a tick that is set says "yes"


class SetupError(UserError):
    """An answer cannot be taken as it was given; the message says what to write."""


@dataclass(frozen=True, slots=True)
class SetupQuestion:
    """One question: `value` is how it stands, `choices` are values with what each says, `picture` is one to look at."""

    name: str
    asks: str
    value: str = ""
    hint: str = ""
    kind: Kind = "line"
    choices: tuple[tuple[str, str], ...] = ()
    picture: int | None = None


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that was dropped, chosen or named: its bytes, and its own name."""

    name: str
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Understood:
    """What was made of the answers and the file before anything is kept.

    `doubts` is what was not understood, by kind and with counts; `table` a preview, its header first; `asks` is what
    may be said otherwise, each with how it was understood; `keeps` says on the button what keeping does, and is empty
    where nothing can be kept yet.
    """

    heading: str
    says: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    asks: tuple[SetupQuestion, ...] = ()
    keeps: str = "Keep this"
    pictures: tuple[bytes, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of a step that is answered by a press, such as a clause; `presses` are answers with their labels.

    `is_done` says that it was answered, and how is to be read.
    """

    id: str
    title: str
    says: tuple[str, ...]
    presses: tuple[tuple[str, str], ...]
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What was done, in a sentence; `leads_to` is a page of the desk that shows it."""

    says: str
    leads_to: str = ""


@dataclass(frozen=True, slots=True)
class SetupStep:
    """One step as it stands; `asks` is typed, `file_asks` goes with a file where the step takes one.

    `takes` says what file, `accepts` are its endings; `is_typed` that typing comes first, and the file instead of some.
    `is_needed` says that no report is the school's own without it.
    """

    id: str
    title: str
    stands: str
    is_done: bool
    is_needed: bool = False
    is_typed: bool = False
    says: tuple[str, ...] = ()
    takes: str = ""
    accepts: str = ""
    file_asks: tuple[SetupQuestion, ...] = ()
    asks: tuple[SetupQuestion, ...] = ()
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class SetUp:
    """The set-up of one school; each function raises UserError, one sentence, where it cannot be done.

    `look` writes nothing of the school's, and is asked again when an answer is changed; `keep` takes what was shown.
    `is_after` says that the school is set up, and that this is what goes on: the policy's step.
    """

    name: Callable[[], str]
    steps: Callable[[], tuple[SetupStep, ...]]
    step: Callable[[str], SetupStep]
    look: Callable[[str, Answers, SentFile | None], Understood]
    keep: Callable[[str, Answers, SentFile | None, DeskPerson], KeptAnswer]
    press: Callable[[str, str, str, DeskPerson], KeptAnswer]  # step, item, answer
    is_after: bool = False
    first_token: str = ""  # the hash of the one token by which whoever runs its command is let in


def next_of(steps: tuple[SetupStep, ...]) -> SetupStep | None:
    """Return the step that comes next: the first that is needed and not done, else the first that is not done."""
    open_ones = [step for step in steps if not step.is_done]
    return next((step for step in open_ones if step.is_needed), next(iter(open_ones), None))
