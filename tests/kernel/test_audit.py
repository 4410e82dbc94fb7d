from datetime import date
from importlib import import_module

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hanlin.kernel.domain import audit, audit_checks
from hanlin.kernel.enums import JobState
from hanlin.kernel.models import AuditChain, AuditEntry, Job, Workday
from hanlin.kernel.queries.audit import entries

pytestmark = pytest.mark.django_db
SAID = st.one_of(st.integers(), st.text("一二三é'\"\\", max_size=8), st.none(), st.lists(st.integers(), max_size=3))


@pytest.fixture
def row():
    return Workday.objects.create(date=date(2027, 1, 1), works=False, name="元旦", source="示例")


def leave(row, count=5, **words):
    for n in range(count):
        audit.log(row, "test.day.touch", actor=None, before={"n": n}, after={"n": n + 1, **words})
    audit.seal()


def tamper(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def found():
    return [(place.seq, place.what) for place in audit.breaks()]


def test_a_chain_that_nobody_touched_holds_and_sealing_again_changes_nothing(row):
    leave(row)
    heads = list(AuditChain.objects.values_list("head", "length"))

    assert found() == []
    assert audit.seal() == 0
    assert list(AuditChain.objects.values_list("head", "length")) == heads


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("UPDATE kernel_auditentry SET actor_name = '某人' WHERE seq = 3", (3, "content")),
        ("UPDATE kernel_auditentry SET at = '2020-01-01 00:00:00+00:00' WHERE seq = 2", (2, "content")),
        ("DELETE FROM kernel_auditentry WHERE seq = 3", (3, "missing")),
        ("DELETE FROM kernel_auditentry WHERE seq = 5", (4, "head")),
        ("UPDATE kernel_auditentry SET previous = digest WHERE seq = 4", (4, "link")),
        ("UPDATE kernel_auditchain SET head = genesis", (5, "head")),
        ("UPDATE kernel_auditchain SET genesis = head", (0, "genesis")),
    ],
)
def test_every_way_to_tamper_is_found_at_its_place(row, sql, expected):
    leave(row)
    tamper(sql)

    assert expected in found()


def test_a_rewritten_entry_with_a_fresh_digest_breaks_the_next_link(row):
    leave(row)
    entry = AuditEntry.objects.get(seq=2)
    entry.actor_name = "某人"
    forged = audit._digest(audit._words(entry, entry.previous), entry.chain.algorithm)
    tamper("UPDATE kernel_auditentry SET actor_name = '某人', digest = %s WHERE seq = 2", forged)

    assert found() == [(3, "link")]


def test_a_closed_month_anchors_the_next(row):
    leave(row)
    AuditChain.objects.update(month="2020-01")
    tamper("UPDATE kernel_auditchain SET genesis = %s", audit._digest("2020-01|", "sm3"))
    leave(row)
    assert AuditChain.objects.count() == 2
    tamper("UPDATE kernel_auditchain SET head = genesis WHERE month = '2020-01'")

    assert any(place.what == "genesis" and place.month != "2020-01" for place in audit.breaks())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(
    st.lists(st.dictionaries(st.text("abcxyz姓名", min_size=1, max_size=6), SAID, max_size=4), min_size=1, max_size=6),
    st.data(),
)
def test_whatever_is_said_the_chain_holds_and_any_changed_word_is_found(row, words, data):
    with transaction.atomic():
        for said in words:
            audit.log(row, "test.day.say", actor=None, after=said)
        audit.seal()
        assert found() == []
        victim = data.draw(st.sampled_from(list(AuditEntry.objects.values_list("pk", flat=True))))
        tamper("UPDATE kernel_auditentry SET object_name = object_name || 'x' WHERE id = %s", victim)
        assert [what for _seq, what in found()] == ["content"]
        transaction.set_rollback(True)


def test_the_manager_refuses_what_the_trigger_would(row):
    leave(row)
    entry = AuditEntry.objects.first()
    with pytest.raises(PermissionDenied):
        AuditEntry.objects.all().delete()
    with pytest.raises(PermissionDenied):
        entry.delete()
    with pytest.raises(PermissionDenied):
        AuditEntry.objects.update(actor_name="某人")


