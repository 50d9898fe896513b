"""The program's commands: for each, the function that it calls. A command's module is imported when it runs."""

import logging
import sys
from collections.abc import Mapping
from importlib.metadata import version
from typing import Annotated

import typer

from flows.commands.exit_codes import ended
from flows.commands.lazy_commands import Command, CommandGroup, Entry, program
from flows.settings import keep_private, quiet

COMMANDS: Mapping[str, Mapping[str, Entry]] = {
    "Set up and maintain": {
        "init": "flows.commands.init:init",
        "doctor": "flows.commands.doctor:doctor",
        "login": CommandGroup(
            "Sign in as the owner of an official account, so that the audit may read it.",
            {"x": "flows.commands.login:x", "youtube": "flows.commands.login:youtube"},
        ),
        "policies": CommandGroup(
            "List, show and check policy packs: those that ship, and your own.",
            {
                "list": "flows.commands.policies:list_packs",
                "show": "flows.commands.policies:show",
                "check": "flows.commands.policies:check",
                "coverage": "flows.commands.policy_coverage:coverage",
                "draft": "flows.commands.policies:draft",
            },
        ),
        "registers": CommandGroup(
            "Show the state of the school's registers, and accept a large change in one.",
            {"list": "flows.commands.registers:list_registers", "accept": "flows.commands.registers:accept"},
        ),
        "desk": CommandGroup(
            "Manage who may sign in to the desk, the web application of `audit review`.",
            {
                "invite": "flows.commands.desk:invite",
                "people": "flows.commands.desk:people",
                "role": "flows.commands.desk:change_role",
                "unlock": "flows.commands.desk:unlock",
                "reset-second-factor": "flows.commands.desk:reset_second_factor",
                "remove": "flows.commands.desk:remove",
            },
        ),
        "schedule": CommandGroup(
            "Schedule the weekly audit: install, show, remove or check its schedule.",
            {
                "install": "flows.commands.schedule:install",
                "show": "flows.commands.schedule:show",
                "remove": "flows.commands.schedule:remove",
                "check": "flows.commands.schedule:check",
            },
        ),
        "notify": "flows.commands.notify:notify",
        "backup": "flows.commands.backup:backup",
        "restore": "flows.commands.backup:restore",
        "accept-loss": "flows.commands.accept_loss:accept_loss",
        "store": CommandGroup(
            "Copy a school's folder to and from an object store (AUDIT_HOME=s3://BUCKET/PREFIX).",
            {"push": "flows.commands.store:push", "pull": "flows.commands.store:pull"},
        ),
    },
    "Every week": {
        "run": "flows.commands.run:run",
        "report": "flows.commands.report:report",
        "review": "flows.commands.review:review",
    },
    "Decide": {
        "decide": "flows.commands.decide:decide",
        "attest": "flows.commands.attest:attest",
        "letter": "flows.commands.letters:letter",
    },
    "Data protection": {
        "ask": Command("flows.commands.ask:ask"),
        "subject": "flows.commands.subject:subject",
        "challenge": CommandGroup(
            "Record and answer a challenge: somebody says that a case about them is wrong.",
            {
                "open": "flows.commands.challenge:open_challenge",
                "list": "flows.commands.challenge:list_challenges",
                "answer": "flows.commands.challenge:answer",
            },
            callback="flows.commands.arguments:keep_school",
        ),
        "erase": "flows.commands.erase:erase",
        "hold": CommandGroup(
            "Keep data past its retention period, and from erasure, for a stated reason.",
            {
                "add": "flows.commands.hold:add_hold",
                "list": "flows.commands.hold:list_holds",
                "end": "flows.commands.hold:end_hold",
            },
        ),
        "expire": "flows.commands.expire:expire",
        "papers": "flows.commands.papers:papers",
        "snapshot": "flows.commands.snapshot:snapshot",
        "verify": "flows.commands.verify:verify",
    },
    "Many schools": {
        "group": CommandGroup(
            "Run, report on, check or deploy many schools of one home.",
            {
                "run": "flows.commands.fleet_run:run",
                "report": "flows.commands.fleet_report:report",
                "doctor": "flows.commands.fleet_doctor:doctor",
                "deploy": "flows.commands.fleet_deploy:deploy",
            },
        ),
    },
    "Try a part": {
        "demo": "flows.commands.demo:demo",
        "match": "flows.commands.match:match",
        "words": CommandGroup(
            "Classify texts by families of words: those of a file, or a school's that nobody has read yet.",
            {"unread": "flows.commands.words_unread:unread", "harmless": "flows.commands.words_unread:harmless"},
            callback="flows.commands.words:words",
            runs_alone=True,
        ),
        "pictures": CommandGroup(
            "Compare pictures with approved ones: a folder, or files before they are posted.",
            {"check": "flows.commands.pictures:check_for"},
            callback="flows.commands.pictures:pictures",
            runs_alone=True,
        ),
        "identity": CommandGroup(
            "Measure how well accounts are matched to people.", {"label": "flows.commands.identity_labels:label"}
        ),
        "new": CommandGroup(
            "Write the skeleton of a new check into the program's own source.",
            {"check": "flows.commands.new:new_check"},
        ),
    },
}


def _say_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"audit {version('school-social-accounts-audit')}")
        raise typer.Exit


def _every_command(
    *,
    debug: Annotated[bool, typer.Option("--debug", help="Log everything, and show tracebacks.")] = False,
    _version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", is_eager=True, callback=_say_version)
    ] = False,
) -> None:
    """Audit a school's official X and YouTube accounts against the school's own written policy."""
    keep_private()
    level = logging.DEBUG if debug else logging.WARNING
    logging.basicConfig(level=level, format="%(levelname)s %(name)s: %(message)s", force=True)


app = program(
    typer.Typer(name="audit", callback=_every_command, no_args_is_help=True, pretty_exceptions_enable=False), COMMANDS
)


def main() -> None:
    """Run the program and leave with its exit code."""
    quiet()
    is_debug = "--debug" in sys.argv
    sys.exit(ended(lambda: app(standalone_mode=False), is_debug=is_debug))
