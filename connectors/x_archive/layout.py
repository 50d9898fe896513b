"""Where things are in an X archive, old or new: which members may be opened, and what the manifest counts.

The manifest leads, but it cannot widen the list in layout.toml: a file of another name is never opened.
"""

import codecs
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from connectors.x_archive.archive_file import MOST_SCRIPT_BYTES, ArchiveFile, refused
from connectors.x_archive.values import moment
from policies.toml_text import packaged_toml

_HEAD = re.compile(r"\s*window\.(?:YTD\.\w+|__THAR_CONFIG)[\w.]*\s*=")
_ACCOUNT = re.compile(r"(?:[^/]+/){0,8}account\.js")
_PART = re.compile(r"(.+?)(?:-part\d+)?\.js")
_UNPACK = "unpack it once, and name the zip file that was in it in school.toml"
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
MOST_COUNT_DIGITS = 12
_PLAIN = re.compile(r"[\w-]{1,80}\.js", re.ASCII)


@dataclass(frozen=True, slots=True)
class Layout:
    """The members of each kind, what the manifest counts of them (None without one), and the media folders.

    `missing` are the kinds of which the manifest names a file with rows that is not there, `unread` the public texts in
    a file that is not opened.
    """

    members: Mapping[str, tuple[str, ...]]
    counts: Mapping[str, int | None]
    media_folders: tuple[str, ...]
    is_partial: bool
    generated_at: datetime | None
    strangers: tuple[str, ...]
    missing: frozenset[str] = frozenset()
    unread: str | None = None

    def stopped(self, kind: str, rows: int) -> str:
        """Say how the list of this kind ended after so many rows: `end` where they are all that X had on that day."""
        if self.is_partial:
            return "part"
        if kind in self.missing:
            return "missing"
        if self.counts.get(kind) is None:
            return "uncounted"
        if self.counts[kind] != rows:
            return "miscounted"
        return self.unread or "end" if kind == "posts" else "end"


