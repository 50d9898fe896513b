"""The names of the program: a class name says which class is meant wherever it is read."""

import ast
from collections import defaultdict

from tests.house.test_house import ROOT, sources


def test_no_class_name_stands_twice_in_the_program():
    files: defaultdict[str, list[str]] = defaultdict(list)
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef):
                files[node.name].append(str(path.relative_to(ROOT)))

    assert {name: places for name, places in files.items() if len(places) > 1} == {}
