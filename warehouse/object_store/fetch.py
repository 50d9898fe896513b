"""Fetches a whole generation into an empty folder: all of one, never some of one and some of the next."""

import shutil
from pathlib import Path

from warehouse.object_store.errors import MissingError, ObjectStoreError
from warehouse.object_store.folder import make_folders, write_file
from warehouse.object_store.leased import Leased
from warehouse.object_store.manifest import SchoolManifest
from warehouse.object_store.shelf import Shelf

_TRIES = 5


def fetch(shelf: Shelf, manifest: SchoolManifest, folder: Path) -> None:
    """Write every file of this generation into the folder, which is made; MissingError if an object is gone."""
    folder.mkdir(mode=0o700, parents=True)
    make_folders(folder, manifest.folders)
    for file in manifest.files:
        write_file(shelf, file, folder)


def fetch_leased(leased: Leased, folder: Path) -> None:
    """Fetch the generation that this holder works on; LeaseLostError if another worker has replaced it meanwhile."""
    try:
        fetch(leased.shelf, leased.manifest, folder)
    except MissingError:
        leased.renew()  # whoever has lost the lease hears that, and not that something is gone
        raise


def fetch_newest(shelf: Shelf, folder: Path) -> SchoolManifest:
    """Fetch the newest generation without a lease, and return its manifest.

    A generation that is replaced meanwhile is deleted under the reader's hands, who then begins again with the new one.
    """
    for _ in range(_TRIES):
        manifest = shelf.newest().manifest
        try:
            fetch(shelf, manifest, folder)
        except MissingError:
            shutil.rmtree(folder)
            if shelf.newest().manifest.generation == manifest.generation:
                raise
        else:
            return manifest
    raise ObjectStoreError(f"{shelf.school} changes faster than it can be read. Try again in a minute.")
