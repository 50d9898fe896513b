"""Proposes how a clause is met, with its reason: by checks, by a person's word, or by nobody; or proposes nothing.

The rules of a check stand in its own paper, under `[[proposed]]`; those for what no check watches in `proposals.toml`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from policies.draft import Sentence
from policies.drafting.known import Known, key_of, known_sentences
from policies.model import Clause
from policies.toml_text import packaged_toml


@dataclass(frozen=True, slots=True)
class Proposal:
    """How a clause might be met, and why: by `checks`, each with its severity, by `attest`, or `unobserved`.

    `clause` is another school's, which is met so. `is_sure` says that it may be accepted with all that are;
    `is_perhaps`, that it is a guess too weak to propose.
    """

    why: str
    checks: tuple[tuple[str, str], ...] = ()
    attest: Mapping[str, Any] | None = None
    unobserved: str | None = None
    is_sure: bool = False
    is_perhaps: bool = False
    clause: Clause | None = None

    @property
    def ways(self) -> tuple[str, ...]:
        """The ids of its checks, or the one word for a person's word or for nobody."""
        return tuple(check for check, _ in self.checks) or ("attest" if self.attest else "unobserved",)


# A word that forbids, and what it forbids after it: not across another rule of the sentence, nor where it is forbidden
# to keep somebody from it.
_FORBIDS = (
    r"(?:\b(?:not|never|nor?|neither|cannot|avoid|refrain|refuse|decline|block|remove|prohibit(?:ed|s)?|forbid(?:den|s)?"
    r"|ban(?:ned|s)?|unacceptable|inappropriate|(?:no|nobody|no one|none)\b(?:(?!\bbut\b)[^;.,])*?\b(?:may|should|must)"
    r")\b|n't\b)"
    r"(?:(?!\b(?:but|must|should|shall|may|encouraged|discouraged?|prevent(?:ed)?|stop(?:ped)?|kept?|keep)\b)[^;.])*?(?:{})"
)
# What is asked for or left open though a word that forbids stands before it: not fail to, need not, does not yet.
_WITHIN = r"(?:(?!\b(?:but|must|should|shall|may)\b)[^;,.])*"
_ALLOWS = (
    rf"\b(?:if|who|where|when|whoever|those|anyone|unless)\b{_WITHIN}?(?:\b(?:not|cannot|never)|n't)\b{_WITHIN}"
    r"|(?:\b(?:not|never|cannot|nobody|no|none|avoid|refrain\w*|forbidden|prohibited|unacceptable)|n't)\b"
    r"(?:(?!\b(?:but|must|should|shall|may)\b|\b(?:{0}))[^;,.])*?\b(?:not\b|fail|forget|hesitat|omit|neglect|ignor|refus"
    rf"|delay|only\b|have to\b|need(?:ed)?\b|requir|oblig|compulsory|mandatory|expected\b){_WITHIN}"
)


@dataclass(frozen=True, slots=True)
class ProposalRule:
    """When a way is proposed: `says` are all in the sentence, none of `unless` is; `binds`, `force`: one of these.

    `forbids` is what the sentence forbids, what `allows` finds left out: a check that lists whoever does it must not
    be asked where they are to.
    """

    says: tuple[re.Pattern[str], ...] = ()
    unless: tuple[re.Pattern[str], ...] = ()
    binds: tuple[str, ...] = ()
    force: tuple[str, ...] = ()
    forbids: re.Pattern[str] | None = None
    allows: re.Pattern[str] | None = None
    more: Mapping[str, Any] = field(default_factory=dict)

    def holds(self, sentence: Sentence) -> bool:
        """Say whether it holds for a sentence."""
        if (self.binds and sentence.binds not in self.binds) or (self.force and sentence.force not in self.force):
            return False
        said = re.sub(r"[*_]", "", sentence.whole.lower().replace("\u2019", "'").replace("\u2018", "'"))
        if self.forbids and self.allows and not self.forbids.search(self.allows.sub("", said)):
            return False
        return all(one.search(said) for one in self.says) and not any(one.search(said) for one in self.unless)


