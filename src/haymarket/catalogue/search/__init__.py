"""The search index: what is kept of an app, how it is asked, how it follows the journal."""
