"""Where bytes are kept: a folder or an S3 bucket, by the same calls. An original is written once, never changed."""

from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import IO
from urllib.parse import unquote, urlsplit

import obstore
from obstore.store import LocalStore, from_url


class FileStore:
    """Opens lazily; `file:///…` or `s3://bucket/prefix`."""

    def __init__(self, url: str) -> None:
        self._url = url

    @cached_property
    def _store(self) -> obstore.store.ObjectStore:
        parts = urlsplit(self._url)
        if parts.scheme == "file":
            folder = Path(unquote(parts.path))
            folder.mkdir(parents=True, exist_ok=True)
            return LocalStore(str(folder))
        return from_url(self._url)

    def write(self, key: str, content: bytes | IO[bytes]) -> None:
        """Create `key`. Raises AlreadyExistsError where it exists: originals aren't overwritten."""
        obstore.put(self._store, key, content, mode="create", use_multipart=False)

    def read(self, key: str) -> bytes:
        return bytes(obstore.get(self._store, key).bytes())

    def remove(self, key: str) -> None:
        """Only for what never became part of a claim; what is gone already is no error."""
        with suppress(FileNotFoundError):
            obstore.delete(self._store, key)

    def check(self) -> None:
        """Raises where the store can't be listed."""
        next(iter(obstore.list(self._store, chunk_size=1)), None)
