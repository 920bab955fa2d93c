"""Vendors and their contacts (related.md, 8)."""
