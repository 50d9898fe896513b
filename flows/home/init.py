"""`audit init`: a school's folder with everything a person has to fill in, and its key."""

import secrets
from importlib import resources
from pathlib import Path
from typing import Annotated

import typer

from connectors.registers.headers import REGISTERS, asked
from flows.home.arguments import School
from flows.home.keys import find_key
from flows.home.settings import Settings, from_environment
from policies.model import load_pack
from warehouse.store.places import Places
from warehouse.store.private_files import write_new_file

BEGIN_IN_FOLDER = (
    "A school begins as one: do this with AUDIT_HOME=FOLDER, then `audit store push SCHOOL --from FOLDER`, and put its "
    "key into AUDIT_KEYS."
)


def init(
    school_id: School,
    *,
    pack: Annotated[str | None, typer.Option(help="A pack that ships, where it is this school's own policy.")] = None,
) -> None:
    """Make a school's folder: school.toml, registers with their headers, and a key. Never overwrites.

    No policy is set unless one is named: a school is judged by its own.
    """
    settings = from_environment(instead=BEGIN_IN_FOLDER)
    places = Places(settings.home, school_id)
    if pack is not None:
        load_pack(pack)
    places.registers.mkdir(parents=True, exist_ok=True)
    places.photographs.mkdir(exist_ok=True)
    scaffold = resources.files("flows.scaffold")
    text = scaffold.joinpath("school.toml").read_text(encoding="utf-8").replace("SCHOOL_ID", school_id)
    _write(places.settings, text.replace('# pack = "own.toml"', f'pack = "{pack}"') if pack else text)
    _write(places.credentials, scaffold.joinpath("credentials.toml").read_text(encoding="utf-8"))
    for register in REGISTERS:
        _write(places.registers / f"{register}.csv", ",".join(asked(register)) + "\n")
    make_key(settings, places)
    typer.echo(f"Now fill in {places.settings}, then run: audit doctor {school_id}")


def make_key(settings: Settings, places: Places) -> None:
    """Make the key that encrypts this school's warehouse, unless it is there or given by the environment."""
    if settings.key is None and not places.key.exists():
        if places.warehouse.exists() or places.published.exists():
            find_key(settings, places)  # says that the lost key alone opens what is there
        places.key.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(places.key, secrets.token_urlsafe(48) + "\n")


def _write(path: Path, text: str) -> None:
    if path.exists():
        typer.echo(f"kept  {path}")
        return
    write_new_file(path, text.encode())
    typer.echo(f"made  {path}")
