"""Subjects measured in alternation, so that a busy machine slows all of them; read ratios, not seconds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median

from bench.ground import Ground
from bench.load import Job, Sample

WARM_UP = 2.0
"""Seconds. A connection prepares a statement at its sixth use."""


@dataclass
class Subject:
    """`job` makes fresh shots for so many seconds."""

    name: str
    job: Callable[[float], Job]
    samples: list[Sample] = field(default_factory=list)

    def figure(self, of: Callable[[Sample], float]) -> float:
        """The median of the rounds."""
        return median(of(sample) for sample in self.samples)


def compete(here: Ground, subjects: Sequence[Subject], *, rounds: int, seconds: float) -> None:
    """One round to warm up, then each in turn."""
    for subject in subjects:
        here.fire(subject.job(WARM_UP))
    for _ in range(rounds):
        for subject in subjects:
            subject.samples.append(here.fire(subject.job(seconds)))


def show(subjects: Sequence[Subject], against: Subject) -> str:
    """A Markdown table; the ratio is the median of the rounds' own ratios, with its range."""
    rows = [
        "| what | per second | p50 ms | p95 ms | p99 ms | × floor (range) |",
        "|---|---|---|---|---|---|",
    ]
    for subject in subjects:
        waits = " | ".join(f"{subject.figure(lambda s, p=p: s.percentile(p)):.1f}" for p in (0.5, 0.95, 0.99))  # type: ignore[misc]
        rows.append(
            f"| {subject.name} | {subject.figure(lambda s: s.per_second):,.0f} | {waits} | {_ratio(subject, against)} |"
        )
    return "\n".join(rows)


def _ratio(subject: Subject, against: Subject) -> str:
    pairs = zip(subject.samples, against.samples, strict=True)
    ratios = sorted(ours.per_second / floor.per_second for ours, floor in pairs)
    return f"{median(ratios):.2f} ({ratios[0]:.2f}–{ratios[-1]:.2f})"
