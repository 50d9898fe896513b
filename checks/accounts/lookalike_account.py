"""No account but the school's own should bear the school's name, a handle like an official one, or a pupil's name."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any

import duckdb
import polars as pl
from rapidfuzz.distance import OSA

from checks.accounts.school import NamedSchool, school
from checks.evidence import ACCOUNT, ACCOUNT_LINK, CONCERNS, SHOWN_NAME, Evidence
from checks.model import Check, from_sql
from checks.papers import papers
from engines.text import fold, leet_signs, to_latin
from policies.platforms.registry import EVERY_PLATFORM
from policies.toml_text import packaged_toml

# A shorter handle is one letter away from too many others.
SHORTEST = 6
DIGITS = "0123456789"
_JOINT = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_DIGIT_IN_WORD = re.compile(r"[0-9](?=[A-Za-z])")


@cache
def words() -> dict[str, tuple[str, ...]]:
    """Return the word lists of likeness.toml by their names."""
    return {name: tuple(listed) for name, listed in packaged_toml("checks.accounts", "likeness.toml").items()}


def bears_name(display_name: str, school: NamedSchool, *, bears_a_persons_name: bool = False) -> bool:
    """Say whether this display name is the school's, or holds it with no sign that a person speaks of the school.

    Part of a longer name may be what has two words or more, and is not the town's as well. An account that also bears
    the name of somebody on a register counts only if the school's name stands first. Words written as one,
    and letters and digits drawn alike, make it no other name.
    """
    folded = fold(display_name)
    if folded and folded == school.name:
        return True
    names = [name for name in school.names if " " in name and name not in school.places]
    ways = set(_ways_of_reading(display_name, names))
    if any(way.replace(" ", "") == name.replace(" ", "") for way in ways for name in names):
        return True
    return any(_bears(way, name, bears_a_persons_name=bears_a_persons_name) for way in ways for name in names)


def copied_handle(handle: str, official: Sequence[str]) -> str | None:
    """Return the official handle that this one is like; None where it is like none of them."""
    bare = _bare(handle)
    short = {bare, *_without_affix(bare)}
    shortest = {way.strip(DIGITS) for way in short} | short
    shortest |= {shorter for way in shortest for shorter in _without_affix(way)}
    return next((own for own in official if _is_like(bare, _bare_of_ours(own), short, shortest)), None)


def _ways_of_reading(display_name: str, names: Sequence[str]) -> Iterator[str]:
    """Yield the folded display name, and what it says with look-alikes in plain letters and joined words apart."""
    yield fold(display_name)
    letters = _DIGIT_IN_WORD.sub(lambda digit: digit[0].translate(leet_signs()), to_latin(display_name))
    for written in (letters, _JOINT.sub(" ", letters)):
        way = f" {fold(written)} "
        for name in names:
            way = way.replace(f" {name.replace(' ', '')} ", f" {name} ")
        yield way.strip()


def _bears(display_name: str, name: str, *, bears_a_persons_name: bool) -> bool:
    if f" {name} " not in f" {display_name} ":
        return False
    beside = f" {display_name} ".replace(f" {name} ", "  ", 1)
    if _says(beside, "describing"):
        return False
    if _says(beside, "elsewhere") and not _says(f" {name} ", "school"):
        return False
    return display_name.startswith(name) or not bears_a_persons_name


def _says(text: str, listed: str) -> bool:
    return any(f" {phrase} " in text for phrase in words()[listed])


def _is_like(handle: str, official: str, short: Collection[str], shortest: Collection[str]) -> bool:
    """Say whether a handle is an official one but for a letter, or is it without an affix, or also without digits."""
    if len(official) < SHORTEST:
        return official != "" and official in short
    return official in shortest or OSA.distance(handle, official, score_cutoff=1) <= 1


def _without_affix(handle: str) -> Iterator[str]:
    affixes = words()["affixes"]
    if not handle.startswith(affixes) and not handle.endswith(affixes):
        return
    for affix in affixes:
        if handle.startswith(affix):
            yield handle.removeprefix(affix)
        if handle.endswith(affix):
            yield handle.removesuffix(affix)


def _bare(handle: str) -> str:
    return fold(handle).replace(" ", "")


@lru_cache(maxsize=64)
def _bare_of_ours(handle: str) -> str:
    return _bare(handle)


_touching = from_sql("checks.accounts", "lookalike_account")
_HANDLES = "select handle from core.official_accounts order by platform, account_id"
_KINDS = ("bears the name", "bears a like handle", "is about a pupil")
_COLUMNS = (
    "platform",
    "account_id",
    "subject_id",
    "reason",
    "account",
    "link",
    "kind",
    "like",
    "shown_name",
    "roll_id",
    CONCERNS,
)


def _judge(db: duckdb.DuckDBPyConnection, as_of: date, _parameters: Mapping[str, Any]) -> pl.DataFrame:
    ours = school(db)
    official = ["@" + handle.removeprefix("@") for (handle,) in db.execute(_HANDLES).fetchall()]
    accounts = _touching(db, as_of, {}).iter_rows(named=True) if ours else ()
    rows = [_row(account, like) for account in accounts if ours and (like := _likeness(account, ours, official))]
    return pl.DataFrame(rows, schema=dict.fromkeys(_COLUMNS, pl.String), orient="row")


def _likeness(account: Mapping[str, Any], ours: NamedSchool, official: Sequence[str]) -> dict[str, str]:
    """Return what of ours an account bears, by the kind of likeness; nothing for one that is merely an account."""
    likeness = {}
    name, handle = account["display_name"], account["handle"]  # an archive tells neither
    if name and bears_name(name, ours, bears_a_persons_name=account["bears_a_persons_name"]):
        likeness["bears the name"] = "the school's name"
    if handle and (copied := copied_handle(handle, official)):
        likeness["bears a like handle"] = copied
    if account["roll_id"]:
        likeness["is about a pupil"] = "a pupil's name as a page about them that is not theirs"
    return likeness


def _row(account: Mapping[str, Any], likeness: Mapping[str, str]) -> tuple[str, ...]:
    what = " and ".join(
        f"a handle like {like}" if kind == "bears a like handle" else like for kind, like in likeness.items()
    )
    reason = f"An account that is not on the register of accounts bears {what}, and touches {account['official']}."
    name = "@" + account["handle"].removeprefix("@") if account["handle"] else account["actor_id"]
    of_whom = (account["roll_id"], "pupil" if account["roll_id"] else "account")
    evidence = ("; ".join(likeness), "; ".join(likeness.values()), account["display_name"], *of_whom)
    place = (account["platform"], account["account_id"], account["actor_id"])
    return (*place, reason, name, account["link"], *evidence)


CHECK = Check(
    **papers(__name__),
    sources=EVERY_PLATFORM,
    judge=_judge,
    evidence=(
        ACCOUNT,
        ACCOUNT_LINK,
        Evidence("kind", "fact", changes=True, about="setting", values=_KINDS),
        Evidence("like", "fact"),
        SHOWN_NAME,
        Evidence("roll_id", "roll_id", identifies=True, changes=True, about="person"),
    ),
)
