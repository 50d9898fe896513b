"""The words of a subject pack: what each store is called and why it is there, and values without codes."""

import json
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from importlib import resources
from typing import Any

from dashboards.report.evidence_words import evidence_label, evidence_value
from policies.dates import short_date

_CODES = frozenset(
    {
        *("fingerprint", "run_id", "source", "check_id", "pack", "clause", "listing", "endpoint", "token"),
        *("next_token", "sha256", "previous_sha256", "sha256_before", "sha256_after", "evidence_sha256", "pdq"),
        *("pdq_quality", "request", "registration", "box", "boxes", "status", "sequence", "resources", "number"),
        *("body", "is_best", "contradicts", "part", "picture", "described_in", "rests_on", "is_seen_this_run"),
        *("score", "runner_up", "subject_kind"),
    }
)
_AS_IT_IS = frozenset({"files", "folder"})
_ELSEWHERE = ("What is held in {}", "The program keeps it to do its work.")


@cache
def _stores() -> Mapping[str, Mapping[str, str]]:
    text = resources.files("dashboards.subject_pack").joinpath("stores.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def is_told(store: str) -> bool:
    """Say whether a store has words of its own."""
    return store in _stores()


def title_and_why(store: str) -> tuple[str, str]:
    """Return what a store is called for its reader, and why it is held."""
    known = _stores().get(store)
    if known is None:
        return _ELSEWHERE[0].format(store.rpartition(".")[2].replace("_", " ")), _ELSEWHERE[1]
    return known["title"], known["why"]


def lines(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return labels and values as a reader reads them; codes and what is empty are left to the JSON."""
    return [
        (evidence_label(name), said)
        for name, value in values.items()
        if name not in _CODES and (said := in_words(name, value))
    ]


def in_words(name: str, value: Any) -> str:
    """Return one value in words."""
    if value is None or value == "":
        return ""
    if isinstance(value, Mapping):
        parts = ((evidence_label(str(k)), in_words(str(k), v)) for k, v in value.items() if str(k) not in _CODES)
        return "; ".join(f"{label}: {said}" for label, said in parts if said)
    if isinstance(value, list | tuple):
        return "; ".join(said for each in value if (said := in_words(name, each)))
    return _plain(name, value)


def _plain(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime | date):
        return short_date(value.date() if isinstance(value, datetime) else value)
    if isinstance(value, str):
        return value if name in _AS_IT_IS else evidence_value(name, value)
    return str(value)


def as_json(value: object) -> str:
    """Return a value as JSON, days and times as ISO writes them."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n"
