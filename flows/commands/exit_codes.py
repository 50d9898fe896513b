"""How a command ends: its exit code, and one sentence for whatever went wrong.

0  done
1  exceptions are open at or above --fail-on
2  wrong use or configuration
3  a source failed, or came only in part
4  an error inside the program
130  stopped by the person at the keyboard
"""

import errno
import sys
import traceback
from collections.abc import Callable

import typer
from typer.exceptions import Abort, Exit, TyperException

from connectors.errors import SourceError
from dashboards.ask.answer import AskError
from dashboards.report.model import ReportError
from flows.self_test import SelfTestError
from flows.settings import ConfigurationError
from policies.model import PackError
from policies.school import SchoolError
from warehouse.casebook.casebook import CasebookError
from warehouse.casebook.counters import LostError
from warehouse.clock import ClockError
from warehouse.migrate import MigrationError
from warehouse.open import WarehouseError
from warehouse.pages import PageDamagedError
from warehouse.runs import RunError

DONE, OPEN, WRONG_USE, SOURCE_FAILED, INTERNAL = range(5)
STOPPED = 130  # what a shell says of a program that Ctrl-C ended

FOR_PEOPLE = (
    AskError,
    CasebookError,
    ClockError,
    ConfigurationError,
    LostError,
    MigrationError,
    PackError,
    PageDamagedError,
    ReportError,
    RunError,
    SchoolError,
    WarehouseError,
)


def ended(call: Callable[[], int | None], *, is_debug: bool) -> int:  # noqa: PLR0911 - one line per way to end
    """Return the exit code of a command, having said on stderr, in a sentence, what went wrong if anything did."""
    try:
        code = call() or DONE
        return stopped() if code == STOPPED else code  # Typer catches the interrupt itself, and gives back its code
    except Exit as exit_:
        return exit_.exit_code
    except TyperException as error:
        return _say(f"{_sentence(error)} See `audit --help`.", WRONG_USE)
    except (Abort, KeyboardInterrupt):
        return stopped()
    except FOR_PEOPLE as error:
        return _told(str(error), WRONG_USE, is_debug=is_debug)
    except SelfTestError as error:
        return _told(str(error), INTERNAL, is_debug=is_debug)
    except SourceError as error:
        return _told(f"{error} {error.what_to_do}", SOURCE_FAILED, is_debug=is_debug)
    except OSError as error:
        return _told(_os_sentence(error), WRONG_USE, is_debug=is_debug)
    except Exception as error:  # noqa: BLE001 - the last door: nothing about a person may leave in a traceback
        kind = type(error).__name__
        return _told(
            f"Something went wrong inside the program ({kind}). Run again with --debug.", INTERNAL, is_debug=is_debug
        )


def stopped() -> int:
    """Say that a person stopped the program, and what that means; return the exit code."""
    return _say("Stopped. What was fetched is kept: run the same again, and it goes on from there.", STOPPED)


def _sentence(error: TyperException) -> str:
    told = getattr(error, "format_message", error.__str__)()
    return str(told).replace("\n", " ").strip()


def _os_sentence(error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return "The disk is full. Free some space and run again; what was published before still stands."
    if error.errno == errno.EROFS:
        return "The disk may only be read, so nothing can be kept there. Mount it for writing, then run again."
    return f"A file could not be used: {error.strerror or type(error).__name__}. Check that it exists and whose it is."


def _told(sentence: str, code: int, *, is_debug: bool) -> int:
    if is_debug:
        traceback.print_exc()
    return _say(sentence, code)


def _say(sentence: str, code: int) -> int:
    typer.echo(sentence, err=True)
    sys.stdout.flush()
    return code
