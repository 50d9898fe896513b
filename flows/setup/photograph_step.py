"""The fourth step: a folder of pictures, approved several at once, with the pupils whom each shows typed by name."""

import re
from dataclasses import dataclass
from pathlib import Path

from connectors.records import Person
from dashboards.desk.school.school_desk import NewApproval, PhotographTrial
from dashboards.desk.school.setup_steps import (
    Answers,
    KeptAnswer,
    SentFile,
    SetupError,
    SetupQuestion,
    SetupStep,
    Understood,
)
from engines.pictures.verdicts.approvals import CHANNELS
from engines.text import fold
from flows.desk.photographs import approve, look_at, photographs
from flows.home.settings import ConfigurationError
from flows.registers.register_files import name_of, people_of
from flows.setup.owner import StepOwner, in_counts, listed, sentence_of
from policies.errors import UserError
from warehouse.casebook.people.desk_person import DeskPerson

_ENDINGS = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".heic"})
_AT_ONCE, _MOST_BYTES = 12, 25_000_000
_BASES = (("consent", "consent"), ("public_task", "public task"), ("legitimate_interests", "legitimate interests"))
_NOBODY = "nobody"
_HOW = (
    "Pictures that may be shown are approved here, twelve at a time. Beside each is written whom it shows, by name; "
    "whether they may be shown is taken from the pupils list. One of which nothing is written is left."
)


@dataclass(frozen=True, slots=True)
class _Found:
    """One picture of the folder: its file, its bytes, and what was made of it."""

    path: Path
    body: bytes
    trial: PhotographTrial


