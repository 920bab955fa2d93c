"""Filling a marketplace from files: the format, what is drawn and made, what is invented."""
