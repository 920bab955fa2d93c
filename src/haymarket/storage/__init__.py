"""The truth in SQL: engine, transactions, journal, migrations. Only stores use it."""

from sqlalchemy.exc import SQLAlchemyError as StorageFailure

from haymarket.storage.engine import Counting, Reading, Storage, Writing, new_id, open_storage

__all__ = ["Counting", "Reading", "Storage", "StorageFailure", "Writing", "new_id", "open_storage"]
