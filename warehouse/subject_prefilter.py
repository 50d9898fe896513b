"""A quick look at a stored page before it is read value by value: of a hundred thousand actors few pages name one."""

import re
from functools import lru_cache

from engines.roll_ids import fold_roll_id
from warehouse.subject_patterns import Subject, plain


def may_name(subject: Subject, said: object) -> bool:
    """Say whether a page's text may name the subject: true for all that do, and for few others; true for bytes."""
    return not isinstance(said, str) or _loosely(subject).search(plain(said)) is not None


@lru_cache(maxsize=4)
def _loosely(subject: Subject) -> re.Pattern[str]:
    """Return a pattern that any text which names the subject has: an id, a handle or the longest word of a name."""
    s = subject
    ids = {ident for _, ident in (*s.actors, *s.written)} | s.person_ids | s.photograph_ids | s.hashes
    bare = set(map(fold_roll_id, s.person_ids))
    words = {max(name.split(), key=len) for name in s.names if name.split()}
    wanted = {plain(each) for each in ids | bare | s.handles | words}
    return re.compile("|".join(re.escape(each) for each in sorted(wanted)) or r"(?!)")