@pytest.fixture
def guarded():
    """The triggers of the migration, put on for this test: the suite runs without migrations."""
    migration = import_module("hanlin.kernel.migrations.0004_audit_guard")
    with connection.cursor() as cursor:
        for statement in migration.SQLITE if connection.vendor == "sqlite" else migration.POSTGRESQL:
            cursor.execute(statement)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM kernel_auditentry",
        "UPDATE kernel_auditentry SET actor_name = '某人'",
        "UPDATE kernel_auditentry SET digest = ''",
        "UPDATE kernel_auditentry SET chain_id = NULL",
    ],
)
def test_the_database_itself_refuses(row, guarded, sql):
    leave(row)  # sealing, which sets chain and digest once, passes
    with pytest.raises(DatabaseError, match="audit entries cannot be"), transaction.atomic():
        tamper(sql)
    assert found() == []


def test_an_entry_not_yet_sealed_cannot_be_changed_either(row, guarded):
    audit.log(row, "test.day.touch", actor=None)
    with pytest.raises(DatabaseError, match="audit entries cannot be"), transaction.atomic():
        tamper("UPDATE kernel_auditentry SET action = 'other'")


def test_the_command_prints_the_place_and_exits_with_one(row, capsys):
    leave(row)
    call_command("verify_audit")
    assert "5" in capsys.readouterr().out
    tamper("UPDATE kernel_auditentry SET actor_name = '某人' WHERE seq = 3")
    with pytest.raises(SystemExit) as ended:
        call_command("verify_audit")

    assert ended.value.code == 1
    assert "3" in capsys.readouterr().out


@pytest.fixture
def auditor(world, client):
    client.force_login(world.people["audit_admin"], backend="allauth.account.auth_backends.AuthenticationBackend")
    return world.people["audit_admin"]


def test_the_button_walks_the_chain_and_tells_the_place(client, auditor, row, django_capture_on_commit_callbacks):
    leave(row)
    with django_capture_on_commit_callbacks(execute=True):
        reply = client.post(reverse("kernel:audit_verify"))
    job = Job.objects.get(kind=audit_checks.VERIFY)
    assert (job.state, reply.url, job.result["breaks"]) == (JobState.DONE, reverse("kernel:job", args=[job.pk]), [])

    tamper("UPDATE kernel_auditentry SET actor_name = '某人' WHERE seq = 3")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("kernel:audit_verify"))
    job = Job.objects.filter(kind=audit_checks.VERIFY).latest("created_at")
    assert job.state == JobState.FAILED
    assert "3" in job.message
    assert client.get(reverse("kernel:job", args=[job.pk])).status_code == 200


def test_the_trail_is_filtered_by_day_person_action_and_object(world, row):
    learner = world.people["learner"]
    audit.log(row, "test.day.one", actor=learner)
    audit.log(learner, "test.person.two", actor=None)

    assert entries(actor="顾昀").get().action == "test.day.one"
    assert entries(action="person.two").get().object_name == "顾昀"
    assert entries(object="workday").get().action == "test.day.one"
    assert entries(since=date(2099, 1, 1)).count() == 0
    assert entries(until=date(2020, 1, 1)).count() == 0
    assert entries(since=date(2020, 1, 1), until=date(2098, 1, 1)).count() >= 2


def test_taking_the_trail_out_is_itself_an_entry(client, auditor, row):
    leave(row)
    reply = client.get(reverse("kernel:audit_export"), {"action": "touch", "kind": "csv"})

    assert reply.content.decode("utf-8-sig").count("test.day.touch") == 5
    assert AuditEntry.objects.get(action="kernel.audit.export").after == {"entries": 5, "action": "touch"}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_trail_costs_the_same_for_one_entry_or_three(client, auditor, row, django_assert_num_queries, rows):
    leave(row, rows)
    client.get(reverse("kernel:audit"))
    with django_assert_num_queries(7):
        reply = client.get(reverse("kernel:audit"))

    assert len(reply.context["rows"]) == rows


def test_a_nonsense_filter_shows_everything(client, auditor, row):
    leave(row, 2)
    assert client.get(reverse("kernel:audit"), {"since": "nonsense"}).context["page"].paginator.count == 2
