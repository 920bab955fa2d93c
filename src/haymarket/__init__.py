"""An app marketplace that anyone can host, speaking the Atlassian Marketplace REST API v2."""

__version__ = "0.1.0"