@dataclass(frozen=True, slots=True)
class PhotographStep(StepOwner):
    """Looks at a folder of pictures, and writes those whose pupils were named into folder and register."""

    def step(self) -> SetupStep:
        """Return the step as it stands: how many photographs are on the register."""
        try:
            count = len(photographs(self.folder.context()))
            stands = f"{in_counts(count, 'photograph')} on the register."
        except UserError as error:
            count, stands = 0, sentence_of(error)
        ticks = (SetupQuestion(f"channel.{key}", f"For {name}", "yes", "", "tick") for key, name in CHANNELS.items())
        return SetupStep(
            "photographs",
            "Photographs that may be shown",
            stands,
            is_done=count > 0,
            says=(_HOW,),
            asks=(
                SetupQuestion(
                    "folder", "The folder on this machine with the pictures", "", "/home/me/Pictures/approved"
                ),
                SetupQuestion("basis", "On what basis they are shown", "consent", "", "choice", _BASES),
                SetupQuestion(
                    "reference", "What that rests on (don't name a child)", "", "Consent forms of September 2026"
                ),
                *ticks,
            ),
        )

    def look(self, answers: Answers, file: SentFile | None) -> Understood:  # noqa: ARG002
        """Return the pictures that are not on the register yet, each with a field for whom it shows."""
        self._given(answers)
        found, doubts, known = self._found(answers)
        asks = []
        for number, one in enumerate(found):
            typed = answers.get(_field(one), "")
            asks.append(
                SetupQuestion(_field(one), one.path.name, typed, "Ada Okafor, Tom Lane; or nobody", picture=number)
            )
            doubts += [f"{one.path.name}: {told}" for told in self._pupils(typed)[1]]
            if one.trial.tells_place:
                doubts.append(f"{one.path.name} tells where it was taken; it is kept so.")
        says = (f"{in_counts(known, 'picture')} of the folder are on the register already.",) if known else ()
        return Understood(
            heading=f"{in_counts(len(found), 'picture')} to approve",
            says=says,
            doubts=tuple(doubts),
            asks=tuple(asks),
            keeps="Approve those with a name",
            pictures=tuple(one.trial.preview for one in found),
        )

    def keep(self, answers: Answers, file: SentFile | None, person: DeskPerson) -> KeptAnswer:  # noqa: ARG002
        """Approve each picture beside which it was written whom it shows; those that may not be shown are refused."""
        basis, reference, channels = self._given(answers)
        done, refused = 0, []
        for one in self._found(answers)[0]:
            typed = answers.get(_field(one), "").strip()
            ids, doubts = self._pupils(typed)
            if not typed or doubts:
                refused += [f"{one.path.name}: {told}" for told in doubts]
                continue
            shows = "pupils" if ids else _NOBODY
            approval = NewApproval(
                self._next_id(), shows, ids, basis, reference, channels, None, (), is_end_known=False
            )
            try:
                approve(self.folder, one.body, approval, person)
                done += 1
            except UserError as error:
                refused.append(f"{one.path.name}: {sentence_of(error)}")
        return KeptAnswer("\n".join([f"Approved: {in_counts(done, 'picture')}.", *refused]))

    def _given(self, answers: Answers) -> tuple[str, str, tuple[str, ...]]:
        basis, reference = answers.get("basis", ""), answers.get("reference", "").strip()
        channels = tuple(key for key in CHANNELS if answers.get(f"channel.{key}") == "yes")
        if basis not in dict(_BASES) or not channels or not reference:
            raise SetupError("Choose the basis and one channel at least, and write what the approval rests on.")
        names = {fold(name) for pupil in self._roll() for name in name_of(pupil).forms if " " in name}
        if any(name in fold(reference) for name in names):
            raise SetupError("What the approval rests on names somebody. Say it by the form's number or day.")
        return basis, reference, channels

    def _found(self, answers: Answers) -> tuple[list[_Found], list[str], int]:
        """Return the first pictures that are new, what is to be said of others, and how many are known."""
        folder = Path(answers.get("folder", "").strip().strip("\"'")).expanduser()
        if not answers.get("folder", "").strip() or not folder.is_dir():
            raise SetupError("There is no such folder on this machine. Copy its place from your file manager.")
        found: list[_Found] = []
        doubts: list[str] = []
        known = 0
        for path in sorted(path for path in folder.iterdir() if path.suffix.lower() in _ENDINGS and path.is_file()):
            if len(found) == _AT_ONCE:
                break
            try:
                if path.stat().st_size > _MOST_BYTES:
                    raise ConfigurationError("it is larger than 25 MB. Save a smaller one.")
                body = path.read_bytes()
                trial = look_at(self.folder, body)
            except UserError as error:
                doubts.append(f"{path.name}: {sentence_of(error)}")
                continue
            if any(like.is_same for like in trial.likenesses):
                known += 1
            else:
                found.append(_Found(path, body, trial))
        return found, doubts, known

    def _roll(self) -> list[Person]:
        context = self.folder.context()
        return people_of(self.places.registers, context.school, ("pupils",), context.as_of, pepper=context.names_key)

    def _pupils(self, typed: str) -> tuple[tuple[str, ...], list[str]]:
        """Return the ids of the pupils whose names were typed, and a sentence for each name that is not one pupil's."""
        ids, doubts = [], []
        for name in listed(typed) if typed.strip().casefold() != _NOBODY else []:
            meant = [pupil for pupil in self._roll() if _is_called(pupil, name)]
            if len(meant) == 1:
                ids.append(meant[0].person_id)
            else:
                doubts.append(f"{in_counts(len(meant), 'pupil')} of the list are called {name}: write the whole name.")
        return tuple(dict.fromkeys(ids)), doubts

    def _next_id(self) -> str:
        year = self.folder.settings.clock().year
        taken = [re.fullmatch(rf"ph-{year}-(\d+)", row.photograph_id) for row in photographs(self.folder.context())]
        return f"ph-{year}-{max((int(match[1]) for match in taken if match), default=0) + 1:03}"


def _field(found: _Found) -> str:
    return f"who.{found.trial.sha256[:12]}"


def _is_called(pupil: Person, typed: str) -> bool:
    return fold(typed) in {fold(name) for name in (*name_of(pupil).forms, pupil.person_id)}
