from django.apps import AppConfig


class HanlinConfig(AppConfig):
    """The roof: loaded last, it joins the rooms and holds the commands that concern them all."""

    name = "hanlin"

    def ready(self):
        from hanlin import wiring

        wiring.connect()
