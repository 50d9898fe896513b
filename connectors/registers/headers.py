"""Which column of a register file is which, whatever program exported it: headers.toml, applied."""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache, partial

from connectors.registers.consent_channels import CHANNELS, channels_of_heading, channels_of_mapping, mapped_channels
from engines.text import heading_key
from policies.toml_text import packaged_toml

PEOPLE = ("pupils", "staff", "governors", "parents", "leavers")
REGISTERS = (*PEOPLE, "photographs", "accounts")
# Whose ids the others refer to; people without an id of their own get one made of their name and what stays of them.
ON_ROLL = ("pupils", "leavers")
# A refusal in any column of several counts.
READ_TOGETHER = frozenset({"picture_consent", "consent", "consents_given"})
# Columns that say whose a row is or what it allows: where one cannot be read, nothing that rests on it is kept.
IDENTIFYING = frozenset({
    "person_id", "given_names", "surname", "known_as", "full_name", "x_account", "youtube_account", "photograph_id",
    "file_name", "video_id",
})  # fmt: skip
# The days on which something was done that a policy asks to be done by then.
DONE_DAYS = {"staff": ("policy_read_on", "trained_on"), "accounts": ("shared_with_head_on", "changed_on")}
DECIDING = frozenset({"expires_on", "objection", "pupil_ids"}).union(*DONE_DAYS.values())
OF_ADULTS = re.compile("guardian|contact|parent|carer|mother|father|adult", re.IGNORECASE)
_NAMES = ("given_names", "surname", "known_as", "full_name", "other_names", "preferred_surname")
_toml = cache(partial(packaged_toml, "connectors.registers"))


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each canonical column stands in one file's header (0-based), and what is left over.

    `spare` are the further places of a column that several headings name; `unread` are those of no column at all.
    `lost` are the headings that school.toml maps and the file does not have, by their columns. `consents` are the
    places of consents to pictures on some channels alone; `refusals` those that speak of channels and of no picture, so
    that a refusal there counts and nothing else; `answers` those of kinds of consent, with the place of the answer;
    `lists` those of all that a family consents to, in which any row names pictures.
    """

    header: tuple[str, ...]
    places: Mapping[str, int]
    spare: Mapping[str, tuple[int, ...]]
    unread: tuple[int, ...]
    lost: Mapping[str, str]
    consents: Mapping[int, frozenset[str]] = field(default_factory=dict)
    refusals: Mapping[int, frozenset[str]] = field(default_factory=dict)
    answers: Mapping[int, int] = field(default_factory=dict)
    lists: frozenset[int] = frozenset()

    def has(self, *names: str) -> bool:
        """Say whether every one of these canonical columns is in the file."""
        return all(name in self.places for name in names)

    def all_places(self, name: str) -> tuple[int, ...]:
        """Return every place of a column that several headings name."""
        return (self.places[name], *self.spare.get(name, ())) if name in self.places else ()

    def title(self, name: str) -> str | None:
        """Return the header that the file itself uses for this canonical column."""
        return self.header[self.places[name]] if name in self.places else None


@cache
def aliases(register: str) -> Mapping[str, tuple[str, ...]]:
    """Return the headers that are looked for in this register, by canonical column, best first."""
    sections: dict[str, dict[str, list[str]]] = _toml("headers.toml")
    chosen = {**sections["people"], **sections.get(register, {})} if register in PEOPLE else sections[register]
    return {column: (column, *names) for column, names in chosen.items()}


@cache
def _alias_keys(register: str) -> Mapping[str, tuple[str, ...]]:
    """Return what makes those headers equal to others, for as often as a row is tried as a header."""
    return {column: tuple(map(heading_key, names)) for column, names in aliases(register).items()}


@cache
def asked(register: str) -> tuple[str, ...]:
    """Return the columns that this register is asked for, in the order of a new file."""
    return tuple(_toml("columns.toml")["asked"][register])


def row_id_of(register: str) -> str | None:
    """Return the column that says whom or what a row of this register is about; None for the accounts."""
    return "person_id" if register in PEOPLE else {"photographs": "photograph_id"}.get(register)


def holds(column: str) -> str:
    """Return in words what this column holds."""
    return str(_toml("columns.toml")["holds"][column])


def telling(column: str) -> frozenset[str]:
    """Return the words that make it likely that a heading means this column."""
    return frozenset(_toml("columns.toml")["telling"].get(column, ()))


def find_columns(header: Sequence[str], register: str, mapped: Mapping[str, str] | None = None) -> Columns:
    """Return which column is which; of two headers for one column the better alias wins, then the left one.

    `mapped` are the school's own headings and the columns that they stand for; an empty one is never read.
    """
    own = {heading_key(heading): column for heading, column in (mapped or {}).items()}
    at: dict[str, list[int]] = {}
    for place, text in enumerate(header):
        at.setdefault(heading_key(text), []).append(place)
    at.pop("", None)
    places = {column: _found(column, keys, own, at) for column, keys in _alias_keys(register).items()}
    if register == "parents":
        places = _of_adults(places, header)
    used = {place for every in places.values() for place in every}
    consents = dict(_consents(header, register, mapped or {}, used))
    used |= consents.keys()
    unwanted = {place for folded, column in own.items() if not column for place in at.get(folded, ())}
    return Columns(
        tuple(header),
        {column: every[0] for column, every in places.items() if every},
        {column: tuple(every[1:]) for column, every in places.items() if every[1:]},
        tuple(place for place in range(len(header)) if place not in used | unwanted),
        {column: heading for heading, column in (mapped or {}).items() if column and heading_key(heading) not in at},
        consents,
    )


def _of_adults(places: Mapping[str, list[int]], header: Sequence[str]) -> dict[str, list[int]]:
    """Return the places without names that no grown-up's heading has, where another name has one."""
    names = {column: [place for place in places[column] if OF_ADULTS.search(header[place])] for column in _NAMES}
    return {**places, **names} if any(names.values()) else dict(places)


