"""A report by text: a conversation of at most three questions.

Read it in this order: understanding (what somebody means), reading (what becomes of it), asking (what we want to know
next), replies (what we write back).
"""

from claims.intake.texting.reading import read_text

__all__ = ["read_text"]
