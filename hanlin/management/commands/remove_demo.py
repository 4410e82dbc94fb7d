from importlib import import_module
from importlib.util import find_spec

from django.core.management.base import BaseCommand
from django.db import transaction

from .load_demo import ROOMS


class Command(BaseCommand):
    help = "Remove the demo data, whole or not at all. What people entered themselves stays; the audit trail stays."

    @transaction.atomic
    def handle(self, **options):
        for room in reversed(ROOMS):
            if find_spec(f"{room}.demo"):
                import_module(f"{room}.demo").remove()
        self.stdout.write("The demo data is gone.")
