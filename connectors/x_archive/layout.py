"""Where things are in an X archive, old or new: which members may be opened, and what the manifest counts.

The manifest leads, but it cannot widen the list in layout.toml: a file of another name is never opened.
"""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any

from connectors.x_archive.guard import MOST_SCRIPT_BYTES, Archive, refused
from connectors.x_archive.moments import moment

_HEAD = re.compile(r"\s*window\.(?:YTD\.\w+|__THAR_CONFIG)[\w.]*\s*=")
_PART = re.compile(r"(.+?)(?:-part\d+)?\.js")
MOST_COUNT_DIGITS = 12
_PLAIN = re.compile(r"[\w-]{1,80}\.js", re.ASCII)


@dataclass(frozen=True, slots=True)
class Layout:
    """The members of each kind, what the manifest counts of them (None without one), and the media folders."""

    account_name: str
    members: Mapping[str, tuple[str, ...]]
    counts: Mapping[str, int | None]
    media_folders: tuple[str, ...]
    is_partial: bool
    generated_at: datetime | None
    strangers: tuple[str, ...]

    def is_promised(self, kind: str, rows: int) -> bool:
        """Say whether so many rows are all that the manifest promises of this kind, in an archive that is whole."""
        return not self.is_partial and self.counts.get(kind) == rows


def parse(body: bytes, file_name: str) -> Any:
    """Return the JSON behind `window.… =`; SourceRefused("input") when there is none."""
    try:
        text = body.decode("utf-8-sig")
        head = _HEAD.match(text)
        if head is None:
            raise refused(file_name, "holds a file that is not in X's form")
        return json.loads(text[head.end() :].rstrip().removesuffix(";"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise refused(file_name, "holds a file that is damaged or not in X's form") from error


def _no_constant(_word: str) -> None:
    raise ValueError("NaN and Infinity are no JSON")


@cache
def _listed() -> tuple[dict[str, str], frozenset[str], frozenset[str]]:
    known = tomllib.loads(resources.files("connectors.x_archive").joinpath("layout.toml").read_text("utf-8"))
    kinds = {name: kind for kind, names in known["opened"].items() for name in names}
    return kinds, frozenset(known["shut"]["names"]), frozenset(known["media"]["folders"])


def find_layout(archive: Archive) -> Layout:
    """Return where everything is; SourceRefused("input") when this is no X archive."""
    homes = {name.removesuffix("account.js") for name in archive.names if _is_account(name)}
    if len(homes) != 1:
        raise refused(archive.file_name, "is no X archive, or several in one (there must be one data/account.js)")
    home = homes.pop()
    inside = {name.removeprefix(home) for name in archive.names if name.startswith(home)}
    scripts = sorted(name for name in inside if "/" not in name and name.endswith(".js"))
    folders = {name.partition("/")[0] for name in inside if "/" in name}
    manifest = None
    if "manifest.js" in scripts:
        manifest = parse(archive.read(f"{home}manifest.js", most=MOST_SCRIPT_BYTES), archive.file_name)
    return _laid_out(home, scripts, sorted(folders & _listed()[2]), manifest)


def _is_account(name: str) -> bool:
    return re.fullmatch(r"(?:[^/]+/){0,2}account\.js", name) is not None


def _laid_out(home: str, scripts: list[str], folders: list[str], manifest: Any) -> Layout:
    kinds, shut, _ = _listed()
    members: dict[str, list[str]] = {kind: [] for kind in kinds.values()}
    strangers = []
    for name in scripts:
        plain = _PART.sub(r"\1", name)
        if plain in kinds:
            members[kinds[plain]].append(f"{home}{name}")
        elif plain not in shut:
            strangers.append(name if _PLAIN.fullmatch(name) else "(a file of an odd name)")
    about = _table(_table(manifest).get("archiveInfo"))
    counts, unknown = _counts(manifest)
    return Layout(
        account_name=f"{home}account.js",
        members={kind: tuple(names) for kind, names in members.items()},
        counts=counts,
        media_folders=tuple(f"{home}{folder}/" for folder in folders),
        is_partial=str(about.get("isPartialArchive", False)).lower() != "false",
        generated_at=moment(about.get("generationDate")),
        strangers=tuple(dict.fromkeys([*strangers, *unknown])),
    )


def _counts(manifest: Any) -> tuple[dict[str, int | None], list[str]]:
    """Return the rows that the manifest counts by kind, and the files with rows that are on neither list."""
    kinds, shut, _ = _listed()
    counts: dict[str, int | None] = {}
    unknown = []
    for entry in _entries(manifest):
        name = str(entry.get("fileName", "")).rpartition("/")[2]
        plain = _PART.sub(r"\1", name)
        count = str(entry.get("count", ""))[:MOST_COUNT_DIGITS]
        if plain in kinds:
            known = counts.get(kinds[plain], 0)
            counts[kinds[plain]] = known + int(count) if known is not None and count.isdecimal() else None
        elif plain not in shut and count != "0":
            unknown.append(name if _PLAIN.fullmatch(name) else "(a file of an odd name)")
    return counts, unknown


def _entries(manifest: Any) -> list[Mapping[str, Any]]:
    files = [_table(kind).get("files") for kind in _table(_table(manifest).get("dataTypes")).values()]
    return [_table(entry) for listed in files if isinstance(listed, list) for entry in listed]


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
