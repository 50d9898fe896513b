"""`audit notify`: who is told how a run ended, and a test message to each."""

from collections.abc import Callable
from functools import partial
from threading import Thread
from typing import Annotated

import typer

from flows.home.arguments import School
from flows.home.context import open_school
from flows.home.exit_codes import DONE, SOURCE_FAILED
from flows.home.settings import ConfigurationError, Settings, from_environment
from flows.notify.message import of_given, of_test
from flows.notify.telling import Teller, without_harm
from policies.roles import title_of


def notify(
    school_id: School,
    *,
    test: Annotated[bool, typer.Option("--test", help="Send a test message to everyone named.")] = False,
) -> int:
    """Show who is told how a run ended, or with --test send each of them a test message."""
    settings = from_environment()
    _, school, _ = open_school(settings, school_id)
    if not school.notify:
        raise ConfigurationError(f"school.toml of {school_id} notifies nobody. Add a [[notify]] block for each role.")
    if not test:
        for recipient in school.notify:
            typer.echo(f"{title_of(recipient.role)}: by [{recipient.to}], of {', '.join(recipient.on)}")
        return DONE
    teller = Teller.of(settings, school_id, None)
    answers = teller.deliver(of_test(school.school.name), school.notify) if teller else []
    for recipient, problem in answers:
        typer.echo(f"{title_of(recipient.role)}: {'not accepted' if problem else 'accepted'}")
    return SOURCE_FAILED if any(problem for _, problem in answers) else DONE


def teller_of_given(settings: Settings, school_id: str) -> Callable[[str], None]:
    """Return what tells a role that somebody gave it a case or a task; whoever gives it does not wait for that."""

    def tell(role: str) -> None:
        telling = partial(without_harm, partial(tell_given, settings, school_id, role))
        Thread(target=telling, daemon=True).start()

    return tell


def tell_given(settings: Settings, school_id: str, role: str) -> None:
    """Tell a role, where school.toml says how, that something was given to it; what it is stands at the desk alone."""
    teller = Teller.of(settings, school_id, None)
    if teller is None or teller.school is None:
        return
    told = tuple(recipient for recipient in teller.recipients({"given"}) if recipient.role == role)
    if told:
        teller.deliver(of_given(teller.school.school.name, teller.school.desk.address), told)
