"""What SQL may ask of a platform: macros made of the platforms' records, so that no query names a platform.

Each is NULL for a platform that has no record: an address is never another platform's.

core.platform_name(platform)                                      what it is called
core.platform_says(platform, phrase)                              its words for `follows` and `writes`
core.platform_features(platform)                                  its lists and features
core.platform_has(platform, feature)                              whether it has that list or feature
core.post_link(platform, post_id)                                 the address of a post
core.actor_link(platform, actor_id)                               of somebody else's account
core.account_link(platform, account_id)                           of an official account
core.comment_link(platform, account_id, post_id, comment_id)      of a comment; post_id is null for one on no post
"""

import re
from collections.abc import Callable, Iterable

import duckdb

from policies.platforms.record import Platform
from policies.platforms.registry import PLATFORMS

_PLACE = re.compile(r"\{(\w+)\}")


def _phrases(record: Platform) -> str:
    says = {"follows": record.words.follows, "writes": record.words.writes}
    return "case phrase " + " ".join(f"when {_text(key)} then {_text(words)}" for key, words in says.items()) + " end"


def _address(template: str) -> str:
    """Return a template such as `https://x.example/{post_id}` as an SQL expression; NULL where an id is."""
    parts = _PLACE.split(template)
    pieces = [part if number % 2 else _text(part) for number, part in enumerate(parts) if part]
    return " || ".join(pieces)


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


_MACROS: dict[str, Callable[[Platform], str]] = {
    "platform_name(platform)": lambda record: _text(record.name),
    "platform_says(platform, phrase)": _phrases,
    "platform_features(platform)": lambda record: f"[{', '.join(_text(feature) for feature in sorted(record.has))}]",
    "post_link(platform, post_id)": lambda record: _address(record.addresses.post),
    "actor_link(platform, actor_id)": lambda record: _address(record.addresses.actor),
    "account_link(platform, account_id)": lambda record: _address(record.addresses.account),
    "comment_link(platform, account_id, post_id, comment_id)": lambda record: (
        f"if(post_id is null, {_address(record.addresses.channel_comment)}, {_address(record.addresses.comment)})"
    ),
}


def macros(platforms: Iterable[Platform] = tuple(PLATFORMS.values())) -> list[str]:
    """Return the statements that make every macro again from these records."""
    records = list(platforms)
    made = [
        f"create or replace macro core.{signature} as case platform "
        + " ".join(f"when {_text(record.id)} then {answer(record)}" for record in records)
        + " end"
        for signature, answer in _MACROS.items()
    ]
    has = "list_contains(core.platform_features(platform), feature)"
    return [*made, f"create or replace macro core.platform_has(platform, feature) as {has}"]


def make_macros(db: duckdb.DuckDBPyConnection) -> None:
    """Make every macro again in schema core, which must exist."""
    for statement in macros():
        db.execute(statement)