def parse(body: bytes, file_name: str) -> Any:
    """Return the JSON behind `window.… =`; SourceRefused("input") when there is none."""
    try:
        text = body.decode("utf-16" if body[:2] in _WIDE else "utf-8-sig")  # as an editor saved it anew
        head = _HEAD.match(text)
        if head is None:
            raise refused(file_name, "holds a file that is not in X's form")
        return json.loads(text[head.end() :].rstrip().removesuffix(";"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise refused(file_name, "holds a file that is damaged or not in X's form") from error


def _no_constant(_word: str) -> None:
    raise ValueError("NaN and Infinity are no JSON")


@dataclass(frozen=True, slots=True)
class _Listed:
    kinds: Mapping[str, str]
    shut: frozenset[str]
    unread: Mapping[str, str]
    folders: frozenset[str]
    fields: Mapping[str, frozenset[str]]


def known_fields(kind: str) -> frozenset[str]:
    """Return the fields of this kind of row that are no news: those that are read, and those that are passed over."""
    return _listed().fields[kind]


@cache
def _listed() -> _Listed:
    layout = packaged_toml("connectors.x_archive", "layout.toml")
    kinds = {name: kind for kind, names in layout["opened"].items() for name in names}
    unread = {name: why for why, names in layout["unread"].items() for name in names}
    shut = frozenset(unread).union(layout["shut"]["names"])
    fields = {kind: frozenset(names) for kind, names in layout["fields"].items()}
    return _Listed(kinds, shut, unread, frozenset(layout["media"]["folders"]), fields)


def find_layout(archive: ArchiveFile) -> Layout:
    """Return where everything is; SourceRefused("input") when this is no X archive."""
    homes = {name.removesuffix("account.js") for name in archive.names if _ACCOUNT.fullmatch(name)}
    if not homes and any(name.lower().endswith(".zip") for name in archive.names):
        raise refused(archive.file_name, "holds no archive but another zip file", _UNPACK)
    if len(homes) != 1:
        raise refused(archive.file_name, "is no X archive, or several in one (there must be one data/account.js)")
    home = homes.pop()
    inside = {name.removeprefix(home) for name in archive.names if name.startswith(home)}
    scripts = sorted(name for name in inside if "/" not in name and name.endswith(".js"))
    folders = {name.partition("/")[0] for name in inside if "/" in name}
    manifest = None
    if "manifest.js" in scripts:
        manifest = parse(archive.read(f"{home}manifest.js", most=MOST_SCRIPT_BYTES), archive.file_name)
    return _laid_out(home, scripts, sorted(folders & _listed().folders), manifest)


def _laid_out(home: str, scripts: list[str], folders: list[str], manifest: Any) -> Layout:
    kinds = _listed().kinds
    members: dict[str, list[str]] = {kind: [] for kind in kinds.values()}
    for name in scripts:
        if kind := _Entry(name, None).kind:
            members[kind].append(f"{home}{name}")
    about, unread = _table(_table(manifest).get("archiveInfo")), _listed().unread
    entries = _entries(manifest)
    return Layout(
        members={kind: tuple(names) for kind, names in members.items()},
        counts=_counts(entries),
        media_folders=tuple(f"{home}{folder}/" for folder in folders),
        is_partial=str(about.get("isPartialArchive", False)).lower() != "false",
        generated_at=moment(about.get("generationDate")),
        strangers=tuple(dict.fromkeys(_strangers(entries, scripts))),
        missing=frozenset(_lost(entries, scripts).values()),
        unread=next((unread[each.plain] for each in _filled(entries, scripts) if each.plain in unread), None),
    )


@dataclass(frozen=True, slots=True)
class _Entry:
    """One file as the manifest names it; `count` is None where it is no number."""

    name: str
    count: int | None

    @property
    def plain(self) -> str:
        return _PART.sub(r"\1", self.name)

    @property
    def kind(self) -> str | None:
        return _listed().kinds.get(self.plain)


def _counts(entries: Sequence[_Entry]) -> dict[str, int | None]:
    """Return the rows that the manifest counts by kind."""
    counts: dict[str, int | None] = {}
    for entry in entries:
        if entry.kind is not None:
            count = counts.get(entry.kind, 0)
            counts[entry.kind] = None if count is None or entry.count is None else count + entry.count
    return counts


def _filled(entries: Sequence[_Entry], scripts: Sequence[str]) -> list[_Entry]:
    """Return the files that have rows, or may have: those that the manifest does not know, and counts above none."""
    counted = {entry.name for entry in entries}
    there = (_Entry(name, None) for name in scripts if name not in counted)
    return [*there, *(entry for entry in entries if entry.count != 0)]


def _strangers(entries: Sequence[_Entry], scripts: Sequence[str]) -> list[str]:
    """Return the files with rows that are on neither list, and those that we would read and that are not there."""
    filled, shut = _filled(entries, scripts), _listed().shut
    unknown = [_told(each.name) for each in filled if each.kind is None and each.plain not in shut]
    return unknown + [f"{_told(name)} (not there)" for name in sorted(_lost(entries, scripts))]


def _lost(entries: Sequence[_Entry], scripts: Sequence[str]) -> dict[str, str]:
    """Return the files with rows that the manifest names and that are not there, each with its kind."""
    named = {entry.name: entry.kind for entry in entries if entry.count != 0 and entry.kind is not None}
    return {name: kind for name, kind in named.items() if name not in scripts}


def _told(name: str) -> str:
    return name if _PLAIN.fullmatch(name) else "(a file of an odd name)"


def _entries(manifest: Any) -> list[_Entry]:
    files = [_table(kind).get("files") for kind in _table(_table(manifest).get("dataTypes")).values()]
    return [_entry(_table(entry)) for listed in files if isinstance(listed, list) for entry in listed]


def _entry(fields: Mapping[str, Any]) -> _Entry:
    count = str(fields.get("count", ""))
    is_number = count.isascii() and count.isdecimal() and len(count) <= MOST_COUNT_DIGITS
    return _Entry(str(fields.get("fileName", "")).rpartition("/")[2], int(count) if is_number else None)


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
