"""The reporter's name and phone: sealed to be kept, indexed to be found."""

import secrets

from config.sealing import Sealer

TRACK_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_track_code() -> str:
    """6 characters that can't be mistaken for one another when read out."""
    return "".join(secrets.choice(TRACK_ALPHABET) for _ in range(6))


def sealed_reporter(sealer: Sealer, name: str, phone: str) -> dict[str, str]:
    """The columns of Claim that hold the reporter. `phone` is E.164, or empty where none is known."""
    return {
        "name_sealed": sealer.seal(name),
        "name_index": " ".join(sorted(fragments(sealer, name))),
        "phone_sealed": sealer.seal(phone),
        "phone_index": sealer.index(phone, "phone") if phone else "",
        "last4_index": sealer.index(phone[-4:], "last4") if phone else "",
    }


def fragments(sealer: Sealer, name: str) -> set[str]:
    """A keyed hash of 10 hex digits per character and per pair of characters."""
    name = "".join(name.split())
    pieces = {name[i : i + length] for length in (1, 2) for i in range(len(name) - length + 1)}
    return {sealer.index(piece, "name fragment")[:10] for piece in pieces}
