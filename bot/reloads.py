"""What an admin hears of the configuration while the service runs."""

from __future__ import annotations

from collections.abc import Sequence

from bot import html
from bot.cards import Card
from bot.words import Voice
from djeli.core.words import three

_LISTED = 10  # faults; the rest is a number
_LONGEST = 300  # characters of one fault
_REFUSED = three(
    "The configuration was changed, but has mistakes ({n}). It is not used: "
    "Djeli goes on with the last good one.",
    "La configuration a été modifiée, mais contient des erreurs ({n}). Elle n'est pas utilisée : "
    "Djeli continue avec la dernière version correcte.",
    "Конфигурация изменена, но содержит ошибки ({n}). Она не применена: "
    "Djeli работает с последней верной версией.",
)
_MENDED = three(
    "The configuration is in order again and in force.",
    "La configuration est de nouveau correcte et appliquée.",
    "Конфигурация снова в порядке и применена.",
)
_AT_START = three(
    "Changed, but in force only after a restart of Djeli: {keys}.",
    "Modifié, mais appliqué seulement après un redémarrage de Djeli : {keys}.",
    "Изменено, но вступит в силу только после перезапуска Djeli: {keys}.",
)


def refused(faults: Sequence[str], voice: Voice) -> list[Card]:
    """The faults of a configuration that is not used, each with file and line."""
    blocks = [f"⚠️ <b>{html.escape(voice.pick(_REFUSED).format(n=len(faults)))}</b>"]
    blocks += [f"• <code>{html.escape(html.shorten(fault, _LONGEST))}</code>" for fault in faults[:_LISTED]]
    if len(faults) > _LISTED:
        blocks.append(voice.say("more", n=len(faults) - _LISTED))
    return _cards(blocks)


def accepted(mended: bool, at_start: Sequence[str], voice: Voice) -> list[Card]:
    """That the configuration is mended, and what of a change needs a restart."""
    blocks = [f"✅ {html.escape(voice.pick(_MENDED))}"] if mended else []
    if at_start:
        keys = ", ".join(f"<code>{html.escape(key)}</code>" for key in at_start)
        blocks.append(f"ℹ️ {voice.pick(_AT_START).format(keys=keys)}")
    return _cards(blocks)


def _cards(blocks: Sequence[str]) -> list[Card]:
    return [Card(part, html.plain(part)) for part in html.split(blocks)]
