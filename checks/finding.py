"""The heading under which a report tells what a check found: what was seen, not the rule."""

import string
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 90  # characters
_PLACES = frozenset({"count", "account"})


@dataclass(frozen=True, slots=True)
class Finding:
    """What one exception shows, and what several do, without a full stop.

    `{count}` is how many they are; `{account}` the official account, or all of them where they are of several. What a
    person must confirm first "may" be so.
    """

    one: str
    many: str

    def mistakes(self) -> Iterator[str]:
        """Yield what is wrong with it, each as the end of a sentence that begins with the check."""
        for name, text in (("one", self.one), ("many", self.many)):
            if not text:  # not filled in yet: `audit new check`
                continue
            places = {place for _, place, _, _ in string.Formatter().parse(text) if place is not None}
            if unknown := sorted(places - _PLACES):
                yield f"has {{{unknown[0]}}} in its finding's {name}; there are {{count}} and {{account}}"
            if ("count" in places) != (name == "many"):
                yield "needs {count} in its finding's many, and only there"
            if len(text) > LONGEST or text.endswith("."):
                yield f"needs a finding's {name} of at most {LONGEST} characters, without its full stop"
