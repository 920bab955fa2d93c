"""Categories that apps are found under (related.md, 4)."""
