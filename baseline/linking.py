"""Whether a report and a story are of one development, by all signs together: learnt from labelled pairs.

The score (baseline.compare) asks for one thing after the other, by hand: days, names, kind. Where a story
is told again in other words, by another country's press, each of them is a little off, and all together
still leave no doubt. So every sign of a pair carries a weight; the weights are data
(knowledge/linking.yaml), learnt by `make train` (docs/decisions/0021).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any


class Linking:
    """The weights of the signs."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """`data`: bias, and weights by sign (knowledge/linking.yaml)."""
        self._bias: float = data["bias"]
        self._weights: dict[str, float] = dict(data["weights"])

    def chance(self, signs: Iterable[tuple[str, float]]) -> float:
        """How likely a pair with these signs is of one development, 0 to 1; an unknown sign says nothing."""
        weight = self._weights.get
        total = math.fsum([value * weight(name, 0.0) for name, value in signs])
        return 1 / (1 + math.exp(-(self._bias + total)))
