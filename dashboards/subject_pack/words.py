"""The words of a subject pack: what each store and each entry is, why it is there, and values without codes."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from dashboards.report.evidence_words import dated, evidence_label, evidence_value
from policies.dates import short_date
from policies.platforms.registry import PLATFORMS
from policies.roles import title_of
from policies.toml_text import packaged_toml

_AS_IT_IS = frozenset({"files", "folder", "handle", "text", "display_name", "bio", "file_name", "x_account"})
_ELSEWHERE = ("Other things: {}", "The program keeps it to do its work.")
_MOMENT = re.compile(r"\b(\d{4}-\d\d-\d\d)T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?")
_ROLES = frozenset({"by_role", "to_role", "owner_role"})
_FIELD = re.compile(r"{(\w+)}")


@cache
def _read(name: str) -> Mapping[str, Any]:
    return packaged_toml("dashboards.subject_pack", name)


def is_told(store: str) -> bool:
    """Say whether a store has words of its own."""
    return store in _read("stores.toml")


def told_stores() -> tuple[str, ...]:
    """Return the stores that have words of their own, in the order in which a pack has them."""
    return tuple(_read("stores.toml"))


def title_and_why(store: str) -> tuple[str, str]:
    """Return what a store is called for its reader, and why it is held."""
    known = _read("stores.toml").get(store)
    if known is None:
        return _ELSEWHERE[0].format(store.rpartition(".")[2].replace("_", " ")), _ELSEWHERE[1]
    return known["title"], known["why"]


def is_whole(store: str) -> bool:
    """Say whether a store's rows are about nobody else, whatever column of them names the subject."""
    return bool(_read("stores.toml").get(store, {}).get("is_whole", False))


def sentence(store: str, values: Mapping[str, Any], accounts: Mapping[str, str]) -> str:
    """Return in a sentence what an entry is; the store's title where a value that it needs is missing.

    `accounts` are the school's own accounts in words, by their ids.
    """
    known = _read("stores.toml").get(store, {})
    says = str(known.get("says", ""))
    platform = str(values.get("platform") or "")
    said = {name: value_text(name, values.get(name)) for name in _FIELD.findall(says)}
    if "account" in said:
        name = PLATFORMS[platform].name if platform in PLATFORMS else "a platform"
        said["account"] = accounts.get(str(values.get("account_id")), f"an account of the school on {name}")
    if "platform" in said:
        said["platform"] = PLATFORMS[platform].name if platform in PLATFORMS else "the platform"
    if not says or not all(said.values()):
        return f"{title_and_why(store)[0]}."
    filled = _FIELD.sub(lambda field: said[field[1]], says)
    return f"{filled[:1].upper()}{filled[1:]}"


def looked_in_words(action: str) -> str:
    """Return in words what somebody did at the desk, by the access log's own word for it."""
    known = _read("labels.toml")["looks"]
    return str(known.get(action) or f"at the desk: {action.replace('_', ' ')}")


def is_hidden(column: str) -> bool:
    """Say whether a column is for pack.json alone."""
    return column in _hidden()


def has_label(column: str) -> bool:
    """Say whether a column has words of its own for a reader."""
    return column in _read("labels.toml")["labels"]


@cache
def _hidden() -> frozenset[str]:
    return frozenset(_read("labels.toml")["hidden"].split())


def lines(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return labels and values as a reader reads them, each once; codes and what is empty are left to the JSON."""
    return list(dict.fromkeys(_lines(values)))


def _lines(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in values.items():
        if name == "said":  # a platform's own words: of them only what a reader has words for
            for part in value:
                known = {_snake(key): each for key, each in part.items() if not isinstance(each, Mapping | list)}
                yield from _lines({key: each for key, each in known.items() if has_label(key)})
        elif name in _hidden():
            continue
        elif isinstance(value, Mapping):
            yield from _lines(value)
        elif said := value_text(name, value):
            yield str(_read("labels.toml")["labels"].get(name) or evidence_label(name)), said


def value_text(name: str, value: Any) -> str:
    """Return one value in words."""
    if value is None or value == "":
        return ""
    if isinstance(value, Mapping):
        return "; ".join(f"{label}: {said}" for label, said in lines(value))
    if isinstance(value, list | tuple):
        parts = [said for each in value if (said := value_text(name, each))]
        return (" " if all(part.endswith(".") for part in parts) else "; ").join(parts)
    return _plain(name, value)


def _plain(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime | date):
        return short_date(value.date() if isinstance(value, datetime) else value)
    if not isinstance(value, str):
        return str(value)
    codes = _read("labels.toml")["codes"].get(name)
    if codes is not None:
        return "; ".join(str(codes.get(part.strip(), part.strip())) for part in value.split(";"))
    if name in _ROLES:
        return title_of(value)
    return value if name in _AS_IT_IS else dated(evidence_value(name, _MOMENT.sub(r"\1", value)))


def _snake(key: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", key).lower()


def as_json(value: object) -> str:
    """Return a value as JSON, days and times as ISO writes them."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n"
