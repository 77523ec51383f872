"""The knowledge files of the repository, read once for all tests."""

from __future__ import annotations

from pathlib import Path

from baseline import catalogue

FOLDER = Path(catalogue.__file__).parent / "knowledge"
FILES = {
    name: (FOLDER / name).read_text("utf-8")
    for name in ("actors.yaml", "facts.yaml", "types.yaml", "sources.yaml")
}
KNOWLEDGE = catalogue.load(FILES)
