"""Finds every check by walking this package: a module that defines CHECK is a check, and needs no other listing."""

from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType

import checks
from checks.model import Check, CheckError


def catalogue() -> dict[str, Check]:
    """Return every check by its id, in order; CheckError for one that is not named after its file."""
    modules = [(name, import_module(name)) for name in module_names(checks)]
    all_checks = [check_in(name, module) for name, module in modules if hasattr(module, "CHECK")]
    return {check.id: check for check in sorted(all_checks, key=lambda check: check.id)}


def module_names(package: ModuleType) -> list[str]:
    """Return the names of all modules below a package."""
    listing_end = walk_packages(package.__path__, f"{package.__name__}.")
    return [entry.name for entry in listing_end if not entry.ispkg]


def check_in(name: str, module: ModuleType) -> Check:
    """Return the module's check; CheckError when it is none, or not named after the file."""
    check = module.CHECK
    stem = name.rpartition(".")[2]
    if not isinstance(check, Check):
        raise CheckError(f"{name} has a CHECK that is not a Check.")
    if check.id != stem:
        raise CheckError(f"{name} calls its check {check.id!r}; a check is named after its file.")
    return check
