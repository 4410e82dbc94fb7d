from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "courses"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """A lesson that is published or taken back changes what its course sums up to. Within this room alone."""
        from django.db.models.signals import post_delete
        from wagtail.signals import page_published, published, unpublished

        from courses.domain.outline import refresh
        from courses.models import Course, Lesson

        def lesson_changed(sender, instance, **kwargs):
            refresh(instance.course)

        def course_published(sender, instance, **kwargs):
            refresh(instance)  # the page's revision remembers the sums of the day it was written

        page_published.connect(course_published, sender=Course, weak=False, dispatch_uid="courses.outline.page")
        for signal in (published, unpublished, post_delete):
            signal.connect(lesson_changed, sender=Lesson, weak=False, dispatch_uid=f"courses.outline.{id(signal)}")
