"""What people think of an app, and what its vendor answers (related.md, 7)."""
