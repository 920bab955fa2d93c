"""A client of any marketplace that speaks the API: it publishes, reviews and prices over HTTP.

It knows a server by its entry point and by what the links there lead to.
"""
