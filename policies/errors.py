"""What a person may be told when a command cannot go on; every error of ours that may reach the command line is one.

UserError                   2, wrong use or configuration, unless a class below says otherwise
├── SourceError             3, a source failed (connectors.errors)
└── SelfTestError              4, the program itself is at fault (flows.self_test)
"""

from typing import ClassVar


class UserError(Exception):
    """Something the person at the keyboard should know; the message is one sentence with what to do, naming nobody."""

    exit_code: ClassVar[int] = 2

    @property
    def sentence(self) -> str:
        """What the person is told."""
        return str(self)
