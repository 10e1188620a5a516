"""Where apps above `accounts` know the store from: it lies there, because seals of the history are kept in it."""

from accounts.files import StoreDamaged, StoredFile, WriteOnceStore

__all__ = ["StoreDamaged", "StoredFile", "WriteOnceStore"]
