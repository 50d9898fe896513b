"""What the checked clauses of a pack claim, as a table that a test can hold."""

from policies.model import Pack
from policies.question import Question


def claims(pack: Pack) -> dict[str, tuple[str, ...]]:
    """Return for each checked clause whether it is covered whole or in part, then what it asks of each check."""
    return {clause.id: (str(clause.covers), *map(_asked, clause.checks)) for clause in pack.clause if clause.checks}


def _asked(question: Question) -> str:
    said = question.check + "".join(f" on {platform}" for platform in question.only.platforms)
    said += "".join(f" of {' '.join(values)}" for values in question.only.evidence.values())
    given = (value if isinstance(value, list) else [str(value)] for value in question.parameters.values())
    return said + "".join(f" with {' '.join(words)}" for words in given)
