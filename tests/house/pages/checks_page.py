"""Writes docs/checks.md from the checks' own papers: run `python -m tests.house.pages.checks_page docs/checks.md`."""

import sys
from collections.abc import Iterable
from pathlib import Path

from checks.catalogue import catalogue
from checks.evidence import KINDS, Evidence
from checks.model import Check
from checks.outcome import PLATFORMS
from policies.roles import with_titles

_HEAD = """\
# The checks

<!-- Made by tests/house/pages/checks_page.py from the checks' own papers: do not edit. -->

A check is one question put to what a run has seen.
It answers with exceptions, each a sign that something may not be as the policy says; a person looks at every one.
Its verdict is one of four:

- **kept**: everything was seen and judged in this run, and nothing was found.
- **exceptions**: something was found.
- **could not tell**: nothing was found, but not everything was seen.
- **not applicable**: the school has no account where the check looks, or none on which it has a meaning.

A clause of the policy has a verdict of its own, of those exceptions that break it; where its checks see a part of what
it asks, it is never kept: **nothing seen where we look**.
"""
_EVIDENCE = """\
## What an exception rests on

Each piece of evidence is of a kind: a platform id (or an address that holds one), a roll id, a public name (what an
account calls itself), the text of a stranger, or a fact. Who may read a piece follows from its kind
([for-the-dpo.md](for-the-dpo.md)). These can identify somebody outside the official accounts:

| evidence | kind | of the checks |
|---|---|---|
"""


def page(checks: Iterable[Check]) -> str:
    """Return the page in Markdown: what each check can and cannot see, then each check's paper."""
    listed = sorted(checks, key=lambda check: check.id)
    rows = [f"| [`{c.id}`](#{c.id}) | {_platforms(c)} | {c.sees} | {c.cannot_see} |" for c in listed]
    table = [
        "## What they can and cannot see",
        "",
        "| check | looks at | sees | cannot see |",
        "|---|---|---|---|",
        *rows,
    ]
    return "\n".join([_HEAD, *table, "", _identifying(listed), *(_paper(check) for check in listed)])


def _identifying(checks: Iterable[Check]) -> str:
    declared = [(evidence, check.id) for check in checks for evidence in check.evidence if evidence.identifies]
    labels = sorted({(evidence.label, KINDS[evidence.kind]) for evidence, _ in declared})
    rows = []
    for label, kind in labels:
        ids = [check_id for evidence, check_id in declared if (evidence.label, KINDS[evidence.kind]) == (label, kind)]
        rows.append(f"| `{label}` | {kind} | {', '.join(ids)} |\n")
    return _EVIDENCE + "".join(rows)


def _paper(check: Check) -> str:
    lines = [
        f"## {check.id}",
        "",
        f"**{check.title}.**",
        check.why,
        "",
        f"- Told as: {check.finding.one}; {check.finding.many}",
        f"- What to do: {with_titles(check.next_step)}",
        f"- What not to do: {with_titles(check.do_not)}",
        f"- Whose it is: {check.owner_role.replace('_', ' ')}, within {check.days_to_act} days",
        f"- What makes an open exception come back as changed: {', '.join(check.change_key) or 'nothing'}",
        f"- Evidence, with the values that a clause may go by: {'; '.join(map(_declared, check.evidence)) or 'none'}",
        f"- In the self-test: {_self_test(check)}",
        *(["- Sees all that it asks, so that a clause may be covered whole by it"] if check.sees_all else []),
        "",
    ]
    return "\n".join(lines)


def _declared(evidence: Evidence) -> str:
    whom = ", identifies somebody" if evidence.identifies else ""
    values = f": {', '.join(evidence.values)}" if evidence.values else ""
    return f"`{evidence.label}` ({KINDS[evidence.kind]}{whom}{values})"


def _self_test(check: Check) -> str:
    if check.canary is None:
        return "no case is planted"
    paths = "; ".join(path.name for path in check.canary.paths)
    told = "planted, each beside a near miss, and told apart before this edition of the program publishes anything"
    return f"{told}: {paths}"


def _platforms(check: Check) -> str:
    return ", ".join(PLATFORMS[source] for source in check.sources)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(catalogue().values()), encoding="utf-8")
