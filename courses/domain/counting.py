"""How much of what a player claims is believed. Pure arithmetic over milliseconds: no rows, no clock of its own."""

from dataclasses import dataclass

from courses.enums import SuspicionKind

Span = tuple[int, int]  # media milliseconds, start < end

SLACK = 2_000  # how far a claim may begin beyond what was seen: rounding, not a jump
GRACE = 3_000  # how much more than the clock a claim may be before somebody should look


@dataclass(frozen=True)
class Claim:
    """What a player says of the time since its last beat."""

    playhead: int  # where it stands now
    played: int  # media time played since the last beat
    visible: bool  # the page was in front


@dataclass(frozen=True)
class Bounds:
    """What the server knows: nothing beyond these is believed."""

    elapsed: int  # its own clock since the last beat
    tolerance: int  # the most that one beat may bring
    length: int  # of the media
    furthest: int  # the end of what this person has seen
    cap_left: int  # of today


@dataclass(frozen=True)
class Verdict:
    """The span that is believed (None: nothing), where to resume, and what was odd about the claim."""

    span: Span | None
    resume: int
    suspicion: SuspicionKind | None = None


def believe(claim: Claim, bounds: Bounds) -> Verdict:
    """Judge one claim of a first viewing. The span is never longer than the clock, the tolerance or the day's rest."""
    furthest = bounds.furthest
    if claim.played < 0 or claim.playhead < 0 or claim.playhead > bounds.length + SLACK:
        return Verdict(None, furthest, SuspicionKind.FORGED)
    playhead = min(claim.playhead, bounds.length)
    start = max(0, playhead - claim.played)
    if start > furthest + SLACK:
        return Verdict(None, furthest, SuspicionKind.JUMPED)
    start = min(start, furthest)
    faster = SuspicionKind.FASTER if claim.played > max(0, bounds.elapsed) + GRACE else None
    room = max(0, min(bounds.elapsed, bounds.tolerance, bounds.cap_left))
    end = min(playhead, start + room)
    if not claim.visible or claim.played == 0 or end <= start:
        return Verdict(None, min(playhead, furthest), faster)
    return Verdict((start, end), min(playhead, max(end, furthest)), faster)


def merge(spans: list[Span], new: Span) -> tuple[Span, list[Span], int]:
    """The union of disjoint `spans` with `new`: the span that holds `new` now, those it swallowed, and what was added."""
    touching = [span for span in spans if span[0] <= new[1] and new[0] <= span[1]]
    start = min([new[0], *(span[0] for span in touching)])
    end = max([new[1], *(span[1] for span in touching)])
    added = (end - start) - sum(stop - begin for begin, stop in touching)
    return (start, end), touching, added
