"""Two threads that issue at the same moment: one series, no gap, no double."""

import threading

import pytest
from django.db import DatabaseError, connection, transaction

from hanlin.kernel.domain import papers
from hanlin.kernel.models import OfficialDocument
from tests.factories import papers as factory


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_twenty_papers_from_two_threads_are_1_to_20(monkeypatch):
    factory.register(monkeypatch)
    monkeypatch.setattr(papers, "_render_later", lambda document, actor: None)
    about, start, errors = factory.row(), threading.Barrier(2), []

    def issue_ten(worker):
        try:
            start.wait(10)
            for turn in range(12):
                with transaction.atomic():
                    factory.issue(about=about, title=f"{worker} {turn}")
                    transaction.set_rollback(turn % 6 == 5)  # two of each thread's papers come to nothing
        except (DatabaseError, AssertionError) as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=issue_ten, args=(worker,)) for worker in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []
    numbers = OfficialDocument.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 21))
