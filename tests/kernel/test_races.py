"""Two writers at once, on PostgreSQL: nobody waits for ever, nothing is chained, sent or run twice."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from hanlin.kernel.domain import audit, jobs, outbox
from hanlin.kernel.domain.policies import set_policy
from hanlin.kernel.enums import JobState, PolicyMark
from hanlin.kernel.models import AuditChain, AuditEntry, Job, Outbox, PolicyValue, Workday
from tests.together import at_once, kinds

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


def test_two_writers_share_one_chain_without_a_gap():
    row = Workday.objects.create(date=date(2027, 1, 1), works=False, source="示例")

    def write():
        for n in range(20):
            audit.log(row, "test.day.touch", actor=None, after={"n": n})
            audit.seal()

    assert at_once(write, write, write) == [None, None, None]
    audit.seal()

    assert list(audit.breaks()) == []
    assert AuditChain.objects.get().length == AuditEntry.objects.count() == 60


def test_two_senders_send_a_message_once(monkeypatch):
    gone = []
    monkeypatch.setitem(outbox._channels, "sms", lambda message: gone.append(message.pk))
    for n in range(10):
        Outbox.objects.create(channel="sms", key=f"k{n}", to="x", due_at=timezone.now())
    sent = at_once(outbox.send_due, outbox.send_due)

    assert sum(sent) == 10
    assert len(gone) == len(set(gone)) == 10


def test_two_workers_do_a_job_once(monkeypatch):
    done = []
    monkeypatch.setitem(jobs._kinds, "test.race", lambda job: done.append(job.pk))
    job = Job.objects.create(kind="test.race")
    at_once(lambda: jobs.run(str(job.pk)), lambda: jobs.run(str(job.pk)))

    assert done == [job.pk]
    assert Job.objects.get().state == JobState.DONE


def test_of_two_values_for_one_day_one_is_refused():
    PolicyValue.objects.create(
        code="test.code", value=1, name="示例", source="示例", mark=PolicyMark.PROPOSAL, valid_from=date(2026, 1, 1)
    )

    def put(value):
        return set_policy(
            "test.code", value=Decimal(value), valid_from=date(2027, 1, 1), source="示例", mark=PolicyMark.PROPOSAL, actor=None
        )

    found = at_once(lambda: put(2), lambda: put(3))

    assert kinds(found) == ["PolicyValue", "Refused"]
    assert PolicyValue.objects.filter(code="test.code", valid_to=None).count() == 1
