"""The fifth step: the school's own policy, drafted from its text, and each clause answered by a press."""

import re
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from dashboards.desk.school.setup_steps import (
    Answers,
    KeptAnswer,
    SentFile,
    SetupError,
    SetupQuestion,
    SetupStep,
    Understood,
)
from flows.home.policy import known_checks, pack_of, watching_checks
from flows.setup.owner import NOTHING, StepOwner, change_settings, in_counts, put_file
from flows.setup.policy_words import BY_HAND, SURE, items, standing, way
from policies.documents import Document, read_document
from policies.drafting.accepting import accepted, mapped, put_aside, reopened
from policies.drafting.editions import compared, draft_of
from policies.drafting.skeleton import skeleton
from policies.mistakes import mistakes_in
from policies.model import PackError, known_packs, load_pack, parse_pack
from policies.toml_edit import with_key
from policies.toml_text import read_text
from warehouse.casebook.people.desk_person import DeskPerson
from warehouse.store.places import SETTING_UP

OWN = "own.toml"
_NOTHING_HOLDS = (
    "Each sentence that obliges somebody becomes a clause, with a proposal and its reason. Nothing holds until you "
    "accept it; the school can run at once, and what is not mapped yet never counts as kept."
)
_UNSAFE = re.compile(r"[^\w .()-]")


