from datetime import date

import pytest

from hanlin.people import demo
from hanlin.people.models import Grant, Organisation, Person, Post, Rank, Region

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 22)


def test_demo_people_load_twice_without_change():
    demo.load(on=ON)
    counts = [model.objects.count() for model in (Person, Post, Grant, Organisation, Region)]
    demo.load(on=ON)

    assert [model.objects.count() for model in (Person, Post, Grant, Organisation, Region)] == counts
    assert Person.objects.get(username="guyun").check_password(demo.PASSWORD)
    assert not Person.objects.filter(is_demo=False).exists()


def test_demo_covers_the_posts_and_grades_that_training_rules_ask_for():
    demo.load(on=ON)
    codes = set(Post.objects.values_list("level__code", flat=True)) | set(Post.objects.values_list("grade__code", flat=True))

    assert {"121", "122", "131", "132", "141", "142", "150", "160", "199"} <= codes
    assert {f"ZH{n:02}" for n in range(1, 13)} <= codes


def test_demo_people_go_without_trace_and_facts_stay():
    demo.load(on=ON)
    demo.remove()

    assert not Person.objects.exists()
    assert not Organisation.objects.exists()
    assert Region.objects.count() == 36
    assert Rank.objects.filter(code="131").exists()
