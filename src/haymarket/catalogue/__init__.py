"""The catalogue: documents of apps, their lists, their search, creating and changing them."""
