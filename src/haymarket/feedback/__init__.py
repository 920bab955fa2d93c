"""Why apps were disabled or uninstalled (apps.md, C.19, 20)."""
