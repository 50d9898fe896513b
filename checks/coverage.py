"""How much of a population this run saw, per official account, and the sentences that say so with figures."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from checks.archived import NOT_WHOLE, Archived, UnknownFollows, archives, unknown_follows
from checks.asked_once import AskedOnce
from checks.model import Check
from checks.outcome import PLATFORMS, Coverage
from policies.platforms.registry import PLATFORMS as RECORDS
from policies.populations import Population
from policies.toml_text import packaged_toml

_NOT_WHOLE = "The list was not read to a certain end."
_STOPPED: Mapping[str, str] = packaged_toml("checks", "coverage.toml")["stopped"]
_HANDLES = "select platform, account_id, handle from core.official_accounts"
_LEFT_OUT = "select platform, account_id, listing, accounts from core.left_out"
_SIGHT = "select platform, account_id, platform_count, fetched, judged, is_whole, why from {view}"


def look(run: AskedOnce, check: Check, accounts: Sequence[tuple[str, str]]) -> list[Coverage]:
    """Return what this run saw for the check on each of these accounts; CheckError for an unknown population."""
    population = check.population
    rows = {(row[0], row[1]): row for row in run.rows(_SIGHT.format(view=population.view))}
    handles = {
        (platform, account_id): "@" + handle.removeprefix("@") for platform, account_id, handle in run.rows(_HANDLES)
    }
    read = archives(run) if population.is_pulled else {}
    erased = _erased(run, population)
    unknown = unknown_follows(run) if read else {}
    coverages = []
    for key in accounts:
        handle = handles.get(key, "the school" if key[0] == "school" else f"account {key[1]}")
        if key in rows:
            bare = unknown.get((population.view, *key))
            seen = _seen(rows[key], population, handle, read.get(key), bare)
            coverages.append(replace(seen, why=f"{seen.why}{erased.get(key, '')}"))
        else:
            coverages.append(_missing(key, population, handle, read.get(key)))
    return coverages


def _erased(run: AskedOnce, population: Population) -> dict[tuple[str, str], str]:
    """Return by official account a sentence on how much of erased accounts the lists of a population lacked."""
    lists = {listing for _, listing in population.subjects}
    counts = Counter[tuple[str, str]]()
    for platform, account_id, listing, count in run.rows(_LEFT_OUT):
        if listing in lists:
            counts[platform, account_id] += count
    return {key: f" Left out because somebody was erased: {count:,}." for key, count in counts.items()}


def _missing(key: tuple[str, str], population: Population, handle: str, archived: Archived | None) -> Coverage:
    how = "were not fetched in this run" if archived is None else "are not in X's archive"
    why = f"The {population.called[key[0]].plural} of {handle} {how}."
    return Coverage(*key, None, 0, 0, is_whole=False, is_enough=False, why=why)


def _seen(
    row: tuple[object, ...],
    population: Population,
    handle: str,
    archived: Archived | None,
    unknown: UnknownFollows | None,
) -> Coverage:
    platform, account_id, count, fetched, judged, is_whole, stopped = row
    seen = Coverage(
        str(platform),
        str(account_id),
        None if count is None else int(str(count)),
        int(str(fetched)),
        int(str(judged)),
        is_whole=bool(is_whole),
        is_enough=False,
        why=str(stopped),
    )
    reached = seen.platform_count is None or seen.fetched >= seen.platform_count
    shut = unknown.shut if unknown else 0  # whom X shows to nobody, as it leaves them out of a live list
    is_enough = seen.is_whole and seen.judged + shut == seen.fetched and seen.judged > 0 and reached
    if archived is not None:
        is_enough = is_enough and not archived.is_old
    why = _in_sentences(seen, population, handle, archived, unknown, reached=reached)
    what_to_do = unknown.what_to_do(seen.platform) if unknown else None
    return replace(seen, is_enough=is_enough, why=why, what_to_do=what_to_do)


def _in_sentences(
    seen: Coverage,
    population: Population,
    handle: str,
    archived: Archived | None,
    unknown: UnknownFollows | None,
    *,
    reached: bool,
) -> str:
    sentences = [_how_many(seen, population, handle, archived, reached=reached)]
    if not seen.is_whole:
        sentences.append(_STOPPED.get(seen.why, NOT_WHOLE if archived else _NOT_WHOLE))
    if unjudged := unknown.unasked if unknown else seen.fetched - seen.judged:
        sentences.append(_unjudged(unjudged, seen.platform, population))
    if unknown is not None:
        sentences += unknown.sentences(population, seen.platform)
        sentences += filter(None, [unknown.what_to_do(seen.platform)])
    if archived is not None:
        sentences.append(archived.sentence())
    return " ".join(sentences)


def _how_many(seen: Coverage, population: Population, handle: str, archived: Archived | None, *, reached: bool) -> str:
    platform, (one, many) = seen.platform, population.called[seen.platform]
    if seen.fetched == 0 and seen.is_whole and not seen.platform_count:
        return f"{_begun(handle)} {_has(archived)} no {many}, so there was nothing to examine."
    fetched = "fetched" if archived is None else "read"
    if seen.fetched == 0:
        return f"No {one} of {handle} could be {fetched}, so there was nothing to examine."
    judged = _judged(seen, archived)
    if seen.platform_count is not None and not reached:
        share = f"{seen.fetched:,} of the {seen.platform_count:,} {many} that {_counter(platform, archived)}"
        return f"{share} for {handle} were {fetched}; {judged}."
    if seen.is_whole:
        return f"{_begun(handle)} {_has(archived)} {population.counted(seen.fetched, platform)}; {judged}."
    return f"{population.counted(seen.fetched, platform)} of {handle} could be seen; {judged}."


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


def _has(archived: Archived | None) -> str:
    return "had" if archived is not None and archived.is_old else "has"


def _counter(platform: str, archived: Archived | None) -> str:
    if archived is not None:
        return "the archive counts"
    return "the school names" if platform == "school" else f"{PLATFORMS[platform]} counts"


def _judged(seen: Coverage, archived: Archived | None) -> str:
    if seen.judged == seen.fetched:
        is_all = archived is None or (seen.is_whole and not archived.is_old)
        return "all were judged" if is_all else "all of these were judged"
    return f"{seen.judged:,} {'was' if seen.judged == 1 else 'were'} judged"


def _unjudged(count: int, platform: str, population: Population) -> str:
    if population.unjudged is not None:
        return f"{population.counted(count, platform)} {population.unjudged[count == 1]}."
    record = RECORDS.get(platform)
    if record is None or record.profile_usd is None:
        return f"{population.counted(count, platform)} showed no public profile."
    are = "is a bare id; looking it up" if count == 1 else "are bare ids; looking them up"
    price = f"${count * record.profile_usd:.2f} ({count:,} at ${record.profile_usd})"
    return f"{population.counted(count, platform)} {are} at {record.name} would cost about {price}."
