"""How much of a population this run saw, per official account, and the sentences that say so with figures."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import duckdb

from checks.model import Check, CheckError, Sight
from checks.populations import POPULATIONS, Population

PLATFORMS = {"x": "X", "youtube": "YouTube", "school": "the school"}
X_USER_USD = Decimal("0.010")  # what X asks for one profile looked up by id; its price page, August 2026


STOPPED = {
    "short": "The list ended below the platform's own count, or lacked what the platform says still stands.",
    "known": "The list was read only down to those already known; the next full sweep sees the rest.",
    "cap": "The platform shows no more of the list than this.",
    "loop": "The platform repeated itself, so the list has no certain end.",
    "budget": "The run's budget was spent before the end of the list.",
    "credit": "The prepaid credit ran out before the end of the list.",
    "credentials": "The platform refused the credentials before the end of the list.",
    "forbidden": "The platform forbids reading the rest of the list.",
    "not_found": "The platform does not know the account.",
    "unavailable": "The platform stopped answering before the end of the list.",
    "throttled": "The platform asked us to slow down before the end of the list.",
    "changed": "The platform's answer changed its form before the end of the list.",
    "no_register": "The school gave no such register.",
    "comments": "The comments were not read to their end, so that pictures in them may have been missed.",
}


_SIGHT = "select platform, account_id, platform_count, fetched, judged, is_whole, why from {view}"


def look(db: duckdb.DuckDBPyConnection, check: Check, accounts: Sequence[tuple[str, str]]) -> list[Sight]:
    """Return what this run saw for the check on each of these accounts; CheckError for an unknown population."""
    if check.sight not in POPULATIONS:
        raise CheckError(f"{check.id} counts on {check.sight}, which is not one of: {', '.join(POPULATIONS)}.")
    population = POPULATIONS[check.sight]
    rows = {(row[0], row[1]): row for row in db.sql(_SIGHT.format(view=check.sight)).fetchall()}
    handles = {
        (platform, account_id): "@" + handle.removeprefix("@")
        for platform, account_id, handle in db.sql(
            "select platform, account_id, handle from core.official_accounts"
        ).fetchall()
    }
    seen = []
    for key in accounts:
        handle = handles.get(key, "the school" if key[0] == "school" else f"account {key[1]}")
        seen.append(_seen(rows[key], population, handle) if key in rows else _missing(key, population, handle))
    return seen


def _missing(key: tuple[str, str], population: Population, handle: str) -> Sight:
    why = f"The {population.many[key[0]]} of {handle} were not fetched in this run."
    return Sight(*key, None, 0, 0, is_whole=False, is_enough=False, why=why)


def _seen(row: tuple[object, ...], population: Population, handle: str) -> Sight:
    platform, account_id, count, fetched, judged, is_whole, stopped = row
    told = Sight(
        str(platform),
        str(account_id),
        None if count is None else int(str(count)),
        int(str(fetched)),
        int(str(judged)),
        is_whole=bool(is_whole),
        is_enough=False,
        why=str(stopped),
    )
    reached = told.platform_count is None or told.fetched >= told.platform_count
    is_enough = told.is_whole and told.judged == told.fetched and told.fetched > 0 and reached
    return replace(told, is_enough=is_enough, why=_in_sentences(told, population, handle, reached=reached))


def _in_sentences(told: Sight, population: Population, handle: str, *, reached: bool) -> str:
    sentences = [_how_many(told, population, handle, reached=reached)]
    if not told.is_whole:
        sentences.append(STOPPED.get(told.why, _NOT_WHOLE))
    if unjudged := told.fetched - told.judged:
        sentences.append(_unjudged(unjudged, told.platform, population))
    return " ".join(sentences)


_NOT_WHOLE = "The list was not read to a certain end."


def _how_many(told: Sight, population: Population, handle: str, *, reached: bool) -> str:
    platform, many = told.platform, population.many[told.platform]
    if told.fetched == 0 and told.is_whole and not told.platform_count:
        return f"{_begun(handle)} has no {many}, so there was nothing to examine."
    if told.fetched == 0:
        return f"No {population.one[platform]} of {handle} could be fetched, so there was nothing to examine."
    judged = _judged(told)
    if told.platform_count is not None and not reached:
        counter = "the school names" if platform == "school" else f"{PLATFORMS[platform]} counts"
        share = f"{told.fetched:,} of the {told.platform_count:,} {many} that {counter}"
        return f"{share} for {handle} were fetched; {judged}."
    if told.is_whole:
        return f"{_begun(handle)} has {_count(told.fetched, population, platform)}; {judged}."
    return f"{_count(told.fetched, population, platform)} of {handle} could be seen; {judged}."


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


def _judged(told: Sight) -> str:
    if told.judged == told.fetched:
        return "all were judged"
    return f"{told.judged:,} {'was' if told.judged == 1 else 'were'} judged"


def _unjudged(count: int, platform: str, population: Population) -> str:
    if population.unjudged is not None:
        return f"{_count(count, population, platform)} {population.unjudged[count == 1]}."
    if platform != "x":
        return f"{_count(count, population, platform)} showed no public profile."
    are = "is a bare id; looking it up" if count == 1 else "are bare ids; looking them up"
    price = f"${count * X_USER_USD:.2f} ({count:,} at ${X_USER_USD})"
    return f"{_count(count, population, platform)} {are} at X would cost about {price}."


def _count(count: int, population: Population, platform: str) -> str:
    return f"{count:,} {(population.one if count == 1 else population.many)[platform]}"
