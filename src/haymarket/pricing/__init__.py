"""Prices: submitted, pending, live by the clock (apps.md, C.21, 22)."""
