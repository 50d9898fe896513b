"""The reason of an erasure or a hold is kept, and read by people who need not know: it names not whom it is about."""

from dashboards.ask.names_nobody import ensure_names_nobody
from flows.settings import ConfigurationError
from warehouse.subject_patterns import Subject, SubjectMatcher


def ensure_not_named(subject: Subject, reason: str) -> None:
    """Raise AskError or ConfigurationError, in one sentence, where the reason has the subject's name, handle or id.

    A part of the name, written with a capital, is as much as the whole.
    """
    ids = (*subject.person_ids, *subject.handles, *subject.photograph_ids, *(ident for _, ident in subject.actors))
    ensure_names_nobody(reason, names=subject.names, ids=ids, option="reason")
    if SubjectMatcher(subject).in_text(reason):
        raise ConfigurationError("The reason names whom it is about, and it is kept. Say it without name or handle.")
