from django.core.management.base import BaseCommand, CommandError

from hanlin import catalogues


class Command(BaseCommand):
    help = "Bring the translations up to date: extract, make Traditional from Simplified, compile."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--compile", action="store_true", help="only compile what is there")
        parser.add_argument("--check", action="store_true", help="change nothing; fail where Simplified Chinese is incomplete")
        parser.add_argument("rooms", nargs="*", help="rooms (courses, hanlin/people, …); all by default")

    def handle(self, **options):
        rooms = options["rooms"] or [*catalogues.ROOMS, "hanlin"]
        lacking = 0
        for room in rooms:
            if not options["compile"] and not options["check"]:
                catalogue = catalogues.merged(room)
                catalogues.save(room, "zh_Hans", catalogue)
                catalogues.save(room, "zh_Hant", catalogues.traditional(catalogue))
            if not options["check"]:
                catalogues.compile_all(room)
            if not options["compile"]:
                for message in catalogues.missing(room):
                    lacking += 1
                    self.stdout.write(f"{room}: {message!r} has no Simplified Chinese")
        if lacking and options["check"]:
            raise CommandError(f"{lacking} strings lack a translation")
