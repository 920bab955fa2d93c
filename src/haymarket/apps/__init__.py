"""The app itself: its facts, who may see it, who may change it.

Versions belong to an app, the catalogue shows apps with their versions: both stand on this.
"""