def _consents(
    header: Sequence[str], register: str, mapped: Mapping[str, str], used: Container[int]
) -> Iterator[tuple[int, frozenset[str]]]:
    """Yield the places of consents to pictures on some channels alone, as school.toml or the heading itself says it."""
    if register not in ON_ROLL:
        return
    said, own = mapped_channels(mapped), set(map(heading_key, mapped))
    for place, heading in enumerate(header):
        key = heading_key(heading)
        channels = said.get(key) or (frozenset() if key in own or place in used else channels_of_heading(heading))
        if channels:
            yield place, channels


def _found(column: str, keys: Sequence[str], own: Mapping[str, str], at: Mapping[str, list[int]]) -> list[int]:
    mapped = [folded for folded, wanted in own.items() if wanted == column]
    folded = dict.fromkeys([*mapped, *(key for key in keys if key not in own)])
    return [place for key in folded for place in at.get(key, ())]


def wrong_columns(register: str, mapped: Mapping[str, str]) -> Iterator[str]:
    """Yield a sentence for each heading that is mapped to a column that is not there, or is mapped already."""
    columns = aliases(register)
    first: dict[str, str] = {}
    for heading, column in mapped.items():
        if (channels := channels_of_mapping(column)) is not None:
            if not channels or not channels <= {*CHANNELS}:
                there = f"there are: {', '.join(CHANNELS)}."
                yield f"[registers.columns.{register}] in school.toml: {heading!r} names no channel; {there}"
        elif column and column not in columns:
            near = get_close_matches(column, columns, n=1)
            meant = f"; is it {near[0]}?" if near else f". It has: {', '.join(columns)}."
            yield f"[registers.columns.{register}] in school.toml: there is no column {column!r} for {heading!r}{meant}"
        elif first.setdefault(column, heading) != heading and column and column not in READ_TOGETHER:
            both = f"{first[column]!r} and {heading!r} cannot both be {column}; keep one."
            yield f"[registers.columns.{register}] in school.toml: {both}"


def lacking(columns: Columns, register: str) -> tuple[str, ...] | None:
    """Return the columns of which one at least must be there and none is; None where the file can be used."""
    return next((either for either in _needed(columns, register) if not any(map(columns.has, either))), None)


def _needed(columns: Columns, register: str) -> Iterator[tuple[str, ...]]:
    if register in ON_ROLL:
        yield ("person_id", "date_of_birth")
    if register in PEOPLE:
        yield ("full_name", "surname")
        if not columns.has("full_name"):
            yield ("given_names", "known_as")
    elif register == "photographs":
        yield from [("photograph_id",), ("file_name", "video_id"), ("channels",)]
    else:
        yield from [("platform",), ("account_id", "handle")]


def score(header: Sequence[str], register: str, mapped: Mapping[str, str] | None = None) -> int:
    """Return how many columns a row names, if it could be the header of this register; else 0."""
    columns = find_columns(header, register, mapped)
    return 0 if lacking(columns, register) else len(columns.places)
