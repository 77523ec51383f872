"""Djeli: keeper of what is known, teller of what is new."""
