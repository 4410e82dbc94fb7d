import sys

from django.core.management.base import BaseCommand

from hanlin.kernel.domain.audit import breaks, seal
from hanlin.kernel.domain.audit_checks import words
from hanlin.kernel.models import AuditEntry


class Command(BaseCommand):
    help = "Walk the audit trail; prints every place where the chain does not hold and then exits with 1."

    def add_arguments(self, parser):
        parser.add_argument("--month", help="one month alone, as 2026-11")

    def handle(self, **options):
        while seal():
            pass
        found = 0
        for place in breaks(options["month"]):
            found += 1
            self.stdout.write(words(place))
        if found:
            self.stderr.write(f"The audit chain does not hold in {found} places.")
            sys.exit(1)
        if options["verbosity"]:
            self.stdout.write(f"The audit chain holds: {AuditEntry.objects.exclude(chain=None).count()} entries.")
