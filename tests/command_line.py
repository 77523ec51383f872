"""Commands run in this process, with what they print and their exit code."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from djeli import cli


@dataclass(frozen=True)
class Ran:
    """What one command did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Djeli = Callable[..., Ran]


def runner(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Djeli:
    """Runs commands in a folder, without anything in the environment."""
    monkeypatch.chdir(folder)
    for name in [name for name in os.environ if name.startswith("DJELI_")]:
        monkeypatch.delenv(name)

    def ran(*arguments: str) -> Ran:
        with pytest.raises(SystemExit) as ended:
            cli.run(list(arguments))
        said = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Ran(ended.value.code, said.out, said.err)

    return ran
