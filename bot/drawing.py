"""Draws the weekly picture; the only module that knows matplotlib, in a process of its own.

matplotlib and what it loads take some 80 MB: the process draws one picture and ends, so that the
service keeps its size. It gets the picture as JSON and nothing of the service's environment.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict
from typing import Any

from bot.chart import Picture
from djeli.core.errors import JobFailed

_PATIENCE = 120.0  # seconds; it takes two or three
_DPI = 160
_WIDTH = 6.75  # inches: 1,080 pixels, the width of a phone
_INK, _NEW, _UPDATE, _GRID = "#1b2a33", "#c0392b", "#2471a3", "#d5dbdf"
_MAGIC = b"\x89PNG\r\n\x1a\n"


def draw(picture: Picture) -> bytes:
    """The picture as a PNG; raises JobFailed when it cannot be drawn. Takes seconds: call it in a thread."""
    with tempfile.TemporaryDirectory(prefix="djeli-") as folder:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("DJELI_")}
        try:
            done = subprocess.run(
                [sys.executable, "-m", "bot.drawing"],
                input=json.dumps(asdict(picture)).encode(),
                capture_output=True,
                timeout=_PATIENCE,
                env={**kept, "MPLCONFIGDIR": folder, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise JobFailed(f"The picture could not be drawn: {type(error).__name__}.") from None
    if done.returncode or not done.stdout.startswith(_MAGIC):
        last = (done.stderr.decode(errors="replace").strip().splitlines() or ["no reason given"])[-1]
        raise JobFailed(f"The picture could not be drawn: {last[:200]}")
    return done.stdout


def main() -> None:
    """In the process: JSON in, PNG out."""
    sys.stdout.buffer.write(_drawn(json.load(sys.stdin)))


def _drawn(picture: dict[str, Any]) -> bytes:
    import io

    from matplotlib.figure import Figure

    rows = picture["rows"]
    height = 2.2 + 0.72 * max(len(rows), 3)
    figure = Figure(figsize=(_WIDTH, height), dpi=_DPI, facecolor="white")
    axes = figure.add_axes((0.33, 1.05 / height, 0.63, 1 - 2.15 / height))
    figure.text(
        0.04,
        1 - 0.2 / height,
        picture["title"],
        size=15,
        weight="bold",
        color=_INK,
        va="top",
        linespacing=1.4,
    )
    for place, (_, dots) in enumerate(rows):
        for dot in dots:
            _put(axes, dot["day"], place, dot["new"], _NEW, -0.17 if dot["updates"] else 0)
            _put(axes, dot["day"], place, dot["updates"], _UPDATE, 0.17 if dot["new"] else 0)
    axes.set_xlim(-0.6, picture["days"] - 0.4)
    axes.set_ylim(max(len(rows), 3) - 0.4, -0.6)
    axes.set_yticks(range(len(rows)), [label for label, _ in rows], size=11.5, color=_INK)
    places, words = zip(*picture["ticks"], strict=True)
    axes.set_xticks(places, words, size=11, color=_INK, rotation=35, ha="right", rotation_mode="anchor")
    axes.grid(color=_GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    for left, colour, words in ((0.33, _NEW, picture["legend"][0]), (0.62, _UPDATE, picture["legend"][1])):
        figure.text(left, 0.16 / height, "●", size=15, color=colour, va="center")
        figure.text(left + 0.04, 0.16 / height, words, size=12, color=_INK, va="center")
    out = io.BytesIO()
    figure.savefig(out, format="png")
    return out.getvalue()


def _put(axes: Any, day: int, row: int, count: int, colour: str, aside: float) -> None:
    """A dot that grows with its number, and the number in it."""
    if count:
        size = 190 + 130 * min(count - 1, 6)
        axes.scatter([day], [row + aside], s=size, color=colour, alpha=0.92, zorder=3, linewidth=0)
        middle = {"ha": "center", "va": "center"}
        ink = {"color": "white", "size": 11, "weight": "bold", "zorder": 4}
        axes.annotate(str(count), (day, row + aside), **middle, **ink)


if __name__ == "__main__":
    main()
