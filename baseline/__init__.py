"""The room that judges: what is known and what is new. It does no I/O and asks no clock."""
