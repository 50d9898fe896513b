"""`audit expire`: deletes what is over its clock, says what will go, and lists the certificates."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated

import typer

from flows.home.arguments import AsJson, School
from flows.home.context import open_context
from flows.home.settings import ConfigurationError, from_environment
from flows.home.workspace import A_LEASE, workspace
from flows.retention import retention
from policies.dates import long_date
from warehouse.privacy.age_deletions import DeletionCertificate

Counts = Mapping[tuple[str, str], int]


def expire(
    school: School,
    *,
    preview: Annotated[bool, typer.Option("--preview", help="Say what would go, and delete nothing.")] = False,
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day; confirms today's.")] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the certificates of what was deleted.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="The clock is right, however long ago the last run was.")] = False,
    as_json: AsJson = False,
) -> None:
    """Delete data past its retention period, and print the certificate: counts by table and clock."""
    day = on.date() if on else None
    if list_ and preview:
        raise ConfigurationError("Choose --list or --preview, not both.")
    if list_:
        _list_certificates(school, as_json=as_json)
    elif preview:
        _preview(school, on=day, as_json=as_json)
    else:
        expire_school(school, on=day, is_confirmed=yes, as_json=as_json)


def expire_school(
    school: str, *, on: date | None = None, is_confirmed: bool = False, as_json: bool, waits: bool = False
) -> None:
    """Delete what is over its clock and print the certificate; `on` confirms which day it is.

    `waits` until the lease of another worker would end.
    """
    with workspace(from_environment(may_be_stored=True), school, waits=A_LEASE if waits else 0) as here:
        context = open_context(here.settings, school, None)
        if on is not None and on != context.today():
            raise ConfigurationError(
                f"By this machine's clock it is {context.today()} at the school. Say that day with --on to confirm it, "
                "set the clock right, or add --preview to see what goes on another day."
            )
        certificate = retention.expire(context, is_confirmed=is_confirmed or on is not None)
    if as_json:
        typer.echo(json.dumps(None if certificate is None else _as_data(certificate), indent=2))
    elif certificate is None:
        typer.echo("Nothing is over its clock; nothing was deleted.")
    else:
        typer.echo(_certificate(certificate))


def _preview(school: str, *, on: date | None, as_json: bool) -> None:
    """Print what would go on a day, a month from now unless it is said; nothing is deleted."""
    context = open_context(from_environment(), school, None)
    day = on or context.today() + retention.NEXT_MONTH
    if day < context.today():
        raise ConfigurationError(f"{day} is over. Choose today or a day to come with --on.")
    found = retention.preview(context, day)
    if as_json:
        data = {"on": found.on.isoformat(), "goes": _rows(found.goes), "held": _rows(found.held)}
        typer.echo(json.dumps(data, indent=2))
        return
    typer.echo(f"What goes by {long_date(found.on)} unless it is told again; nothing was deleted now.")
    typer.echo(_table(found.goes) or "Nothing.")
    if found.held:
        typer.echo("Over its clock and kept by a recorded hold:")
        typer.echo(_table(found.held))


def _list_certificates(school: str, *, as_json: bool) -> None:
    """Print every certificate, the oldest first."""
    found = retention.certificates(open_context(from_environment(), school, None))
    if as_json:
        typer.echo(json.dumps([_as_data(one) for one in found], indent=2))
        return
    typer.echo("\n\n".join(map(_certificate, found)) or "Nothing was deleted for its age yet.")


def _certificate(certificate: DeletionCertificate) -> str:
    head = f"Certificate {certificate.certificate_id}: deleted for its age on {long_date(certificate.deleted_on)}"
    return f"{head}\n{_table(certificate.counts)}"


def _table(counts: Counts) -> str:
    return "\n".join(f"{table:28} {clock:18} {rows:8,}" for (table, clock), rows in sorted(counts.items()))


def _as_data(certificate: DeletionCertificate) -> dict[str, object]:
    return {
        "certificate": certificate.certificate_id,
        "deleted_on": certificate.deleted_on.isoformat(),
        "made_at": certificate.made_at.isoformat(),
        "counts": _rows(certificate.counts),
    }


def _rows(counts: Counts) -> list[dict[str, object]]:
    return [{"table": table, "clock": clock, "rows": rows} for (table, clock), rows in sorted(counts.items())]
