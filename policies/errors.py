"""Errors that end a command, each with a sentence for the person; every error of ours on the command line is one.

UserError                   2, wrong use or configuration, unless a class below says otherwise
├── SourceError             3, a source failed (connectors.errors)
├── InternalStopError       4, an error inside the program, told by its kind alone (flows.home.exit_codes)
└── SelfTestError           4, the program itself is at fault (flows.weekly.self_test)
"""

from typing import ClassVar


class UserError(Exception):
    """Something the person at the keyboard should know; the message is one sentence with what to do, naming nobody.

    One that `may_pass` is of what was away: asked again a little later, it may well be there.
    """

    exit_code: ClassVar[int] = 2
    may_pass: bool = False

    @property
    def sentence(self) -> str:
        """The sentence for the person."""
        return str(self)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The sentence, or one for each of several mistakes."""
        return (self.sentence,)
