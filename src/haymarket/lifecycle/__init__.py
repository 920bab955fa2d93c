"""The states of apps and versions, the one table of transitions, and their history."""
