"""Versions of apps: what they run on, what they cost, what they show (related.md, 1)."""
