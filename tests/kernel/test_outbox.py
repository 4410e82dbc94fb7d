from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from hanlin.kernel.domain import outbox
from hanlin.kernel.domain.reference import load
from hanlin.kernel.models import Outbox

pytestmark = pytest.mark.django_db


def message(key="one", channel="mail", **fields):
    fields = {"to": "guyun@demo.example", "subject": "通知", "body": "请查收", "due_at": timezone.now(), **fields}
    return Outbox.objects.create(key=key, channel=channel, **fields)


@pytest.fixture
def broken(monkeypatch):
    load()
    tries = []

    def send(row):
        tries.append(row.pk)
        raise outbox.ChannelError("no line")

    monkeypatch.setitem(outbox._channels, "sms", send)
    return tries


def test_what_is_due_leaves_once_and_what_is_not_waits():
    message()
    message("later", due_at=timezone.now() + timedelta(hours=1))

    assert (outbox.send_due(), outbox.send_due()) == (1, 0)
    assert [sent.subject for sent in mail.outbox] == ["通知"]
    assert Outbox.objects.get(key="one").sent_at


def test_a_message_that_another_sender_holds_is_left_to_it_until_its_lease_runs_out():
    message(lease_until=timezone.now() + timedelta(minutes=1))
    assert outbox.send_due() == 0
    assert outbox.send_due(timezone.now() + timedelta(minutes=6)) == 1


def test_what_fails_waits_longer_each_time_and_is_given_up_at_last(broken):
    row = message(channel="sms")
    now, pauses = timezone.now(), []
    for _n in range(20):
        outbox.send_due(now)
        row.refresh_from_db()
        if row.given_up_at:
            break
        pauses.append(row.due_at - now)
        now = row.due_at

    assert len(broken) == 8
    assert pauses == sorted(pauses)
    assert pauses[-1] <= timedelta(hours=6)
    assert "no line" in row.error


def test_one_that_fails_does_not_hold_up_the_others(broken):
    message("bad", channel="sms", due_at=timezone.now() - timedelta(hours=1))
    message("good")
    assert outbox.send_due() == 1


def test_a_channel_that_does_not_exist_gives_up_at_once():
    row = message(channel="telegraph")
    assert outbox.send_due() == 0
    row.refresh_from_db()
    assert row.given_up_at


def test_a_registered_channel_sends(monkeypatch):
    gone = []
    monkeypatch.setattr(outbox, "_channels", dict(outbox._channels))
    outbox.register_channel("wecom", lambda row: gone.append(row.to))
    message(channel="wecom")

    assert outbox.send_due() == 1
    assert gone == ["guyun@demo.example"]
