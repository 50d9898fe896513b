"""Who acts on the command line and why: a reason is kept, and read by people who need not know of whom it is."""

from dashboards.ask.reasons import acceptable_reason
from flows.home.context import Context
from flows.home.settings import ConfigurationError
from flows.registers.register_files import names_of, registers_as_they_lie
from policies.roles import ONLY_TOLD, ROLES
from warehouse.privacy.subject_patterns import Subject, SubjectMatcher


def ensure_role(by: str, does: str = "decides") -> None:
    """Raise ConfigurationError unless this is a role that may act; `does` says what it does."""
    if by not in ROLES or by in ONLY_TOLD:
        raise ConfigurationError(f"--by is the role that {does}: {', '.join(sorted(ROLES.keys() - ONLY_TOLD))}.")


def reason_of(context: Context, text: str, *, option: str, what: str) -> str:
    """Return what this option says; ReasonError or AskError where it names somebody registered, or cannot be kept."""
    asks = f"Say with --{option} {what}; name no child."
    return acceptable_reason(text, asks=asks, everybody=names_of(registers_as_they_lie(context)), option=option)


def ensure_not_named(subject: Subject, reason: str) -> str:
    """Return the reason of an erasure or a hold; ReasonError, AskError or ConfigurationError where it cannot be kept.

    It may not have the subject's name, handle or id; a part of the name, written with a capital, is as much as it all.
    """
    ids = (*subject.person_ids, *subject.handles, *subject.photograph_ids, *(ident for _, ident in subject.actors))
    said = acceptable_reason(
        reason, asks="Say with --reason why, in words that name nobody.", names=subject.names, ids=ids
    )
    if SubjectMatcher(subject).in_text(said):
        raise ConfigurationError("The reason names whom it is about, and it is kept. Say it without name or handle.")
    return said
