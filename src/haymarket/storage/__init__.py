"""The truth in SQL: engine, transactions, journal, migrations. Only stores use it."""

from sqlalchemy.exc import SQLAlchemyError as StorageFailure

from haymarket.storage.engine import Storage, open_storage
from haymarket.storage.transactions import Counting, Reading, Writing, new_id

__all__ = ["Counting", "Reading", "Storage", "StorageFailure", "Writing", "new_id", "open_storage"]
