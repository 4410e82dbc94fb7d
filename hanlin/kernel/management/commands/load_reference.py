from django.core.management.base import BaseCommand

from hanlin.kernel.domain.reference import load_reference


class Command(BaseCommand):
    help = "Load the facts every installation starts from: policy values, working days, and those of the rooms. Safe to run again."

    def handle(self, **options):
        load_reference()
        if options["verbosity"]:
            self.stdout.write("The reference data is complete.")
