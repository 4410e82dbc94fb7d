from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from hanlin.kernel.views.files import export_response
from hanlin.people.domain import accounts
from hanlin.people.enums import Role
from hanlin.people.models import Person
from hanlin.people.queries.directory import with_posts
from hanlin.people.queries.scope import within

SHOWN = 50


def _waiting(person):
    """People in this training administrator's bodies who have no password yet."""
    scope = within(person, "posts__organisation", Role.TRAINING_ADMIN)
    mine = Person.objects.filter(scope, posts__ended_on=None).values("pk")
    waiting = Person.objects.filter(pk__in=mine, last_login=None, is_active=True).without_password()
    return with_posts(waiting).order_by("pinyin", "pk")


@login_required
@require_GET
def roster(request):
    """Where a roster is brought, and where the first passwords of those in it are fetched."""
    if not request.user.has_perm("people.import_roster"):
        raise PermissionDenied
    waiting = _waiting(request.user)
    return render(request, "people/roster.html", {"waiting": waiting[:SHOWN], "count": waiting.count(), "shown": SHOWN})


@login_required
@require_POST
@never_cache
def first_passwords(request):
    """Make the first passwords of everyone who waits and give them as a table, this once."""
    if not request.user.has_perm("people.import_roster"):
        raise PermissionDenied
    given = dict(accounts.hand_out(_waiting(request.user), actor=request.user))
    people = with_posts(Person.objects.filter(pk__in=[person.pk for person in given])).order_by("pinyin", "pk")
    head = [_("Person's name"), _("Body"), _("User name"), _("First password"), _("Note")]
    note = _("Must be changed at the first log-in.")
    rows = [[who.name, who.held[0].organisation.name if who.held else "", who.username, given[who], note] for who in people]
    return export_response(_("First passwords"), head, rows)
