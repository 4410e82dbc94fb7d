"""Two threads that issue at the same moment: one series, no gap, no double."""

import pytest
from django.db import transaction

from hanlin.kernel.domain import papers
from hanlin.kernel.models import OfficialDocument
from tests.factories import papers as factory
from tests.together import at_once


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_twenty_papers_from_two_threads_are_1_to_20(monkeypatch):
    factory.register(monkeypatch)
    monkeypatch.setattr(papers, "_render_later", lambda document, actor: None)
    about = factory.row()

    def issue_ten():
        for turn in range(12):
            with transaction.atomic():
                factory.issue(about=about, title=f"{turn}")
                transaction.set_rollback(turn % 6 == 5)  # two of each thread's papers come to nothing

    assert at_once(issue_ten, issue_ten) == [None, None]
    numbers = OfficialDocument.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 21))
