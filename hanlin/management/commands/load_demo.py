from importlib import import_module
from importlib.util import find_spec

from django.core.management.base import BaseCommand
from django.utils import timezone, translation

from hanlin.people.models import Person

ROOMS = ["hanlin.kernel", "hanlin.people", "courses", "committees", "projects", "hanlin.talent", "hanlin.pages"]


class Command(BaseCommand):
    help = "Load the demo data: fictional people, bodies, courses, committees and projects, all marked as such."

    def add_arguments(self, parser):
        parser.add_argument("--if-empty", action="store_true", help="do nothing where demo data stands already")

    def handle(self, **options):
        if options["if_empty"] and Person.objects.filter(is_demo=True).exists():
            return
        self.stdout.write("Loading the demo data …")
        with translation.override("zh-hans"):
            for room in ROOMS:
                if find_spec(f"{room}.demo"):
                    import_module(f"{room}.demo").load(on=timezone.localdate())
