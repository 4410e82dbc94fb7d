from datetime import date

import pytest
from django.utils import timezone, translation

from committees import demo as committees_demo
from hanlin.people import demo as people_demo
from projects import demo
from projects.models import ExpertReview, GovProject, PanelOpinion
from projects.queries import board

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_eight_projects_stand_at_every_step_and_leave_without_a_trace():
    on: date = timezone.localdate()
    with translation.override("zh-hans"):
        people_demo.load(on=on)
        committees_demo.load(on=on)
        demo.load(on=on)
        demo.load(on=on)
        columns = board.columns(board.cards(list(board.reviews_for_board(ExpertReview.objects.all()))))
    assert GovProject.objects.filter(is_demo=True).count() == 8
    assert [len(column.cards) for column in columns] == [2, 1, 2, 2, 1]
    demo.remove()
    assert not GovProject.objects.exists()
    assert not PanelOpinion._base_manager.exists()
