"""Passwords: argon2id (RFC 9106, low-memory profile). Two at a time per process: each takes 64 MB for 0.1 s."""

import secrets
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

SHORTEST, LONGEST = 10, 200
_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
_hasher = PasswordHasher()
_room = BoundedSemaphore(2)
_NOBODYS = "$argon2id$v=19$m=65536,t=3,p=4$0qCtecDOtaxBvvBkduyfcA$LCzFt1/NtIfib0JuaJqojrVz1n0w2pboZIvB27ygapc"
"""Compared with where there is no such person, so that the answer takes as long."""


def hashed(password: str) -> str:
    with _room:
        return _hasher.hash(password)


def fits(password: str, password_hash: str | None) -> bool:
    """Whether it is the password behind the hash; as slow where there is none (None)."""
    with _room:
        try:
            return _hasher.verify(password_hash or _NOBODYS, password[:LONGEST]) and password_hash is not None
        except (VerifyMismatchError, InvalidHashError):
            return False


def drawn() -> str:
    """A password to be told once and changed at the first sign-in: 59 bits, nothing that can be misread."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(12))
    return "-".join(letters[i : i + 4] for i in range(0, 12, 4))
