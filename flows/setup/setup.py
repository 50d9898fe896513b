"""`audit setup`: opens the set-up in the browser of this machine, or asks the same on a terminal."""

import re
import shutil
import sys
import tempfile
import webbrowser
from collections.abc import Set as AbstractSet
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from threading import Timer
from typing import Annotated

import typer
from starlette.applications import Starlette

from dashboards.desk.app import make_app
from flows.desk.folder import SchoolFolder
from flows.desk.run_starter import ProcessRunStarter
from flows.desk.school import names_now, opened_desk, school_desk
from flows.desk.serving import ensure_free, serve, serving
from flows.home.arguments import SomeSchool
from flows.home.context import open_casebook
from flows.home.exit_codes import DONE
from flows.home.init import BEGIN_IN_FOLDER, init
from flows.home.process import os_user
from flows.home.settings import ConfigurationError, Settings, from_environment, keep_private
from flows.setup.owner import change_settings
from flows.setup.steps import set_up
from flows.setup.terminal import walk
from policies.desk import DeskSettings
from policies.roles import LEAD
from policies.school_file import read_school
from policies.toml_edit import with_key
from warehouse.casebook.people.desk_people import DeskPeople, DeskPerson
from warehouse.casebook.people.desk_person import plain_name
from warehouse.casebook.people.desk_secrets import sha256_of
from warehouse.store.places import SETTING_UP, Places
from warehouse.store.private_files import write_new_file

_PAGE = (
    '<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer">'
    '<meta http-equiv="refresh" content="0; url={address}"><title>The set-up</title><a href="{address}">Go on</a>'
)
_SECONDS = 0.8  # until the browser is opened: the server needs that to begin


def setup(
    school_id: SomeSchool = None,
    *,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="In the browser, or on this terminal.")
    ] = True,
    port: Annotated[int, typer.Option(min=1, max=65_535, help="The port on this machine.")] = 8377,
    step: Annotated[str | None, typer.Option(help="Only this step, on the terminal.")] = None,
) -> int:
    """Set a school up, from an empty folder to a first report; leave it at any time, and take it up again."""
    keep_private()
    settings = from_environment(instead=BEGIN_IN_FOLDER)
    school = _chosen(settings, school_id)
    places = Places(settings.home, school)
    clear(places)
    places.close_copied()
    with ExitStack() as stack:
        if not browser or step is not None:
            book = stack.enter_context(closing(open_casebook(settings, places)))
            person, _ = _first(DeskPeople(book), settings)
            walk(
                set_up(SchoolFolder(settings, school, book), ProcessRunStarter(settings, places)), places, person, step
            )
            return DONE
        _serve(stack, settings, places, port)
    return DONE


def clear(places: Places) -> None:
    """Delete what an earlier set-up that was killed had been sent and not yet kept."""
    for folder in places.folder.glob(f"{SETTING_UP}*"):
        shutil.rmtree(folder)


def _chosen(settings: Settings, school_id: str | None) -> str:
    """Return the school that is set up, its folder made where there is none; asked for where nobody named one."""
    there = sorted(path.parent.name for path in settings.home.glob("*/school.toml"))
    if school_id is None and len(there) > 1:
        raise ConfigurationError(f"There are several schools: {', '.join(there)}. Say which: audit setup SCHOOL")
    name = ""
    if school_id is None and not there:
        if not sys.stdin.isatty():
            raise ConfigurationError("Say by which id the school is to be known: audit setup hill-view")
        name = str(typer.prompt("The school's name")).strip()
    chosen = school_id or next(iter(there), None) or re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:41]
    if chosen not in there:
        init(chosen)
    if name:
        change_settings(Places(settings.home, chosen), lambda text: with_key(text, "school", "name", name))
    return chosen


def _first(people: DeskPeople, settings: Settings) -> tuple[DeskPerson, str]:
    """Return whoever runs the command as a person of the desk, and the token by which they are let in once."""
    name = re.sub(r"[^a-z0-9._-]", "-", plain_name(os_user())) or "set-up"
    name = name if len(name) > 1 else f"{name}-set-up"
    known = {person.sign_in_name: person for person in people.people() if person.is_active}
    if name in known and known[name].role != LEAD:
        name = f"{name}-set-up"
    token = people.invite(name, LEAD, settings.clock())
    [person] = [person for person in people.people() if person.sign_in_name == name]
    return person, token


def application(stack: ExitStack, settings: Settings, places: Places, hosts: AbstractSet[str]) -> tuple[Starlette, str]:
    """Return the desk with the set-up of a school, and the token that lets whoever began it in, once."""
    desk = opened_desk(stack, settings, places, read_school(places.settings))
    book = desk.book
    _, token = _first(DeskPeople(book, key=desk.key), settings)
    app = make_app(
        desk,
        hosts=hosts,
        names=names_now(settings, places.school),
        school=school_desk(settings, places.school, book),
        setup=replace(set_up(SchoolFolder(settings, places.school, book), desk.starter), first_token=sha256_of(token)),
    )
    return app, token


def leading_to(stack: ExitStack, places: Places, address: str) -> Path:
    """Return a page, its owner's alone, that leads to the address: a browser's command line is read by everybody."""
    folder = stack.enter_context(tempfile.TemporaryDirectory(dir=places.folder.absolute(), prefix=SETTING_UP))
    page = Path(folder) / "begin.html"
    write_new_file(page, _PAGE.format(address=address).encode())
    return page


def _serve(stack: ExitStack, settings: Settings, places: Places, port: int) -> None:
    served = serving(DeskSettings(), host="127.0.0.1", port=port)
    ensure_free(served.host, served.port)
    app, token = application(stack, settings, places, served.hosts)
    address = f"{served.address}/setup/begin/{token}"
    typer.echo(f"The set-up of {places.school}, on this machine alone. It opens once, at:\n{address}")
    typer.echo("Ctrl-C ends it; what was kept stays, and the same command takes it up again.")
    opening = Timer(_SECONDS, webbrowser.open, [leading_to(stack, places, address).as_uri()])
    opening.daemon = True
    opening.start()
    stack.callback(opening.cancel)
    serve(app, served)
