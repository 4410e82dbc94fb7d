from django.apps import AppConfig


class TalentConfig(AppConfig):
    name = "hanlin.talent"
    default_auto_field = "django.db.models.BigAutoField"
