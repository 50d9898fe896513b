"""All steps of one school's set-up, behind the two doors: the desk's pages and the terminal."""

from dataclasses import replace
from functools import partial

from dashboards.desk.school.desk import RunStarter
from dashboards.desk.school.setup_steps import Answers, KeptAnswer, SentFile, SetUp, SetupError, SetupStep, Understood
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
    return SetUp(
        name=lambda: next(iter(owners.values())).school.school.name,
        steps=lambda: tuple(owner.step() for owner in owners.values()),
        step=partial(_step, owners),
        look=partial(_look, owners),
        keep=partial(_keep, owners, folder),
        press=partial(_press, owners, folder),
    )


def _owner(owners: Owners, step: str) -> StepOwner:
    if step not in owners:
        raise SetupError(f"There is no such step. There are: {', '.join(owners)}.")
    return owners[step]


def _step(owners: Owners, step: str) -> SetupStep:
    return _owner(owners, step).step()


def _look(owners: Owners, step: str, answers: Answers, file: SentFile | None) -> Understood:
    return _owner(owners, step).look(answers, file)


def _keep(
    owners: Owners, folder: SchoolFolder, step: str, answers: Answers, file: SentFile | None, person: DeskPerson
) -> KeptAnswer:
    with folder.changing:
        return _owner(owners, step).keep(answers, file, person)


def _press(owners: Owners, folder: SchoolFolder, step: str, item: str, answer: str, person: DeskPerson) -> KeptAnswer:
    with folder.changing:
        return _owner(owners, step).press(item, answer, person)
