"""Measures Haymarket against a bare ASGI app that sends equally many bytes: `make bench`."""