def rule_of(given: Mapping[str, Any]) -> ProposalRule:
    """Return the rule that a table of TOML gives; re.error for a wrong pattern."""
    more = dict(given)
    says, unless = (tuple(map(re.compile, more.pop(key, ()))) for key in ("says", "unless"))
    binds, force = (tuple(more.pop(key, ())) for key in ("binds", "force"))
    forbids = more.pop("forbids", None)
    forbidden, allowed = (re.compile(one.format(forbids)) if forbids else None for one in (_FORBIDS, _ALLOWS))
    return ProposalRule(says, unless, binds, force, forbidden, allowed, more)


@dataclass(frozen=True, slots=True)
class WatchingCheck:
    """A check with its title, what it cannot see, and the rules for what it watches."""

    id: str
    title: str
    cannot_see: str
    rules: Sequence[ProposalRule]
    sees_all: bool = False


_OTHER_RULES = [rule_of(one) for one in packaged_toml("policies.drafting", "proposals.toml")["rule"]]


def proposals_for(sentence: Sentence, checks: Sequence[WatchingCheck], known: Known | None = None) -> list[Proposal]:
    """Return what is proposed for a sentence, best first; nothing for one that obliges nobody.

    What other schools' clauses of the same words are met by comes first: `known`, or else those of the packs that ship.
    It is sure where every one is met alike and no rule proposes another way.
    """
    if sentence.force is None:
        return []
    ruled = _ruled(sentence, checks)
    found = (known_sentences() if known is None else known).get(key_of(sentence), ())
    near = [_as_mapped(clause) for _, clause in found if not (clause.checks and sentence.force == "may")]
    if near:
        schools = {pack for pack, _ in found}
        first = next((one for one in ruled if not one.is_perhaps), None)
        agrees = first is None or first.ways == near[0].ways
        are_one = len(near) == len(schools) and len({one.ways for one in near}) == 1
        is_sure = agrees and (are_one or bool(first and first.is_sure))
        counted = f"{len(schools)} other schools' clauses" if len(schools) > 1 else "another school's clause"
        why = f"As {counted} of the same words {'were' if len(schools) > 1 else 'was'} mapped."
        near = [replace(one, why=why, is_sure=is_sure and place == 0) for place, one in enumerate(near)]
    made = near + ruled
    return [one for place, one in enumerate(made) if one.ways not in [each.ways for each in made[:place]]]


def _as_mapped(clause: Clause) -> Proposal:
    checks = tuple((one.check, str(one.severity)) for one in clause.checks)
    attest = clause.attest.model_dump(mode="json", exclude_unset=True) if clause.attest else None
    return Proposal("", checks, attest, clause.unobserved, clause=clause)


def _ruled(sentence: Sentence, checks: Sequence[WatchingCheck]) -> list[Proposal]:
    others = [rule for rule in _OTHER_RULES if rule.holds(sentence)]
    first = [rule for rule in others if rule.more.get("before_checks")]
    watched = list(_watching(sentence, checks)) if sentence.force != "may" else []
    return [*map(_other, first), *watched, *(_other(rule) for rule in others if rule not in first)]


def _watching(sentence: Sentence, checks: Sequence[WatchingCheck]) -> Iterator[Proposal]:
    found = [(rule, check) for check in checks for rule in check.rules if rule.holds(sentence)]
    found.sort(key=lambda pair: -len(pair[0].says) - bool(pair[0].binds))
    if found:
        titles = "; ".join(dict.fromkeys(check.title for _, check in found))
        named = dict.fromkeys((check.id, str(rule.more["severity"])) for rule, check in found)
        is_sure = {check.id for rule, check in found if rule.more.get("sure")} == {check for check, _ in named}
        yield Proposal(f"What it asks shows on the official accounts: {titles}.", tuple(named), is_sure=is_sure)


def _other(rule: ProposalRule) -> Proposal:
    more = rule.more
    why = str(more.get("why") or more["unobserved"])
    return Proposal(
        why, (), more.get("attest"), more.get("unobserved"), bool(more.get("sure")), bool(more.get("perhaps"))
    )
