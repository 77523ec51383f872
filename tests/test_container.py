"""The container, checked without building it: what runs, as whom, and what it may do."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def dockerfile() -> str:
    return (ROOT / "Dockerfile").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    return loaded


def last_stage(dockerfile: str) -> str:
    return dockerfile[dockerfile.rindex("\nFROM ") :]


def test_the_image_is_slim_and_runs_as_nobody_in_particular(dockerfile: str) -> None:
    assert all(image == "python:3.11-slim" for image in re.findall(r"^FROM (\S+)", dockerfile, re.M))
    assert re.search(r"^USER 10001:10001$", last_stage(dockerfile), re.M)
    assert "useradd --uid 10001" in dockerfile


def test_packages_come_with_their_hashes_and_leave_no_cache(dockerfile: str) -> None:
    assert "--require-hashes -r requirements.lock" in dockerfile
    for line in re.findall(r"pip (?:install|wheel).*", dockerfile):
        assert "--no-cache-dir" in line
    assert "apt-get upgrade" in last_stage(dockerfile)
    assert "rm -rf /var/lib/apt/lists" in dockerfile


def test_every_package_of_the_wheel_is_copied(dockerfile: str) -> None:
    for room in ("djeli", "bot", "monitors", "baseline", "storage"):
        assert f"COPY {room} ./{room}" in dockerfile


def test_the_image_asks_itself_whether_it_is_well(dockerfile: str) -> None:
    assert 'CMD ["djeli", "health"]' in dockerfile
    assert 'ENTRYPOINT ["djeli"]' in dockerfile
    assert 'CMD ["run"]' in dockerfile


def test_no_secret_is_in_the_image_or_the_environment(dockerfile: str, compose: dict[str, Any]) -> None:
    service = compose["services"]["djeli"]
    assert "TOKEN" not in dockerfile
    assert service["environment"] == {"DJELI_TELEGRAM_TOKEN_FILE": "/run/secrets/telegram_token"}
    assert service["secrets"] == ["telegram_token"]
    assert "file" in compose["secrets"]["telegram_token"]
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert {"token", "djeli.toml", ".git"} <= set(ignored)


def test_the_service_may_do_nothing_it_need_not(compose: dict[str, Any]) -> None:
    assert list(compose["services"]) == ["djeli"]
    service = compose["services"]["djeli"]
    assert service["read_only"] is True
    assert service["tmpfs"] == ["/tmp"]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["mem_limit"] == "512m"
    assert service["pids_limit"] == 64
    assert service["volumes"] == ["data:/data"]
    assert "privileged" not in service
    assert "ports" not in service
