"""The words, ports, errors and the clock that all rooms share."""
