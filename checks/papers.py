"""What a check declares: its papers, in `<check>.toml` beside its module, and the case of its self-test.

The heading of a report tells what was seen, not the rule.
"""

import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from policies.platforms.record import AccountList, Feature
from policies.platforms.registry import platforms_with
from policies.toml_text import packaged_text, packaged_toml

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


@dataclass(frozen=True, slots=True)
class CanaryPath:
    """One way to what a check looks for: the planted subject that it must catch, and one like it that it must not.

    `on` is what a platform has on which the path is, or "school"; None for every platform. `shows` is what the caught
    one's evidence must hold, by label; `reason` and `concerns` may stand among them, and `unread` where a person is to
    read the text.
    """

    name: str
    caught: str
    near_miss: str
    on: AccountList | Feature | Literal["school"] | None
    shows: Mapping[str, str]

    def is_on(self, source: str) -> bool:
        """Say whether the path is there on this platform, or at the school."""
        if self.on == "school" or source == "school":
            return self.on == source
        return self.on is None or source in platforms_with(self.on)


@dataclass(frozen=True, slots=True)
class Canary:
    """The invented cases of a check: the script that plants them, its paths, and the parameters to judge them by."""

    script: str
    paths: tuple[CanaryPath, ...]
    parameters: Mapping[str, Any]

    def paths_on(self, source: str) -> list[CanaryPath]:
        """Return the paths that are there on this platform, or at the school."""
        return [path for path in self.paths if path.is_on(source)]


def papers(module: str) -> dict[str, Any]:
    """Return the fields of Check that its papers give, lines joined to one text, for a module such as __name__."""
    package, _, stem = module.rpartition(".")
    given = packaged_toml(package, f"{stem}.toml")
    given["finding"] = Finding(**given["finding"])
    given["canary"] = _canary(packaged_text(package, f"{stem}.canary.sql"), **given["canary"])
    if "vocabulary" in given:
        given["vocabulary"] = {name: tuple(words) for name, words in given["vocabulary"].items()}
    for name, said in given.items():
        if isinstance(said, str):
            given[name] = " ".join(said.split())
        elif isinstance(said, list):
            given[name] = tuple(said)
    return {"id": stem, **given}


def _canary(text: str, paths: Mapping[str, Mapping[str, Any]], parameters: Mapping[str, Any] | None = None) -> Canary:
    return Canary(text, tuple(_path(name, **path) for name, path in paths.items()), parameters or {})


def _path(name: str, *, caught: str, near_miss: str, on: Any = None, **shows: str) -> CanaryPath:
    return CanaryPath(name, caught, near_miss, on, shows)
