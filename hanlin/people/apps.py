from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "hanlin.people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from django.contrib.auth.signals import user_logged_in

        from .middleware import stamp

        user_logged_in.connect(stamp, dispatch_uid="people.session_clocks")
