import io

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from hanlin.kernel.domain import imports
from hanlin.kernel.domain.reference import load
from hanlin.kernel.enums import ImportState
from hanlin.kernel.errors import Refused
from hanlin.kernel.models import AuditEntry, ImportBatch, Job
from tests.kernel import files
from tests.kernel.table_office import KIND, names_file, names_kind


@pytest.fixture
def written():
    return names_kind()


@pytest.fixture
def learner(world, client):
    client.force_login(world.people["learner"], backend="allauth.account.auth_backends.AuthenticationBackend")
    return world.people["learner"]


def post(client, content, name="名册.xlsx"):
    return client.post(reverse("kernel:import", args=[KIND]), {"file": files.upload(name, content)})


def test_a_table_is_checked_shown_confirmed_and_its_bad_rows_come_back(client, learner, written):
    reply = post(client, files.xlsx([["姓名", "备注"], ["顾昀", ""], ["", "无名"], ["=1+1", ""]]))
    batch = ImportBatch.objects.get()
    assert reply.url == reverse("kernel:import_batch", args=[batch.pk])
    assert (batch.state, batch.good, batch.bad, written) == (ImportState.CHECKED, 1, 2, [])

    page = client.get(reply.url).content.decode()
    assert "顾昀" in page
    assert "无名" in page

    client.post(reverse("kernel:import_confirm", args=[batch.pk]))
    batch.refresh_from_db()
    assert (batch.state, written, batch.report["result"]) == (ImportState.APPLIED, ["顾昀"], {"create": 1})
    assert client.get(reply.url).status_code == 200

    reply = client.get(reverse("kernel:import_refused", args=[batch.pk]))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(reply.content)).get_sheet_by_index(0).to_python()
    assert rows[1][:2] == ["", "无名"]
    assert rows[1][2]
    assert rows[2][0] == "'=1+1"


def test_the_report_keeps_no_cell_of_the_file(client, learner, written):
    post(client, files.xlsx([["姓名", "备注"], ["", "手机13800000000"]]))

    assert "13800000000" not in str(ImportBatch.objects.get().report)


def test_the_same_file_twice_changes_nothing(client, learner, written):
    content = files.xlsx([["姓名"], ["顾昀"], ["沈砚"]])
    for _time in range(2):
        post(client, content)
        client.post(reverse("kernel:import_confirm", args=[ImportBatch.objects.latest("created_at").pk]))

    assert written == ["顾昀", "沈砚"]
    assert ImportBatch.objects.latest("created_at").report["result"] == {"same": 2}


def test_a_second_confirmation_is_refused(client, learner, written):
    post(client, files.xlsx([["姓名"], ["顾昀"]]))
    pk = ImportBatch.objects.get().pk
    assert client.post(reverse("kernel:import_confirm", args=[pk])).status_code == 302
    assert client.post(reverse("kernel:import_confirm", args=[pk])).status_code == 409
    assert written == ["顾昀"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("名册.xlsx", files.xlsx([["甲", "乙"], ["1", "2"]])),
        ("名册.xlsx", b"\0" * 100),
        ("名册.csv", "姓名\n顾昀\n".encode() + "沈砚\n".encode("gb18030")),
        ("名册.pdf", files.pdf()),
        ("名册.xlsx", files.xlsx([["姓名"]])),
    ],
)
def test_what_is_no_such_table_is_refused_on_the_form_and_nothing_is_kept(client, learner, written, name, content):
    reply = post(client, content, name)

    assert reply.status_code == 422
    assert not ImportBatch.objects.exists()
    assert not AuditEntry.objects.filter(action__startswith="kernel.import").exists()


def test_without_a_file_the_form_says_so(client, learner, written):
    assert client.post(reverse("kernel:import", args=[KIND])).status_code == 422


def test_where_nothing_is_good_nothing_can_be_confirmed(client, learner, written):
    post(client, files.xlsx([["姓名", "备注"], ["", "甲"]]))
    assert client.post(reverse("kernel:import_confirm", args=[ImportBatch.objects.get().pk])).status_code == 409


def test_many_rows_are_the_work_of_a_job(client, learner, written, django_capture_on_commit_callbacks):
    rows = [["姓名"], *[[f"学员{n}"] for n in range(imports.AS_JOB + 1)]]
    with django_capture_on_commit_callbacks(execute=True):
        post(client, files.xlsx(rows))
    batch = ImportBatch.objects.get()
    assert (batch.state, batch.good) == (ImportState.CHECKED, imports.AS_JOB + 1)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("kernel:import_confirm", args=[batch.pk]))
    batch.refresh_from_db()

    assert (batch.state, len(written)) == (ImportState.APPLIED, imports.AS_JOB + 1)
    assert list(Job.objects.values_list("state", flat=True)) == ["done", "done"]


def test_while_a_job_checks_the_page_shows_how_far_it_is(client, learner, written):
    post(client, files.xlsx([["姓名"], *[[f"学员{n}"] for n in range(imports.AS_JOB + 1)]]))
    batch = ImportBatch.objects.get()

    page = client.get(reverse("kernel:import_batch", args=[batch.pk])).content.decode()
    assert reverse("kernel:job_bar", args=[batch.job_id]) in page


def test_a_table_that_is_none_is_refused_by_the_job_in_words(client, learner, written, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        post(client, files.xlsx([["错列"], *[[f"学员{n}"] for n in range(imports.AS_JOB + 1)]]))
    batch = ImportBatch.objects.get()

    assert batch.state == ImportState.REFUSED
    assert "姓名" in batch.report["refused"]
    assert "姓名" in client.get(reverse("kernel:import_batch", args=[batch.pk])).content.decode()


def test_a_refusal_while_writing_leaves_nothing_half_done(learner, written):
    def refuse(rows, *, actor, context):
        written.extend(row.values["name"] for row in rows)
        raise Refused("不行")

    batch = imports.upload(KIND, names_file(), actor=learner, context={})
    known = imports.import_kind(KIND)
    imports.register_import(KIND, title="", spec=known.spec, plan=known.plan, apply=refuse, permission=known.permission)
    with pytest.raises(Refused):
        imports.confirm(batch, actor=learner)
    batch.refresh_from_db()

    assert batch.state == ImportState.CHECKED
    assert not AuditEntry.objects.filter(action="kernel.import.apply").exists()


def test_old_files_are_forgotten_and_the_page_still_opens(client, learner, written):
    load()
    post(client, files.xlsx([["姓名", "备注"], ["", "甲"]]))
    batch = ImportBatch.objects.get()
    assert imports.forget_old_files() == 0
    ImportBatch.objects.update(created_at="2020-01-01T00:00Z")

    assert imports.forget_old_files() == 1
    assert client.get(reverse("kernel:import_batch", args=[batch.pk])).status_code == 200
    assert client.get(reverse("kernel:import_refused", args=[batch.pk])).status_code == 302


def test_the_template_can_be_filled_and_uploaded(client, learner, written):
    reply = client.get(reverse("kernel:import_template", args=[KIND]))
    header = CalamineWorkbook.from_filelike(io.BytesIO(reply.content)).get_sheet_by_index(0).to_python()[0]
    assert header == ["姓名*", "备注"]
    post(client, files.xlsx([header, ["顾昀", ""]]))
    assert ImportBatch.objects.get().good == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_upload_page_costs_the_same_for_one_import_or_three(client, learner, written, django_assert_num_queries, rows):
    for _n in range(rows):
        imports.upload(KIND, names_file(), actor=learner, context={})
    url = reverse("kernel:import", args=[KIND])
    client.get(url)
    with django_assert_num_queries(5):
        client.get(url)
