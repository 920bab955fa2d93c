"""Access tokens of private apps (apps.md, C.26 to 30)."""
