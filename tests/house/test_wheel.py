"""The wheel carries all that the program needs: every file of its packages, and the face detector's model."""

import subprocess
import sys
from zipfile import ZipFile

import pytest

from tests.house.test_house import PACKAGES, ROOT


@pytest.mark.slow
def test_the_wheel_has_every_file_of_the_packages_and_the_model_with_its_licence(tmp_path):
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    listed = subprocess.run(["git", "ls-files", *PACKAGES], cwd=ROOT, check=True, capture_output=True, text=True)

    [wheel] = tmp_path.glob("*.whl")
    with ZipFile(wheel) as archive:
        names = set(archive.namelist())

    assert set(listed.stdout.split()) - names == set()
    assert {f"engines/pictures/features/centerface.{kind}" for kind in ("onnx", "LICENSE")} <= names
    assert not [name for name in names if name.startswith(("tests/", "deploy/", "docs/"))]
