"""Artifacts and images: uploaded or fetched, checked, kept, served (related.md, 3)."""
