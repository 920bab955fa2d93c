"""Approval and release: what a reviewer decides and what a vendor launches (apps.md, C.10 to D)."""
