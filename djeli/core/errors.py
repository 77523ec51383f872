"""Errors that may leave a room.

    DjeliError
    ├── UserError        the input is wrong: one clear sentence, exit code 2
    │   └── ConfigError  several sentences, each with file and line
    ├── UnsafeSecrets    a secrets file that others can read: exit code 78
    └── JobFailed        the job could not be done: exit code 1
        └── LeaseLost    another instance does it

A feed or page that cannot be read is not an error but a `Failure` (djeli.core.model).
"""

from __future__ import annotations


class DjeliError(Exception):
    """Root of everything Djeli raises on purpose; its text can be shown as it is."""

    exit_code = 1


class UserError(DjeliError):
    """The user's input is wrong; says what, where and what to do instead."""

    exit_code = 2


class ConfigError(UserError):
    """The configuration or a knowledge file is wrong; one line for each fault."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


class UnsafeSecrets(DjeliError):
    """A file that holds the token can be read by others."""

    exit_code = 78


class JobFailed(DjeliError):
    """The job itself failed: the network, the disk, Telegram."""


class LeaseLost(JobFailed):
    """Another instance holds the lease without which this must not be done."""
