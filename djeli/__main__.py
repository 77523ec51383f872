"""`djeli` and `python -m djeli`."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    from djeli.cli import run

    run()


if __name__ == "__main__":
    main()
