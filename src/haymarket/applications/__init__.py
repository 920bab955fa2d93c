"""Host applications and their versions, which compatibilities resolve through (related.md, 2)."""
