"""Sealing of personal data: AES-GCM with keys by id, and HMAC indexes to find a sealed value again."""

import base64
import hashlib
import hmac
import os
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


class CannotOpen(ValueError):
    """A sealed value was made with a key that is no longer configured, or was altered."""


class Sealer:
    """Seals with the newest key, opens with whichever key the value names.

    `keys` maps key id → secret, newest first. The index key is drawn from the oldest, so that adding a
    newer key doesn't hide what was indexed before.
    """

    def __init__(self, keys: Mapping[str, str]) -> None:
        self._ciphers = {key_id: AESGCM(_stretch(secret, b"seal")) for key_id, secret in keys.items()}
        self._newest = next(iter(keys))
        self._index_key = _stretch(list(keys.values())[-1], b"index")

    def seal(self, text: str) -> str:
        """`text` → `key-id.base64(nonce ‖ ciphertext)`; the empty text stays empty."""
        return self.seal_bytes(text.encode()) if text else ""

    def seal_bytes(self, raw: bytes) -> str:
        """The same for any bytes, the empty ones too."""
        nonce = os.urandom(12)
        sealed = nonce + self._ciphers[self._newest].encrypt(nonce, raw, None)
        return f"{self._newest}.{base64.urlsafe_b64encode(sealed).decode()}"

    def open(self, sealed: str) -> str:
        """The text again. Raises CannotOpen for an unknown key or an altered value."""
        return self.open_bytes(sealed).decode() if sealed else ""

    def open_bytes(self, sealed: str) -> bytes:
        """The bytes again. Raises as `open` does."""
        key_id, _, payload = sealed.partition(".")
        try:
            raw = base64.urlsafe_b64decode(payload)
            return self._ciphers[key_id].decrypt(raw[:12], raw[12:], None)
        except (KeyError, InvalidTag, ValueError) as error:
            raise CannotOpen(f"sealed with key {key_id!r}, which can't open it") from error

    def index(self, text: str, purpose: str) -> str:
        """32 hex digits that equal texts share within one purpose, and that don't tell the text."""
        return hmac.new(self._index_key, f"{purpose}\0{text}".encode(), hashlib.sha256).hexdigest()[:32]


def _stretch(secret: str, purpose: bytes) -> bytes:
    return hashlib.scrypt(secret.encode(), salt=b"claims/" + purpose, n=2**12, r=8, p=1, dklen=32)