@dataclass(frozen=True, slots=True)
class PolicyStep(StepOwner):
    """Drafts own.toml from the policy's text, compares a new edition with it, and writes what a person presses."""

    @property
    def own(self) -> Path:
        """Where the school's own pack lies, or will."""
        name = self.school.school.pack
        return self.places.folder / (name if name and self.is_own else OWN)

    @property
    def is_own(self) -> bool:
        """Whether the school is looked at by a pack of its own, and not by one that ships."""
        return (self.school.school.pack or "").endswith(".toml")

    def step(self) -> SetupStep:
        """Return the step as it stands, with every clause: what is proposed for it, or how it is mapped."""
        school = self.school
        is_set = school.school.pack is not None
        pack = pack_of(school, self.places.folder) if is_set else None
        states = Counter(clause.state for clause in pack.clause) if pack else Counter[str]()
        packs = (("", "none of these"), *((name, load_pack(name).title) for name in known_packs()))
        return SetupStep(
            "policy",
            "The school's own policy",
            standing(pack, states) if pack else "No policy is set, so only what the law asks is looked at.",
            is_done=is_set,
            is_needed=True,
            says=(_NOTHING_HOLDS,),
            takes="The policy as it was adopted" if not is_set else "A new edition of the policy, to be compared",
            accepts=".docx,.pdf,.odt,.html,.txt,.md",
            asks=(
                SetupQuestion("pack", "Or a policy that ships, where it is this school's own", "", "", "choice", packs),
            ),
            items=tuple(items(pack, is_own=self.is_own)) if pack else (),
        )

    def look(self, answers: Answers, file: SentFile | None) -> Understood:
        """Return what became of the text: clauses with what is proposed, or how a new edition differs."""
        if file is None:
            pack = load_pack(self._chosen(answers))
            return Understood(pack.title, (f"Edition {pack.edition}, {in_counts(len(pack.clause), 'clause')}.",))
        document, made, differs = self._drafted(file)
        pack = parse_pack(made, where=OWN)
        proposals = [clause.proposed for clause in pack.clause if clause.proposed]
        sure = sum(one.sure and one.is_one for one in proposals)
        weak = sum(one.is_one and not one.sure for one in proposals)
        none, every = sum(not one.is_one for one in proposals), len(pack.clause) + len(pack.background)
        says = [
            f"{in_counts(len(pack.clause), 'sentence')} of {every:,} oblige somebody.",
            f"For {sure:,} the proposal is sure, for {weak:,} it is to be read, and for {none:,} there is none.",
        ]
        rows = [
            (clause.id, clause.says, clause.force, (clause.proposed and way(clause)) or "mapped")
            for clause in pack.clause
        ]
        are = "one that is" if sure == 1 else f"{sure:,} that are"
        tick = SetupQuestion(SURE, f"Accept the {are} sure", answers.get(SURE, "yes"), kind="tick")
        return Understood(
            heading=document.name,
            says=(*says, *differs),
            doubts=tuple(document.unread()),
            table=(("No.", "The sentence", "Force", "Proposal"), *rows),
            asks=(tick,) if sure else (),
            keeps="This is our policy",
        )

    def keep(self, answers: Answers, file: SentFile | None, person: DeskPerson) -> KeptAnswer:  # noqa: ARG002
        """Write text and pack into the school's folder, and name them in school.toml."""
        if file is None:
            name = self._chosen(answers)
            change_settings(self.places, lambda text: with_key(text, "school", "pack", name))
            return KeptAnswer(f"Kept: {load_pack(name).title}.")
        document, made, _ = self._drafted(file)
        if answers.get(SURE) == "yes":
            made = accepted(made, OWN, is_sure=True).text
        own = self.own
        _ensure_sound(made, own.name)
        put_file(self.places.folder / document.name, file.body)
        put_file(own, made.encode())

        def change(text: str) -> str:
            text = with_key(text, "school", "pack", own.name)
            return with_key(text, "school", "policy_source", document.name)

        change_settings(self.places, change)
        pack = parse_pack(made, where=OWN)
        return KeptAnswer(standing(pack, Counter(clause.state for clause in pack.clause)))

    def press(self, item: str, answer: str, person: DeskPerson) -> KeptAnswer:  # noqa: ARG002
        """Accept, change or put aside one clause, or accept all that are sure; one that is mapped is mapped anew."""
        if not self.is_own:
            raise SetupError(NOTHING)
        text = read_text(self.own, PackError)
        if item == SURE:
            made, done = accepted(text, OWN, is_sure=True).text, "accepted"
        elif answer == "accept":
            made, done = accepted(text, OWN, only=[item]).text, "accepted"
        elif answer == "aside":
            made, done = put_aside(text, OWN, item), "put aside"
        elif answer == "anew":
            made, done = reopened(text, OWN, item), "waits to be mapped, and is not kept until then"
        elif answer in BY_HAND:
            made, done = mapped(text, OWN, item, BY_HAND[answer]), "written down"
        else:
            raise SetupError(NOTHING)
        _ensure_sound(made, self.own.name)
        put_file(self.own, made.encode())
        left = sum(clause.state == "not_mapped" for clause in parse_pack(made, where=OWN).clause)
        return KeptAnswer(
            f"{'All that are sure' if item == SURE else f'Clause {item}'}: {done}. {left:,} are not mapped yet."
        )

    @staticmethod
    def _chosen(answers: Answers) -> str:
        if (name := answers.get("pack", "")) not in known_packs():
            raise SetupError("Drop the policy's own text, or choose one that ships.")
        return name

    def _drafted(self, file: SentFile) -> tuple[Document, str, list[str]]:
        """Return the text, the pack that is drafted from it, and how it differs from the edition that is in force."""
        name = _UNSAFE.sub("_", Path(file.name).name)
        with tempfile.TemporaryDirectory(dir=self.places.folder, prefix=SETTING_UP) as folder:
            path = Path(folder) / name
            path.write_bytes(file.body)
            document = read_document(path)
        if not self.is_own or not self.own.exists():
            return document, skeleton(document, watching_checks()), []
        text = read_text(self.own, PackError)
        pack = parse_pack(text, where=OWN)
        before = self.places.folder / pack.made_from if pack.made_from else None
        editions = compared(pack, document, read_document(before) if before and before.is_file() else None)
        return document, draft_of(text, pack, document, editions, watching_checks()), list(editions.lines())


def _ensure_sound(text: str, name: str) -> None:
    if mistakes := mistakes_in(text, known_checks()):
        raise PackError(f"{name}, line {mistakes[0].line}: {mistakes[0].says} Nothing was changed.")
