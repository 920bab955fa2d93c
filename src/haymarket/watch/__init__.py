"""Watching apps: state, mail, feeds, webhooks (apps.md, C.31, 32)."""
