"""The token is read only from safe places and is in no log line."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import secrets
from djeli.core.errors import UnsafeSecrets, UserError
from tests.telegram_server import TOKEN


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    undo = secrets.install(logging.getLogger())
    caplog.set_level(logging.DEBUG)
    yield caplog
    undo()


def test_the_environment_comes_before_the_file(tmp_path: Path) -> None:
    path = tmp_path / "token"
    path.write_text(TOKEN + "\n")
    path.chmod(0o600)
    assert secrets.token_from({secrets.TOKEN_FILE: str(path)}) == TOKEN
    assert secrets.token_from({secrets.TOKEN: "1:a", secrets.TOKEN_FILE: str(path)}) == "1:a"
    assert secrets.token_from({}) is None


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666])
def test_a_token_file_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "token"
    path.write_text(TOKEN)
    path.chmod(mode)
    with pytest.raises(UnsafeSecrets, match="can be read by others") as refused:
        secrets.token_from({secrets.TOKEN_FILE: str(path)})
    assert refused.value.exit_code == 78
    assert TOKEN not in str(refused.value)


def test_a_missing_empty_or_malformed_token_is_named_but_not_repeated(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.touch(mode=0o600)
    for environment in (
        {secrets.TOKEN_FILE: str(tmp_path / "nowhere")},
        {secrets.TOKEN_FILE: str(empty)},
        {secrets.TOKEN: "my secret"},
    ):
        with pytest.raises(UserError) as refused:
            secrets.token_from(environment)
        assert "my secret" not in str(refused.value)


def test_a_token_is_taken_out_of_message_arguments_exception_and_stack(log: pytest.LogCaptureFixture) -> None:
    logger = logging.getLogger("another.package")
    logger.info("POST https://api.telegram.org/bot%s/getMe", TOKEN)
    logger.info("escaped " + TOKEN.replace(":", "%3A"))
    try:
        raise ValueError(f"The token `{TOKEN}` was rejected")
    except ValueError:
        logger.exception("failed with %s", {"token": TOKEN})
    logger.info("wrong arguments %s", TOKEN)
    assert TOKEN.split(":")[1] not in log.text
    assert log.text.count(secrets.HIDDEN) >= 5
    assert "ValueError" in log.text


def test_ordinary_records_stay_as_they_are(log: pytest.LogCaptureFixture) -> None:
    try:
        raise KeyError("x")
    except KeyError:
        logging.getLogger("a").warning("%d of %d", 1, 2, exc_info=True)
    assert log.records[-1].args == (1, 2)
    assert log.records[-1].exc_info is not None


def test_the_libraries_that_log_addresses_are_quiet(log: pytest.LogCaptureFixture) -> None:
    assert all(logging.getLogger(name).level == logging.WARNING for name in ("httpx", "httpcore", "telegram"))
