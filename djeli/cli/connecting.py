"""The connection to Telegram, from what the environment and the configuration say."""

from __future__ import annotations

import os
from collections.abc import Mapping
from urllib.parse import urlsplit

from bot import secrets
from bot.telegram import API, Telegram
from djeli.app.wiring import House
from djeli.core.clock import utc_now
from djeli.core.errors import UserError


def telegram_of(house: House) -> Telegram | None:
    """The connection for the token of the environment or the file; None without a token."""
    environment = dict(os.environ)
    if house.config.token_file and not environment.get(secrets.TOKEN_FILE):
        environment[secrets.TOKEN_FILE] = str(house.config.token_file)
    token = secrets.token_from(environment)
    return Telegram(token, _api(environment), clock=utc_now) if token else None


def _api(environment: Mapping[str, str]) -> str:
    """The base address of the Bot API server, checked."""
    address = (environment.get("DJELI_TELEGRAM_API") or API).rstrip("/")
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or not parts.path.endswith("/bot"):
        raise UserError(
            f"DJELI_TELEGRAM_API is '{address}'; it must be an address that ends in /bot, like {API}"
        )
    return address
