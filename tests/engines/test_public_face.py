"""The engines show the rest of the program a small face, in folders that can be taken in, by names of their own."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("policies", "engines", "connectors", "checks", "warehouse", "dashboards", "flows", "demo")
MOST_FILES = 15


def trees(package: str) -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted((ROOT / package).rglob("*.py")):
        yield path.relative_to(ROOT), ast.parse(path.read_text(encoding="utf-8"))


def test_the_rest_of_the_program_uses_people_and_text_by_their_public_face() -> None:
    deep = [
        (str(path), node.module)
        for package in PACKAGES
        if package != "engines"
        for path, tree in trees(package)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("engines.people.", "engines.text."))
    ]

    assert deep == []


def test_no_class_of_the_engines_shares_its_name_with_another_of_the_program() -> None:
    defined = [
        (package, node.name)
        for package in PACKAGES
        for _, tree in trees(package)
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    ]
    counts = Counter(name for _, name in defined)

    assert sorted(name for package, name in defined if package == "engines" and counts[name] > 1) == []


def test_no_folder_of_the_engines_holds_more_than_can_be_taken_in() -> None:
    folders = [path for path in [ROOT / "engines", *(ROOT / "engines").rglob("*")] if path.is_dir()]
    sizes = {str(folder): len([path for path in folder.iterdir() if path.is_file()]) for folder in folders}

    assert {folder: size for folder, size in sizes.items() if size > MOST_FILES and "__pycache__" not in folder} == {}
