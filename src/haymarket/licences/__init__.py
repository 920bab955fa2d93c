"""Licence types that a version may name (related.md, 5)."""
