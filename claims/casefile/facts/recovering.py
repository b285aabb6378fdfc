"""代位追偿: the right against whoever is liable, from the payment on (第十六条, 保险法 60)."""

from dataclasses import dataclass

from claims.casefile.fact import PROOF, Fact


@dataclass(frozen=True, kw_only=True)
class RecoveryBegun(Fact):
    """Said on the claim: who is asked to pay it back, and in which file that goes on."""

    private = frozenset({"debtor"})

    recovery: str
    debtor: str


@dataclass(frozen=True, kw_only=True)
class RecoveryOpened(Fact):
    """解释（二）16: dated to the payment, where the right is obtained and its limitation begins."""

    weighty = True
    private = PROOF | {"debtor"}

    claim: str
    debtor: str
    amount_fen: int


@dataclass(frozen=True, kw_only=True)
class RecoveryDemanded(Fact):
    """解释（四）10: the notice with the demand reached the liable party; 民法典 195: limitation begins anew."""

    weighty = True
    private = PROOF


@dataclass(frozen=True, kw_only=True)
class DeveloperAsked(Fact):
    """第十六条: the developer was asked to help: to tell designers, builders and suppliers, to secure evidence."""

    weighty = True
    private = PROOF


@dataclass(frozen=True, kw_only=True)
class LiablePartiesTold(Fact):
    """第十六条: whoever may be liable knows of the event and of the recovery that may follow."""

    weighty = True
    private = PROOF


@dataclass(frozen=True, kw_only=True)
class RecoverySued(Fact):
    """Suit, or arbitration, was filed in time."""

    weighty = True
    private = PROOF


@dataclass(frozen=True, kw_only=True)
class RecoveryReceived(Fact):
    weighty = True
    private = PROOF

    amount_fen: int
