"""What commands and buttons say, in English, French and Russian."""

from __future__ import annotations

from collections.abc import Mapping

from djeli.core.words import Three, three

BUTTONS: Mapping[str, Three] = {
    "why": three("Why?", "Pourquoi ?", "Почему?"),
    "story": three("Story", "Dossier", "Сюжет"),
    "mute": three("Mute", "Silence", "Заглушить"),
    "useful": three("Useful", "Utile", "Полезно"),
    "known": three("Already knew", "Déjà su", "Уже знали"),
    "no_event": three("Not an event", "Non-événement", "Не событие"),
    "split": three("Split: not the same event", "Séparer : autre événement", "Разделить: это другое событие"),
    "back": three("‹ Back", "‹ Retour", "‹ Назад"),
    "lift": three("Lift", "Lever", "Снять"),
}
