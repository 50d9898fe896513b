"""`audit policies draft|accept|compare`: a pack from a school's own policy, and from a new edition of it."""

from pathlib import Path
from typing import Annotated

import typer

from flows.home.exit_codes import DONE
from flows.home.policy import known_checks, watching_checks
from flows.home.settings import ConfigurationError
from flows.home.terminal import say
from policies.documents import read_document
from policies.drafting.accepting import accepted
from policies.drafting.editions import compared, draft_of
from policies.drafting.skeleton import skeleton
from policies.mistakes import mistakes_in
from policies.model import PackError, parse_pack
from policies.toml_text import read_text


def accept(
    file: Annotated[Path, typer.Argument(help="A draft of your own, in TOML.")],
    clauses: Annotated[list[str] | None, typer.Argument(help="The ids of clauses, as in: 4 7 12", metavar="ID")] = None,
    *,
    sure: Annotated[bool, typer.Option("--sure", help="Accept all that are sure.")] = False,
) -> int:
    """Accept what a draft proposes, for some clauses or for all that are sure; the file is written again."""
    if not clauses and not sure:
        raise ConfigurationError(
            "Say which: the ids of clauses, as in `audit policies accept own.toml 4 7`, or --sure."
        )
    made = accepted(read_text(file, PackError), file.name, only=clauses or (), is_sure=sure)
    if mistakes := mistakes_in(made.text, known_checks()):
        raise PackError(f"{file.name}, line {mistakes[0].line}: {mistakes[0].says} Nothing was accepted.")
    beside = file.with_name(f".{file.name}.new")
    beside.write_text(made.text, encoding="utf-8")
    beside.replace(file)
    named = f": {', '.join(made.ids)}" if made.ids else ""
    typer.echo(f"Accepted {len(made.ids)}{named}. {made.not_mapped} are not mapped yet.")
    return DONE


def draft(
    file: Annotated[Path, typer.Argument(help="Your own policy: .txt, .md, .docx, .pdf, .odt or .html.")],
    *,
    out: Annotated[Path | None, typer.Option(help="Where the pack goes; never overwritten.")] = None,
) -> None:
    """Draft a pack from your own policy: a clause for each sentence that obliges somebody, with what is proposed."""
    _ensure_is_new(out)
    document = read_document(file)
    text = skeleton(document, watching_checks())
    for sentence in document.unread():
        typer.echo(sentence, err=True)
    if out is None:
        typer.echo(text, nl=False)
    else:
        _write(out, text)
    _what_next(out)


def _what_next(out: Path | None) -> None:
    name = out or Path("own.toml")
    typer.echo(f"made  {out}" if out else "To keep it, give it a file with --out own.toml", err=True)
    typer.echo(f"To accept all that is proposed and sure: audit policies accept {name} --sure", err=True)
    typer.echo(
        "Then read the others, and accept each by its id or map it by hand: until then it is not kept.", err=True
    )
    typer.echo(f"To see what is wrong or left out: audit policies check {name}", err=True)
    typer.echo(f'Then put it into the school\'s folder, and into its school.toml: pack = "{name.name}"', err=True)


def compare(
    pack: Annotated[Path, typer.Argument(help="The pack of the edition that is in force, in TOML.")],
    file: Annotated[Path, typer.Argument(help="The new edition: .txt, .md, .docx, .pdf, .odt or .html.")],
    *,
    old: Annotated[Path | None, typer.Option(help="The old text; else the file the pack was made from.")] = None,
    out: Annotated[Path | None, typer.Option(help="Where the new edition's pack goes; never overwritten.")] = None,
) -> None:
    """Compare a new edition of a policy with its pack: what is new, gone or reworded, side by side.

    With --out its pack is drafted: what stands keeps its mapping, what was reworded has it as a proposal.
    """
    _ensure_is_new(out)
    text = read_text(pack, PackError)
    known, document = parse_pack(text, where=pack.name), read_document(file)
    beside = pack.parent / known.made_from if known.made_from else None
    old = old or (beside if beside and beside.is_file() and beside.resolve() != file.resolve() else None)
    editions = compared(known, document, read_document(old) if old else None)
    for line in editions.lines():
        say(line, indent=0)
    if out is not None:
        _write(out, draft_of(text, known, document, editions, watching_checks()))
        typer.echo(f"made  {out}", err=True)
        typer.echo(f"Read what was reworded; what still holds, accept by its id: audit policies accept {out}", err=True)
        typer.echo("An attestation of a clause that was reworded ends: attest it again once it is accepted.", err=True)


def _ensure_is_new(out: Path | None) -> None:
    if out is not None and out.exists():
        raise ConfigurationError(f"{out} is there already and stays as it is. Choose another name with --out.")


def _write(out: Path, text: str) -> None:
    with out.open("x", encoding="utf-8") as made:
        made.write(text)
