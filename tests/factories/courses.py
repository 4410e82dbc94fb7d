"""Courses, lessons and what people do with them, for tests."""

from datetime import timedelta

import factory
from django.utils import timezone
from wagtail.models import Locale, Page

from courses import models
from courses.enums import Ability, CourseForm, EnrolmentState, LessonKind, QuestionKind, Theme
from tests.factories.people import OrganisationFactory, PersonFactory


class CatalogueFactory(factory.django.DjangoModelFactory):
    """The one catalogue page; made where it is missing."""

    class Meta:
        model = models.CatalogueIndex

    @classmethod
    def _create(cls, model_class, *args, **fields):
        if found := model_class.objects.first():
            return found
        Locale.objects.get_or_create(language_code="zh-hans")  # a database made without migrations has neither
        root = Page.get_first_root_node() or Page.add_root(instance=Page(title="根", slug="root"))
        return root.add_child(instance=model_class(title="课程", slug="courses"))


class CourseFactory(factory.django.DjangoModelFactory):
    """A published course without lessons."""

    class Meta:
        model = models.Course

    title = factory.Sequence(lambda n: f"政务数据目录编制实务{n}")
    code = factory.Sequence(lambda n: f"KC-{n}")
    slug = factory.LazyAttribute(lambda o: o.code.lower())
    theme = Theme.DATA
    form = CourseForm.ELECTIVE
    summary = "学完能独立编制一份目录。"
    teacher = "仇旻"
    organisation = factory.SubFactory(OrganisationFactory)

    @classmethod
    def _create(cls, model_class, *args, **fields):
        page = CatalogueFactory().add_child(instance=model_class(**fields))
        models.CourseAbility.objects.create(course=page, ability=Ability.STEER)
        return page


class LessonFactory(factory.django.DjangoModelFactory):
    """A published article of ten minutes; use the traits for the other kinds."""

    class Meta:
        model = models.Lesson

    class Params:
        is_video = factory.Trait(
            kind=LessonKind.VIDEO,
            body=[],
            video="courses/video/lesson.mp4",
            captions="courses/captions/lesson.vtt",
            duration_ms=600_000,
        )
        is_quiz = factory.Trait(kind=LessonKind.QUIZ, body=[], title="随堂测验")

    course = factory.SubFactory(CourseFactory)
    position = factory.Sequence(lambda n: n + 1)
    kind = LessonKind.ARTICLE
    title = factory.Sequence(lambda n: f"小节{n}")
    minutes = 10
    body = [("paragraph", "<p>一项数据，一个责任人。</p>")]
    live = True

    @classmethod
    def _create(cls, model_class, *args, **fields):
        lesson = super()._create(model_class, *args, **fields)
        lessons = models.Lesson.objects.filter(course=lesson.course, live=True)
        models.Course.objects.filter(pk=lesson.course_id).update(minutes=sum(other.minutes for other in lessons))
        return lesson


class QuestionFactory(factory.django.DjangoModelFactory):
    """Four choices, the second is right."""

    class Meta:
        model = models.Question
        skip_postgeneration_save = True

    lesson = factory.SubFactory(LessonFactory, is_quiz=True)
    position = factory.Sequence(lambda n: n + 1)
    kind = QuestionKind.SINGLE
    text = factory.Sequence(lambda n: f"第{n}题：谁对目录负责？")
    why = "见条例。"

    @factory.post_generation
    def choices(self, create, extracted, **kwargs):
        for place, (text, correct) in enumerate(extracted or [("甲", False), ("乙", True), ("丙", False), ("丁", False)]):
            models.Choice.objects.create(question=self, text=text, correct=correct, sort_order=place)


class EnrolmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Enrolment

    person = factory.SubFactory(PersonFactory)
    course = factory.SubFactory(CourseFactory)
    state = EnrolmentState.ACTIVE


class HourRuleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.HourRule

    code = factory.Sequence(lambda n: f"rule-{n}")
    form = "online_video"
    hours = 1
    source = "测试"
    mark = "proposal"
    valid_from = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=400))


class HourEntryFactory(factory.django.DjangoModelFactory):
    """One hour of online study, earned today."""

    class Meta:
        model = models.HourEntry

    person = factory.SubFactory(PersonFactory)
    account = "online"
    source = factory.Sequence(lambda n: f"lesson:{n}")
    title = "政务数据目录编制实务"
    earned_on = factory.LazyFunction(timezone.localdate)
    year = factory.LazyAttribute(lambda o: o.earned_on.year)
    minutes = 30
    hours = 1


class AssignmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Assignment

    course = factory.SubFactory(CourseFactory)
    owner = factory.SubFactory(OrganisationFactory)
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=10))
    state = "issued"
    issued_at = factory.LazyFunction(timezone.now)


class DutyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Duty

    person = factory.SubFactory(PersonFactory)
    assignment = factory.SubFactory(AssignmentFactory)
    organisation = factory.SelfAttribute("assignment.owner")
    due_on = factory.SelfAttribute("assignment.due_on")
