"""The program's commands: for each, the function that it calls. A command's module is imported when it runs."""

import logging
import sys
from collections.abc import Mapping
from importlib.metadata import version
from typing import Annotated

import typer

from flows.commands.lazy_commands import Command, CommandGroup, Entry, program
from flows.home.exit_codes import ended
from flows.home.json_logs import is_json_asked, log_json
from flows.home.settings import keep_private, quiet

COMMANDS: Mapping[str, Mapping[str, Entry]] = {
    "Set up and maintain": {
        "setup": "flows.setup.setup:setup",
        "init": "flows.home.init:init",
        "doctor": "flows.doctor.doctor:doctor",
        "login": CommandGroup(
            "Sign in as the owner of an official account, so that the audit may read it.",
            {"x": "flows.login.login:x", "youtube": "flows.login.login:youtube"},
        ),
        "policies": CommandGroup(
            "List, show and check policy packs: those that ship, and your own.",
            {
                "list": "flows.policies.policies:list_packs",
                "show": "flows.policies.policies:show",
                "check": "flows.policies.policies:check",
                "coverage": "flows.policies.policy_coverage:coverage",
                "draft": "flows.policies.drafts:draft",
                "accept": "flows.policies.drafts:accept",
                "compare": "flows.policies.drafts:compare",
            },
        ),
        "registers": CommandGroup(
            "Show the state of the school's registers, and accept a large change in one.",
            {
                "list": "flows.registers.acceptances:list_registers",
                "accept": "flows.registers.acceptances:accept",
                "accept-picture": "flows.registers.acceptances:accept_picture",
            },
        ),
        "desk": CommandGroup(
            "Manage who may sign in to the desk, the web application of `audit review`.",
            {
                "invite": "flows.desk.desk:invite",
                "people": "flows.desk.desk:people",
                "role": "flows.desk.desk:change_role",
                "unlock": "flows.desk.desk:unlock",
                "reset-second-factor": "flows.desk.desk:reset_second_factor",
                "remove": "flows.desk.desk:remove",
            },
        ),
        "schedule": CommandGroup(
            "Schedule the weekly audit: install, show, remove or check its schedule.",
            {
                "install": "flows.weekly.schedule:install",
                "show": "flows.weekly.schedule:show",
                "remove": "flows.weekly.schedule:remove",
                "check": "flows.weekly.schedule:check",
            },
        ),
        "notify": "flows.notify.notify:notify",
        "backup": "flows.backup.backup:backup",
        "restore": "flows.backup.backup:restore",
        "keys": CommandGroup(
            "Change a school's key, and keep the record of what people did with a key of its own.",
            {"chain": "flows.backup.rotate:chain", "rotate": "flows.backup.rotate:rotate"},
        ),
        "accept-loss": "flows.backup.backup:accept_loss",
        "store": CommandGroup(
            "Copy a school's folder to and from an object store (AUDIT_HOME=s3://BUCKET/PREFIX).",
            {"push": "flows.backup.store:push", "pull": "flows.backup.store:pull"},
        ),
    },
    "Every week": {
        "run": "flows.weekly.command:run",
        "report": "flows.weekly.publish:report",
        "review": "flows.setup.review:review",
    },
    "Decide": {
        "decide": "flows.desk.decide:decide",
        "attest": "flows.registers.attestations:attest",
        "letter": "flows.privacy.letters:letter",
    },
    "Data protection": {
        "ask": Command("flows.privacy.ask:ask"),
        "subject": "flows.privacy.subject:subject",
        "challenge": CommandGroup(
            "Record and answer a challenge: somebody says that a case about them is wrong.",
            {
                "open": "flows.privacy.challenge:open_challenge",
                "list": "flows.privacy.challenge:list_challenges",
                "answer": "flows.privacy.challenge:answer",
            },
            callback="flows.home.arguments:keep_school",
        ),
        "requests": CommandGroup(
            "Record what people ask about their data, every step on the way, and by when it is answered.",
            {
                "add": "flows.privacy.requests:add",
                "record": "flows.privacy.requests:record",
                "list": "flows.privacy.requests:list_requests",
            },
            callback="flows.home.arguments:keep_school",
        ),
        "erase": "flows.privacy.erase:erase",
        "hold": CommandGroup(
            "Keep data past its retention period, and from erasure, for a stated reason.",
            {
                "add": "flows.privacy.hold:add_hold",
                "list": "flows.privacy.hold:list_holds",
                "end": "flows.privacy.hold:end_hold",
            },
        ),
        "expire": "flows.retention.expire:expire",
        "close": "flows.backup.close:close",
        "papers": "flows.privacy.papers:papers",
        "snapshot": "flows.backup.snapshot:snapshot",
        "verify": "flows.privacy.verify:verify",
    },
    "Many schools": {
        "group": CommandGroup(
            "Run, report on, check or deploy many schools of one home.",
            {
                "run": "flows.prefect.fleet_run:run",
                "report": "flows.prefect.fleet_look:report",
                "doctor": "flows.prefect.fleet_doctor:doctor",
                "drill": "flows.prefect.drill:drill",
                "deploy": "flows.prefect.deploying:deploy",
            },
        ),
    },
    "Try a part": {
        "demo": "flows.trial.demo:demo",
        "match": "flows.trial.match:match",
        "words": CommandGroup(
            "Classify texts by families of words: those of a file, or a school's that nobody has read yet.",
            {"unread": "flows.trial.words_unread:unread", "harmless": "flows.trial.words_unread:harmless"},
            callback="flows.trial.words:words",
            runs_alone=True,
        ),
        "pictures": CommandGroup(
            "Compare pictures with approved ones: a folder, or files before they are posted.",
            {"check": "flows.trial.pictures:check_for"},
            callback="flows.trial.pictures:pictures",
            runs_alone=True,
        ),
        "identity": CommandGroup(
            "Measure how well accounts are matched to people.", {"label": "flows.trial.identity_labels:label"}
        ),
        "new": CommandGroup(
            "Write the skeleton of a new check into the program's own source.",
            {"check": "flows.trial.new:new_check"},
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
    if is_json_asked():
        log_json()
        return
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
