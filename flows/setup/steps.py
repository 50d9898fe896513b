"""All steps of one school's set-up, behind the two doors: the desk's pages and the terminal."""

from dataclasses import replace

from dashboards.desk.school.desk import RunStarter
from dashboards.desk.school.setup_steps import Answers, KeptAnswer, SentFile, SetUp, SetupError
from flows.desk.folder import SchoolFolder
from flows.setup.account_step import AccountStep
from flows.setup.lawful_step import LawfulStep
from flows.setup.list_step import ListStep
from flows.setup.owner import StepOwner
from flows.setup.people_step import PeopleStep
from flows.setup.photograph_step import PhotographStep
from flows.setup.policy_step import PolicyStep
from flows.setup.report_step import ReportStep
from flows.setup.school_step import SchoolStep
from warehouse.casebook.people.desk_person import DeskPerson

Owners = dict[str, StepOwner]


def set_up(folder: SchoolFolder, starter: RunStarter | None) -> SetUp:
    """Return the set-up of a school; every step reads what lies in the folder at that moment."""
    owners: Owners = {
        "school": SchoolStep(folder),
        "accounts": AccountStep(folder),
        "lists": ListStep(folder),
        "photographs": PhotographStep(folder),
        "policy": PolicyStep(folder),
        "people": PeopleStep(folder),
        "lawful": LawfulStep(folder),
        "report": ReportStep(folder, starter=starter),
    }
    return _of(owners, folder)


def policy_alone(folder: SchoolFolder) -> SetUp:
    """Return the one step that goes on after the set-up: the policy, its clauses, and its next edition."""
    return replace(_of({"policy": PolicyStep(folder)}, folder), is_after=True)


def _of(owners: Owners, folder: SchoolFolder) -> SetUp:
    def owner(step: str) -> StepOwner:
        if step not in owners:
            raise SetupError(f"There is no such step. There are: {', '.join(owners)}.")
        return owners[step]

    def keep(step: str, answers: Answers, file: SentFile | None, person: DeskPerson) -> KeptAnswer:
        with folder.changing:
            return owner(step).keep(answers, file, person)

    def press(step: str, item: str, answer: str, person: DeskPerson) -> KeptAnswer:
        with folder.changing:
            return owner(step).press(item, answer, person)

    return SetUp(
        name=lambda: next(iter(owners.values())).school.school.name,
        steps=lambda: tuple(each.step() for each in owners.values()),
        step=lambda step: owner(step).step(),
        look=lambda step, answers, file: owner(step).look(answers, file),
        keep=keep,
        press=press,
    )
