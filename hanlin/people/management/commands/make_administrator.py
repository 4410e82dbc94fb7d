from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from hanlin.kernel.errors import Refused
from hanlin.people.domain import accounts, grants, organisations
from hanlin.people.enums import OrganisationKind, Role
from hanlin.people.models import Grant, Organisation, Region


class Command(BaseCommand):
    help = "Make the first security administrator of a new installation, who grants everything else."

    def add_arguments(self, parser):
        parser.add_argument("--name", required=True, help="the person's name")
        parser.add_argument("--username", default="", help="from the name's pinyin where left out")
        parser.add_argument("--organisation", required=True, help="the body at the top of the tree; made where it is missing")
        parser.add_argument("--region", required=True, help="its GB/T 2260 code, e.g. 330000")

    @transaction.atomic
    def handle(self, **options):
        if Grant.objects.in_force().filter(role=Role.SECURITY_ADMIN, person__is_demo=False).exists():
            raise CommandError("There is a security administrator already; they grant the roles from here on.")
        region = Region.objects.filter(code=options["region"]).first()
        if region is None:
            raise CommandError(f"No region {options['region']}; run load_reference first.")
        body = Organisation.objects.filter(name=options["organisation"], depth=1).first()
        try:
            if body is None:
                kind, today = OrganisationKind.GOVERNMENT, timezone.localdate()
                body = organisations.add(options["organisation"], parent=None, kind=kind, region=region, actor=None, on=today)
            person, password = accounts.create(options["name"], username=options["username"], actor=None)
            grants.give(person, Role.SECURITY_ADMIN, body, actor=None, on=timezone.localdate(), reason="首个安全管理员")
        except Refused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"User name {person.username}, first password {password} (to be changed at the first log-in).")
