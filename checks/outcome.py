"""What comes of asking a check: its verdict, its exceptions, and how much this run could see."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from checks.model import Check
from policies.exceptions import ExceptionFound, UnreadText
from policies.platforms.registry import PLATFORMS as RECORDS
from policies.question import Filter

PLATFORMS = {platform.id: platform.name for platform in RECORDS.values()} | {"school": "the school"}
Verdict = Literal["kept", "exceptions", "could_not_tell", "not_applicable"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What one check could see of one official account in this run; `platform_count` is the platform's own figure.

    `what_to_do` says how a person can have more seen, None where nobody can. `is_whole` says that the list was read to
    its end, so that an absence closes; `is_enough` that nothing was left unread or unjudged, so that a policy may be
    said to be kept.
    """

    platform: str
    account_id: str
    platform_count: int | None
    fetched: int
    judged: int
    is_whole: bool
    is_enough: bool
    why: str
    what_to_do: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of asking one check: the verdict, the figures over all accounts, and why in plain sentences.

    `is_blind` says that a register which the check goes by, or a column of it, was not seen whole, so that an absence
    means nothing. `unread` are the texts that may be what the check looks for and that no person has read. `told` says
    what kept the check from knowing all beside what was seen of each account, a sentence each; `is_doubted` that it
    was a data-quality check that failed. `remark` is a sentence that keeps it from nothing.
    """

    check_id: str
    verdict: Verdict
    platform_count: int | None
    fetched: int
    judged: int
    why: str
    exceptions: tuple[ExceptionFound, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    is_blind: bool = False
    unread: tuple[UnreadText, ...] = ()
    told: tuple[str, ...] = ()
    is_doubted: bool = False
    remark: str | None = None

    def beside(self, standing: int, unseen: int) -> "Outcome":
        """Return the outcome where so many earlier cases stand that were not found again, and so many were not seen.

        Nothing is kept while a case of the check stands or was not seen.
        """
        if not (standing or unseen) or self.verdict == "not_applicable":
            return self
        is_found = self.verdict == "exceptions" or (standing and self.verdict == "kept")
        sentences = (
            self.why,
            standing and _cases(standing, "still stands", "still stand"),
            unseen and _cases(unseen, "was not seen in this run", "were not seen in this run"),
        )
        why = " ".join(str(sentence) for sentence in sentences if sentence)
        return replace(self, verdict="exceptions" if is_found else "could_not_tell", why=why)


def _cases(count: int, one: str, several: str) -> str:
    return f"1 earlier case {one}." if count == 1 else f"{count:,} earlier cases {several}."


def nowhere(check: Check, sources: Sequence[str] = ()) -> Outcome:
    """Return the outcome of a check where the school has no account on these of its sources, or on any."""
    where = " or ".join(PLATFORMS[source] for source in sources or check.sources)
    return Outcome(check.id, "not_applicable", None, 0, 0, f"The school has no official account on {where}.")


def concluded(check: Check, outcome: Outcome) -> Outcome:
    """Return the outcome with the verdict, the figures and the sentences that follow from everything else in it."""
    counts = [seen.platform_count for seen in outcome.coverage if seen.platform_count is not None]
    is_enough = all(seen.is_enough for seen in outcome.coverage) and not outcome.told and not outcome.unread
    sentences = [*(seen.why for seen in outcome.coverage), *outcome.told]
    sentences += filter(None, [to_be_read(check, len(outcome.unread)), outcome.remark])
    verdict: Verdict = "kept" if is_enough else "could_not_tell"
    return replace(
        outcome,
        verdict="exceptions" if outcome.exceptions and not outcome.is_doubted else verdict,
        platform_count=sum(counts) if len(counts) == len(outcome.coverage) else None,
        fetched=sum(seen.fetched for seen in outcome.coverage),
        judged=sum(seen.judged for seen in outcome.coverage),
        why=" ".join(sentence for sentence in sentences if sentence),
    )


def narrowed(check: Check, outcome: Outcome, only: Filter) -> Outcome:
    """Return what an outcome is to a clause that only some of the check's exceptions break."""
    if only == Filter() or outcome.verdict == "not_applicable":
        return outcome
    coverage = tuple(seen for seen in outcome.coverage if not only.platforms or seen.platform in only.platforms)
    if not coverage:
        return nowhere(check, only.platforms)
    exceptions = tuple(one for one in outcome.exceptions if _holds(only, one))
    unread = tuple(text for text in outcome.unread if _holds(only, text.exception))
    return concluded(check, replace(outcome, coverage=coverage, exceptions=exceptions, unread=unread))


def _holds(only: Filter, one: ExceptionFound) -> bool:
    return only.holds(one.platform, one.concerns, one.evidence)


def joined(check: Check, outcomes: Sequence[Outcome]) -> Outcome:
    """Return what a check came to in all ways in which it was asked, each of which has an outcome."""
    meant = [outcome for outcome in outcomes if outcome.verdict != "not_applicable"] or list(outcomes)
    distinct = [outcome for place, outcome in enumerate(meant) if outcome not in meant[:place]]
    if len(distinct) == 1:
        return distinct[0]
    exceptions = {one.fingerprint: one for outcome in reversed(distinct) for one in outcome.exceptions}
    unread = {text.exception.fingerprint: text for outcome in distinct for text in outcome.unread}
    coverage = {(seen.platform, seen.account_id): seen for outcome in distinct for seen in outcome.coverage}
    remarks = dict.fromkeys(outcome.remark for outcome in distinct if outcome.remark)
    whole = replace(
        distinct[0],
        exceptions=tuple(exceptions.values()),
        unread=tuple(text for fingerprint, text in unread.items() if fingerprint not in exceptions),
        coverage=tuple(coverage.values()),
        told=tuple(dict.fromkeys(sentence for outcome in distinct for sentence in outcome.told)),
        remark=" ".join(remarks) or None,
        is_blind=any(outcome.is_blind for outcome in distinct),
        is_doubted=any(outcome.is_doubted for outcome in distinct),
    )
    return concluded(check, whole)


_NOUNS = {"comment": "comment", "post": "post", "actor": "profile"}


def to_be_read(check: Check, count: int) -> str | None:
    """Return the sentence of how many texts wait for a person, such as "2 comments may be abusive; …"."""
    if not count:
        return None
    noun = _NOUNS.get(check.subject_kind, "text")
    if count == 1:
        return f"1 {noun} may {check.may}; a person should read it."
    return f"{count:,} {noun}s may {check.may}; a person should read them."
