"""`audit papers`: writes the papers of data protection, and remembers what they rest on, for doctor."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from dashboards.papers.papers import papers_of, papers_sha256
from dashboards.papers.write import BESIDE, MANIFEST, PapersError, beside_in, write_papers
from flows.home.arguments import School
from flows.home.context import Context, open_context
from flows.home.settings import from_environment
from flows.home.terminal import DoctorLine

REMEMBERED = "papers.json"


def papers(
    school: School, *, out: Annotated[Path, typer.Option(help="The folder that they go into; it is made.")]
) -> None:
    """Write the record of processing, a DPIA and a policy document to complete, and the privacy notices."""
    context = open_context(from_environment(), school, None)
    made = papers_of(context.school, context.today())
    written = write_papers(made, out)
    manifest = json.loads((written.folder / MANIFEST).read_text(encoding="utf-8"))
    remembered = json.dumps(manifest | {"folder": str(written.folder.resolve())}, indent=2)
    (context.places.folder / REMEMBERED).write_text(f"{remembered}\n", encoding="utf-8")
    for name in written.names:
        typer.echo(str(written.folder / name))
    if made.to_complete:
        typer.echo("They are drafts until the school has said, in school.toml:")
        for each in made.to_complete:
            typer.echo(f"  {each}")
    if written.kept:
        raise PapersError(
            f"Left as somebody changed them: {', '.join(written.kept)}. The new ones stand beside them, "
            f"with {BESIDE} behind the name: carry over what is new, and delete them."
        )


def papers_line(context: Context) -> Iterator[DoctorLine]:
    """Say whether the papers that were made last rest on what the program and school.toml say now."""
    file = context.places.folder / REMEMBERED
    again = f"Make them again, and have the notices read: audit papers {context.school.id} --out FOLDER"
    if not file.exists():
        says = f"none were made here; the record of processing and the notices: audit papers {context.school.id} --out"
        yield DoctorLine("papers", is_ok=True, says=f"{says} FOLDER")
        return
    try:
        manifest = json.loads(file.read_text(encoding="utf-8"))
        rests_on, made_on = str(manifest["rests_on_sha256"]), str(manifest["made_on"])
        waiting = beside_in(Path(manifest["folder"])) if "folder" in manifest else ()
    except (ValueError, KeyError, TypeError):
        yield DoctorLine("papers", is_ok=False, says=f"{REMEMBERED} cannot be read. {again}")
        return
    if waiting:
        says = f"beside those that you changed wait {', '.join(waiting)}. Carry over what is new, and delete them."
        yield DoctorLine("papers", is_ok=False, says=says)
    elif rests_on == papers_sha256(context.school) and (left := len(tuple(context.school.papers.to_complete()))):
        says = f"of {made_on}; drafts, for the school has {left} things to say. See: audit papers {context.school.id}"
        yield DoctorLine("papers", is_ok=True, says=says)
    elif rests_on == papers_sha256(context.school):
        yield DoctorLine("papers", is_ok=True, says=f"of {made_on}; they say what is kept.")
    else:
        says = f"those of {made_on} are older than what is kept, or than school.toml. {again}"
        yield DoctorLine("papers", is_ok=False, says=says)
