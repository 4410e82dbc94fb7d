"""What other rooms tell this one without being known here. `hanlin/wiring.py` fills it once, at start."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol


@dataclass(frozen=True)
class Evidence:
    """One fact that speaks for a candidate: a certificate, with where to see it."""

    title: str
    number: str = ""
    on: date | None = None
    url: str = ""


class CandidateSource(Protocol):
    """Who has earned a look by the committee, and by what."""

    def people(self, path: str) -> Any:
        """A query of person ids (usable as a subquery) whose posts lie under the tree path."""
        ...

    def evidence(self, person_ids: Iterable[int]) -> Mapping[int, list[Evidence]]:
        """The facts of each of these people, at a constant number of queries."""
        ...


# A workload provider gives an integer SQL expression over Expert rows: OuterRef("person_id") is the expert's person.
WORKLOADS: list[Callable[[date], Any]] = []
CANDIDATES: list[CandidateSource] = []


def register_workload(provider: Callable[[date], Any]) -> None:
    """Offer a count of what an expert has in hand on a day, as an integer expression to annotate Expert rows with."""
    WORKLOADS.append(provider)


def register_candidates(source: CandidateSource) -> None:
    """Offer people whom a committee's secretary may want to nominate."""
    CANDIDATES.append(source)
