"""An error of ours that reaches a person is a UserError, with a sentence and an exit code; any other says why not."""

import ast
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

from connectors.errors import SourceError
from flows.home.exit_codes import INTERNAL, SOURCE_FAILED, WRONG_USE, ended
from flows.home.settings import ConfigurationError
from flows.weekly.self_test import SelfTestError
from policies.errors import UserError
from tests.house.test_house import ROOT, sources

# What never leaves the part that raises it, and where that part turns it into something else.
INTERNAL_ONLY = {
    "CheckError": "a mistake in a check or in how it is asked: the last door tells it as one inside the program",
    "TooLarge": "connectors.x.meaning and connectors.youtube.meaning turn it into SourceError",
    "NotReadable": "connectors.media.pull writes it down as the picture's problem",
    "NotAllowed": "connectors.media.fetch writes it down as the picture's problem",
    "_NotNow": "connectors.media.pull asks for the picture once more",
    "UnreadableCellError": "connectors.registers writes it down as a problem of the row",
    "RefusedRequest": "an answer of the demo's simulated platforms",
    "NotOpenedError": "whoever opens what is sealed says in a sentence of its own what it is, and what to do",
    "OtherKeyError": "as NotOpenedError",
    "ChangedError": "as NotOpenedError",
    "UntaggedColumnError": "a mistake in the tags' files: tests/house/test_catalogue.py finds it first",
    "UnknownPlatformError": "a platform that no record knows; what people write is refused before",
}


@cache
def declared() -> dict[str, tuple[Path, tuple[str, ...]]]:
    """Return each class of ours that has a base: its file, and its bases by name."""
    found = {}
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                bases = tuple(base.id for base in node.bases if isinstance(base, ast.Name))
                found[node.name] = (path, bases)
    return found


def is_error(name: str, classes: dict[str, tuple[Path, tuple[str, ...]]]) -> bool:
    if name in classes:
        return any(is_error(base, classes) for base in classes[name][1])
    builtin = getattr(__import__("builtins"), name, None)
    return isinstance(builtin, type) and issubclass(builtin, BaseException)


@cache
def errors() -> dict[str, type[BaseException]]:
    classes = declared()
    named = {name: path for name, (path, _) in classes.items() if is_error(name, classes)}
    modules = {name: ".".join(path.relative_to(ROOT).with_suffix("").parts) for name, path in named.items()}
    return {name: getattr(import_module(module), name) for name, module in modules.items()}


def test_every_error_of_ours_is_a_user_s_or_says_why_it_is_not():
    others = {name for name, error in errors().items() if not issubclass(error, UserError)}

    assert others == set(INTERNAL_ONLY)


def test_every_user_s_error_has_an_exit_code_of_the_program_s():
    codes = {error.exit_code for error in errors().values() if issubclass(error, UserError)}

    assert codes == {WRONG_USE, SOURCE_FAILED, INTERNAL}


@pytest.mark.parametrize(
    ("error", "code", "sentence"),
    [
        (ConfigurationError("Name a credential."), 2, "Name a credential."),
        (SourceError("X did not answer."), 3, f"X did not answer. {SourceError.what_to_do}"),
        (SelfTestError("The check found nothing."), 4, "The check found nothing."),
    ],
)
def test_the_command_line_says_its_sentence_and_ends_with_its_code(capsys, error, code, sentence):
    def fails() -> int:
        raise error

    assert ended(fails, is_debug=False) == code
    assert capsys.readouterr().err.strip() == sentence
