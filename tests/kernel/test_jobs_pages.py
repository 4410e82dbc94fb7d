import pytest
from django.urls import reverse

from hanlin.kernel.domain import jobs
from hanlin.kernel.enums import JobState
from hanlin.kernel.models import Job
from hanlin.kernel.uploads import check_upload, store_private
from tests.kernel import files


@pytest.fixture
def learner(world, client):
    client.force_login(world.people["learner"], backend="allauth.account.auth_backends.AuthenticationBackend")
    return world.people["learner"]


def make(learner, state=JobState.RUNNING, **fields):
    return Job.objects.create(kind="test.job", asked_by_id=learner.pk, state=state, **fields)


def test_a_running_job_asks_for_its_progress_and_a_finished_one_does_not(client, learner):
    job = make(learner, done=3, total=12, message="正在写入")
    url = reverse("kernel:job", args=[job.pk])
    page = client.get(url).content.decode()
    assert f'hx-get="{reverse("kernel:job_bar", args=[job.pk])}?reload=1"' in page
    assert 'aria-valuenow="25"' in page

    Job.objects.update(state=JobState.DONE)
    assert "hx-get" not in client.get(url).content.decode().split("<main")[1].split("</main>")[0]


def test_the_page_is_loaded_anew_when_the_job_ends(client, learner):
    job = make(learner)
    url = reverse("kernel:job_bar", args=[job.pk])
    assert "HX-Refresh" not in client.get(f"{url}?reload=1")
    Job.objects.update(state=JobState.DONE)
    assert client.get(f"{url}?reload=1")["HX-Refresh"] == "true"
    assert "HX-Refresh" not in client.get(url)


def test_a_waiting_job_is_stopped_at_once_a_running_one_at_its_next_step(client, learner):
    waiting, running = make(learner, JobState.WAITING), make(learner)
    client.post(reverse("kernel:job_cancel", args=[waiting.pk]))
    reply = client.post(reverse("kernel:job_cancel", args=[running.pk]), headers={"HX-Request": "true"})
    waiting.refresh_from_db()
    running.refresh_from_db()

    assert (waiting.state, running.state, running.cancel_asked) == (JobState.CANCELLED, JobState.RUNNING, True)
    assert reply.content.decode().startswith("<div")
    with pytest.raises(jobs.Cancelled):
        jobs.progress(running, 1, 2)


def test_a_job_that_has_ended_cannot_be_stopped(client, learner):
    job = make(learner, JobState.DONE)
    assert client.post(reverse("kernel:job_cancel", args=[job.pk])).status_code == 409


def test_what_came_out_is_given_to_the_one_who_asked(client, learner, world):
    stored = store_private(check_upload(files.upload("a.csv", "姓名\n顾昀\n".encode()), kinds=["csv"], max_bytes=99), "jobs")
    job = make(learner, JobState.DONE, result_file=stored, error_file=stored, result={"filename": "结果.csv"})
    url = reverse("kernel:job_file", args=[job.pk, "result"])
    reply = client.get(url)

    assert b"".join(reply.streaming_content) == "姓名\n顾昀\n".encode()
    assert "filename*=utf-8''%E7%BB%93%E6%9E%9C.csv" in reply["Content-Disposition"]
    client.force_login(world.people["other_learner"], backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(url).status_code == 404


def test_a_job_without_files_has_none(client, learner):
    job = make(learner, JobState.DONE)
    assert client.get(reverse("kernel:job_file", args=[job.pk, "result"])).status_code == 404
    assert client.get(reverse("kernel:job_file", args=[job.pk, "anything"])).status_code == 404
