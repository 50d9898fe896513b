"""Python reads this first in every process of the tests (PYTHONPATH): no connection goes beyond loopback.

Nor does a call reach one of the machine's own programs by its full path. What is refused is an OSError for whoever
asked, and a line in the tests' file of what was reached (`tests/isolation.py`).
"""

import os
import sys
from typing import Any

_CONNECTS = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
_LOOKS_UP = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})
_LOOPBACK = ("127.", "::1", "::ffff:127.", "localhost")
_SYSTEM = ("/usr/", "/bin/", "/sbin/")
_SERVICES = ("/run/", "/var/")  # the sockets of the machine's own services


def note(reached: str) -> None:
    """Add a line to the file of what was reached, with the test that runs."""
    line = f"{os.environ.get('PYTEST_CURRENT_TEST', 'no test')}: {reached}\n"
    with open(os.environ["TESTS_REACHED"], "a", encoding="utf-8") as file:  # noqa: PTH123 - nothing is imported here
        file.write(line)


def _is_ours(address: Any) -> bool:
    if isinstance(address, tuple):
        address = address[0]
    if isinstance(address, bytes):
        address = address.decode(errors="replace")
    if not isinstance(address, str) or not address or address.startswith("\0"):
        return True
    return address.startswith(_LOOPBACK) or (address.startswith("/") and not address.startswith(_SERVICES))


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "subprocess.Popen":
        _refuse_program(os.fsdecode(arguments[0]))
    elif event in _CONNECTS and not _is_ours(arguments[1]):
        note(f"{event} {arguments[1]}")
        raise OSError(f"The tests reach nothing beyond loopback: {arguments[1]}")
    elif event in _LOOKS_UP and not _is_ours(arguments[0]):
        if arguments[0] != os.uname().nodename:  # the standard library asks how this machine is called
            note(f"{event} {arguments[0]}")
        raise sys.modules["socket"].gaierror(f"The tests look nothing up: {arguments[0]}")


def _refuse_program(path: str) -> None:
    if path.startswith(_SYSTEM) and path.rpartition("/")[2] in os.environ["TESTS_REFUSED"].split():
        note(path)
        raise OSError(f"The tests may not call {path}: bring a stand-in.")


if "TESTS_REACHED" in os.environ:
    sys.addaudithook(_refuse)
