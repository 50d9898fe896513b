"""Looks at posted pictures beside a school's masters, and remembers what was seen.

A picture is looked at again when the masters have changed, unless all that it shows was approved and is still there.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace

from engines.pictures.album import scan_picture
from engines.pictures.decoding import Opener, has_position
from engines.pictures.features.descriptors import PictureFeatures
from engines.pictures.index.master_index import MasterIndex
from engines.pictures.scans import PictureScan, with_lost_masters
from flows.home.context import Context
from flows.pictures.masters import Kept, MasterFile, MasterReader, files_at_hand, master_set


@contextmanager
def held_opener(context: Context) -> Iterator[Opener]:
    """Lend what opens pictures, whose process starts with the first of them; the one that the run holds, if it does."""
    with nullcontext(context.held_opener) if context.held_opener else Opener() as opener:
        yield opener


class Looker:
    """One run's masters, what is remembered of them and of pictures, and what is new of either."""

    def __init__(
        self,
        files: Sequence[MasterFile],
        people: bool,
        opener: Opener,
        features: dict[str, list[Kept]],
        looks: dict[str, PictureScan],
    ) -> None:
        self.people, self.opener, self.features, self.looks = people, opener, features, looks
        self.new_features = dict[str, list[Kept]]()
        self.new_looks = dict[str, PictureScan]()
        self._masters = master_set(files, people=people)
        self._at_hand = files_at_hand(files)
        self._reader = MasterReader(self._at_hand, opener, people)
        self._register: MasterIndex | None = None

    @property
    def masters(self) -> frozenset[str]:
        """The hashes of the masters' files, of those too that are not there any more."""
        return self._masters.known

    def ids_of(self, sha256: str) -> list[str]:
        """Return the ids of the masters in one file, none when it cannot be read; each file is read once."""
        if sha256 not in self.features and sha256 not in self._at_hand:
            return []
        if sha256 not in self.features:
            self.features[sha256] = self.new_features[sha256] = self._reader.features(sha256)
        return [master for master, _ in self.features[sha256]]

    def lost_features(self) -> dict[str, PictureFeatures]:
        """Return the features of the pictures whose file is not there any more, by the masters' ids."""
        lost = [each for sha256 in self._masters.lost for each in self.features.get(sha256, ())]
        return {master: PictureFeatures.from_bytes(body) for master, body in lost}

    def look(self, key: str | None, read: Callable[[], bytes | None], *, is_ours: bool = True) -> PictureScan | None:
        """Return what is seen in a picture; None where there are neither bytes nor anything remembered of them.

        `read` gives the bytes where they are needed. People are looked for in the school's own pictures alone.
        """
        scan = self.looks.get(key or "")
        if scan and self.is_fresh(scan, is_ours=is_ours):
            return scan
        body = read()
        if body is None or key is None:
            return scan
        picture = scan_picture(body, self._engine(), self.opener, people=self.people and is_ours)
        picture = replace(
            picture, parts=with_lost_masters(scan.picture.parts if scan else (), picture.parts, self._masters)
        )
        self.looks[key] = PictureScan(self._masters.mark, picture, has_position(body))
        if picture.is_final:
            self.new_looks[key] = self.looks[key]
        return self.looks[key]

    def is_fresh(self, scan: PictureScan, *, is_ours: bool) -> bool:
        """Say whether a scan still says everything about a picture that a new scan would say."""
        return scan.tells_all(self._masters, people=self.people and is_ours)

    def _engine(self) -> MasterIndex:
        if self._register is None:
            kept = {master: body for sha256 in self._at_hand for master, body in self.features[sha256]}
            self._register = MasterIndex.from_features(sorted(kept.items()), self._reader.see, self._reader.see_closely)
        return self._register
