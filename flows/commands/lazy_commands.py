"""Commands named by import string: help, completion and a mistyped option import nothing of what a command runs.

The signature and the docstring of a command are read from its source. Its module is imported when the command runs.
"""

import ast
import functools
import importlib
import importlib.util
from collections import UserDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

import typer
from typer.core import TyperGroup

SIGNATURE_MODULES = frozenset({"datetime", "pathlib", "typing", "typer", "flows.home.arguments"})


@dataclass(frozen=True, slots=True)
class Command:
    """A command that passes unknown options on to its own code."""

    target: str


@dataclass(frozen=True, slots=True)
class CommandGroup:
    """A command with commands of its own.

    `callback` has the arguments that come before the command's name; where it `runs_alone`, it is a command too, and is
    called only when no name follows.
    """

    help: str
    commands: Mapping[str, "Entry"]
    callback: str | None = None
    runs_alone: bool = False


Entry = str | Command | CommandGroup  # a string is MODULE:FUNCTION


class LazyCommands(UserDict[str, Any]):
    """The commands of a group by name, each made from its entry and its help panel when it is asked for."""

    def __getitem__(self, name: str) -> Any:
        """Return the command of this name; KeyError where there is none."""
        entry, panel = super().__getitem__(name)
        command = command_of(name, entry)
        command.rich_help_panel = panel
        return command


def program(app: typer.Typer, panels: Mapping[str, Mapping[str, Entry]]) -> TyperGroup:
    """Return the program with the commands of each help panel, its own options being those of `app`."""
    made = typer.main.get_command(app)
    if not isinstance(made, TyperGroup):
        raise TypeError("A program needs a callback.")
    made.commands = LazyCommands(
        {name: (entry, panel) for panel, commands in panels.items() for name, entry in commands.items()}
    )
    return made


def command_of(name: str, entry: Entry) -> Any:
    """Return the command of an entry."""
    if isinstance(entry, CommandGroup):
        callback = signature_of(entry.callback) if entry.callback else _nothing
        app = typer.Typer(
            name=name,
            help=entry.help,
            callback=_unless_command_follows(callback) if entry.runs_alone else callback,
            invoke_without_command=entry.runs_alone,
            no_args_is_help=not entry.runs_alone,
            add_completion=False,
        )
        return program(app, {"Commands": entry.commands})
    app = typer.Typer(add_completion=False)
    target, settings = (entry, {}) if isinstance(entry, str) else (entry.target, _PASSES_ON)
    app.command(name, context_settings=settings)(signature_of(target))
    return typer.main.get_command(app)


_PASSES_ON = {"allow_extra_args": True, "ignore_unknown_options": True}


def _nothing() -> None:
    """Do nothing before a command of the group runs."""


def _unless_command_follows(callback: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(callback)
    def called(_context: typer.Context, **given: Any) -> Any:
        return None if _context.invoked_subcommand else callback(_context, **given)

    return called


def signature_of(target: str) -> Callable[..., Any]:
    """Return a function with the signature and docstring of MODULE:FUNCTION, which imports it when it is called."""
    module, _, name = target.partition(":")
    if module in SIGNATURE_MODULES:
        return cast("Callable[..., Any]", getattr(importlib.import_module(module), name))
    spec = importlib.util.find_spec(module)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(module)
    with open(spec.origin, "rb") as source:  # noqa: PTH123 - read by the parser in its own encoding
        body = [node for node in ast.parse(source.read()).body if _is_of_signature(node, name)]
    namespace: dict[str, Any] = {"__name__": module}
    exec(compile(ast.Module(body, []), spec.origin, "exec"), namespace)  # noqa: S102 - part of our own source

    @functools.wraps(namespace[name])
    def imported(*args: Any, **kwargs: Any) -> Any:
        return getattr(importlib.import_module(module), name)(*args, **kwargs)

    return imported


def _is_of_signature(node: ast.stmt, name: str) -> bool:
    """Say whether a statement is needed to read a function's signature: the function, a name of a type, its import."""
    if isinstance(node, ast.ImportFrom):
        return node.module in SIGNATURE_MODULES
    if isinstance(node, ast.Import):
        return all(alias.name in SIGNATURE_MODULES for alias in node.names)
    if isinstance(node, ast.Assign):
        value = node.value
        return isinstance(value, ast.Subscript) and isinstance(value.value, ast.Name) and value.value.id == "Annotated"
    return isinstance(node, ast.FunctionDef) and node.name == name
