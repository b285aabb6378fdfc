"""查进度: one claim as its homeowner sees it, and the acts that are the homeowner's own."""

from claims.track.actions import answer_asks
from claims.track.acts import pages
from claims.track.words import read_words

__all__ = ["answer_asks", "pages", "read_words"]
