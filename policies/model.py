"""A policy edition as data: its clauses in order, and how each is kept.

A pack is one TOML file in `policies/packs/`. A clause is met by exactly one of `checks` (the machine looks),
`attest` (a person says so, for a time) or `unobserved` (nobody can see it here, and why). One that a person has yet to
map has `proposed` in their place.
"""

import tomllib
from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from importlib import resources
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError, model_validator

from policies.errors import UserError
from policies.question import Filter, Proposed, Question, refused_coverage
from policies.toml_text import TomlTable, packaged_text, read_text

Force = Literal["must", "should", "may"]
Binds = Literal["staff", "governors", "pupils", "parents", "headteacher", "school", "everybody"]
TOO_DEEP = "its brackets are nested too deeply"
SHA256 = r"^[0-9a-f]{64}$"
Sha256 = Annotated[str, Field(pattern=SHA256)]


class PackError(UserError):
    """A pack cannot be used; the message names the file and every mistake in it."""


class Ending(TomlTable):
    """A check that ends an attestation early when it finds the contrary; `only` are the exceptions that do."""

    check: str
    only: Filter = Filter()


class Attestation(TomlTable):
    """What a person must say, who, how often, and on what evidence.

    `ended_by` are checks that end it early when they find counter-evidence: each by its id, or as a table that says
    which of its exceptions are about what is attested.
    """

    role: str
    every_days: int = Field(gt=0)
    evidence: str
    ended_by: tuple[str | Ending, ...] = ()

    @property
    def endings(self) -> tuple[Ending, ...]:
        """What ends it early, each as a table."""
        return tuple(Ending(check=one) if isinstance(one, str) else one for one in self.ended_by)


class Notification(TomlTable):
    """Who must be notified of a breach, and within how many days; 0 is at once."""

    role: str
    within_days: int | None = Field(default=None, ge=0)
    when: str


class Clause(TomlTable):
    """One obligation, permission or recommendation of the policy, paraphrased.

    `source_sha256` ties it to its sentence. A duty that stands in no policy names the law or the reason in `besides`.
    `covers` says whether the checks together see the whole of what the clause asks, or a part; of a part,
    `not_covered` says in a sentence what is not seen, and why. Only a clause that is covered whole can be kept.
    """

    id: str
    ref: str
    says: str
    force: Force
    binds: Binds
    source_sha256: Sha256 | None = None
    besides: str | None = None
    tell: tuple[Notification, ...] = ()
    checks: tuple[Question, ...] = ()
    covers: Literal["whole", "part"] | None = None
    not_covered: str | None = None
    attest: Attestation | None = None
    unobserved: str | None = None
    proposed: Proposed | None = None

    @model_validator(mode="after")
    def _is_met_once(self) -> "Clause":
        ways = [bool(self.checks), *(way is not None for way in (self.attest, self.unobserved, self.proposed))]
        if sum(ways) != 1:
            raise ValueError("a clause needs exactly one of checks, attest or unobserved")
        if (self.source_sha256 is None) == (self.besides is None):
            raise ValueError("a clause needs source_sha256, or besides for a duty that stands in no policy")
        for key, says in refused_coverage(self.force, self.covers, self.not_covered, is_checked=bool(self.checks)):
            raise ValueError(f"{key} {says}" if key else says)
        return self

    @property
    def state(self) -> str:
        """How the clause is answered for: checked, attested, unobserved, or not_mapped by anybody yet."""
        if self.checks:
            return "checked"
        return "attested" if self.attest else "unobserved" if self.unobserved is not None else "not_mapped"


class Pack(TomlTable):
    """One edition of one policy. `background` are the hashes of the sentences that oblige nobody to anything.

    `made_from` is the name of the file that it was drafted from.
    """

    id: str
    title: str
    edition: str
    adopted_on: date | None = None
    review_by: date | None = None
    made_from: str | None = None
    background: tuple[Sha256, ...] = ()
    clause: tuple[Clause, ...]

    @model_validator(mode="after")
    def _ids_are_unique(self) -> "Pack":
        ids = [clause.id for clause in self.clause]
        if twice := sorted({i for i in ids if ids.count(i) > 1}):
            message = f"these clause ids stand twice: {', '.join(twice)}"
            raise ValueError(message)
        return self

    @property
    def check_ids(self) -> tuple[str, ...]:
        """The checks that the pack calls for, each once, in the order of the clauses."""
        return tuple(dict.fromkeys(q.check for clause in self.clause for q in clause.checks))

    def asks(self, check_id: str) -> tuple[Clause, Question]:
        """Return the first clause that calls for this check, and how it does; KeyError if none."""
        if asked := self.asked(check_id):
            return asked[0]
        raise KeyError(check_id)

    def asked(self, check_id: str) -> tuple[tuple[Clause, Question], ...]:
        """Return every clause that calls for this check, in order, and how it does."""
        return tuple((clause, one) for clause in self.clause for one in clause.checks if one.check == check_id)

    def broken_by(self, check_id: str, platform: str, concerns: str, evidence: Mapping[str, str]) -> tuple[str, ...]:
        """Return the clauses that such an exception of a check breaks, in order, by the filters alone."""
        asked = self.asked(check_id)
        return tuple(dict.fromkeys(c.id for c, one in asked if one.only.holds(platform, concerns, evidence)))


def known_packs() -> tuple[str, ...]:
    """Return the ids of the packs that ship with the program, sorted."""
    names = (entry.name for entry in resources.files("policies.packs").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def load_pack(name: str) -> Pack:
    """Return the shipped pack of this id; PackError with the known ids if there is none."""
    if name not in known_packs():
        near = get_close_matches(name, known_packs(), n=1)
        meant = f" Is it {near[0]}?" if near else ""
        message = f"There is no pack called {name!r}.{meant} Choose one of: {', '.join(known_packs())}."
        raise PackError(message)
    return parse_pack(packaged_text("policies.packs", f"{name}.toml"), where=f"{name}.toml")


LAW_ONLY = "law-only"


def law_only() -> Pack:
    """Return what binds every school without a policy: by it a school is looked at that has not set its own yet."""
    return parse_pack(packaged_text("policies", "law_only.toml"), where="law_only.toml")


def read_pack(path: Path) -> Pack:
    """Return the pack in this file; PackError names every mistake."""
    return parse_pack(read_text(path, PackError), where=path.name)


def parse_pack(text: str, *, where: str) -> Pack:
    """Return the pack written in this TOML text; PackError names `where` and every mistake."""
    try:
        return Pack.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"{where} is not TOML: {error}.") from error
    except RecursionError as error:
        raise PackError(f"{where} is not TOML: {TOO_DEEP}.") from error
    except ValidationError as error:
        raise PackError(f"{where}: {mistakes(error)}") from error


def mistakes(error: ValidationError) -> str:
    """Return every mistake of a validation, as `where: what`, without the values."""
    return "; ".join(f"{'.'.join(map(str, e['loc'])) or 'file'}: {e['msg']}" for e in error.errors())
