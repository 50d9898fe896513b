"""`audit notify`: who is told how a run ended, and a test message to each."""

from typing import Annotated

import typer

from flows.home.arguments import School
from flows.home.context import open_school
from flows.home.exit_codes import DONE, SOURCE_FAILED
from flows.home.settings import ConfigurationError, from_environment
from flows.notify.message import of_test
from flows.notify.telling import Teller
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
