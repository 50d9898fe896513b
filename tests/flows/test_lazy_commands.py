"""Commands named by import string: each says of itself what its function says, and no help imports the function."""

import importlib
import inspect
import os
import subprocess
import sys
import typing
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import typer

from flows.commands.app import COMMANDS
from flows.commands.lazy_commands import CommandGroup, Entry, signature_of
from tests.flows.calling import audit

AUDIT = [sys.executable, "-c", "import sys; sys.argv[0] = 'audit'; from flows.commands.app import main; main()"]


def targets(entries: Mapping[str, Entry]) -> Iterator[str]:
    for entry in entries.values():
        if isinstance(entry, CommandGroup):
            yield from (entry.callback,) if entry.callback else ()
            yield from targets(entry.commands)
        else:
            yield entry if isinstance(entry, str) else entry.target


def told(function) -> tuple[object, ...]:
    """Return what Typer reads of a function: names, types, defaults, options with their help, and the docstring."""
    app = typer.Typer(add_completion=False)
    app.command()(function)
    command = typer.main.get_command(app)
    read = ("name", "opts", "secondary_opts", "default", "required", "help", "metavar", "min", "max", "is_flag")
    options = [{name: getattr(option, name, None) for name in read} for option in command.params]
    return command.help, typing.get_type_hints(function), options


@pytest.mark.parametrize("target", sorted(each for commands in COMMANDS.values() for each in targets(commands)))
def test_a_command_has_the_options_and_help_of_its_function(target):
    module, _, name = target.partition(":")
    function = getattr(importlib.import_module(module), name)

    assert inspect.getdoc(function)
    assert told(signature_of(target)) == told(function)


def test_help_lists_the_commands_by_who_uses_them():
    said = audit("--help").out

    places = [said.index(panel) for panel in COMMANDS]
    assert places == sorted(places)
    assert [name for commands in COMMANDS.values() for name in commands if f" {name} " not in said] == []


def test_the_program_says_its_version():
    answer = audit("--version")

    assert answer.code == 0
    assert answer.out.startswith("audit 0.")


@pytest.mark.parametrize(
    ("typed", "at", "offered"),
    [
        ("audit re", 1, ["registers", "restore", "report", "review", "requests"]),
        ("audit expire s --pre", 3, ["--preview"]),
    ],
)
def test_the_shell_completes_commands_and_options(typed, at, offered):
    asked = {"COMP_WORDS": typed, "COMP_CWORD": str(at), "_AUDIT_COMPLETE": "complete_bash"}
    made = subprocess.run(AUDIT, env=os.environ | asked, capture_output=True, text=True, check=False)

    assert made.stdout.split() == offered


def test_the_completion_of_bash_is_installed_for_the_person_who_asks(tmp_path):
    mine = {"HOME": str(tmp_path), "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
    made = subprocess.run(
        [*AUDIT, "--install-completion", "bash"], env=os.environ | mine, capture_output=True, text=True, check=False
    )

    assert "bash completion installed" in made.stdout
    assert "_AUDIT_COMPLETE=complete_bash" in "".join(
        path.read_text() for path in Path(tmp_path).rglob("*.sh")
    )  # the file that .bashrc reads
