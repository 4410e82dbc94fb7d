from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "hanlin.pages"
    default_auto_field = "django.db.models.BigAutoField"
