"""The demo world of `make run`: a town, its people, and 150 claims brought to every stage by the real actions."""

from claims.demo.commands import demo, load_demo, up
from claims.demo.playing import special_claims
from claims.demo.tokens import DEMO_TOKENS, load_sample, refuse_demo_tokens

__all__ = ["DEMO_TOKENS", "demo", "load_demo", "load_sample", "refuse_demo_tokens", "special_claims", "up"]
