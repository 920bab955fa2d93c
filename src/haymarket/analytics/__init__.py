"""Install analytics: heartbeats in, weekly series out (apps.md, C.12 to 18)."""
