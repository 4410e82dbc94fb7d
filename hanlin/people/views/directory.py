from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hanlin.kernel.errors import Refused
from hanlin.kernel.views.files import export_response
from hanlin.people.domain import posts
from hanlin.people.enums import Role
from hanlin.people.forms import EndPostForm, PostForm
from hanlin.people.models import Organisation, Person, Post
from hanlin.people.queries import directory as people_queries
from hanlin.people.queries.scope import bodies_within

PAGE = 20
MOST_EXPORTED = 20_000


def _asked(request):
    """The filter as it stands in the address."""
    return {name: request.GET.get(name, "").strip() for name in ("words", "organisation", "rank")}


def _may_look(request):
    if not request.user.has_perm("people.view_directory"):
        raise PermissionDenied


@login_required
@require_GET
def directory(request):
    """The people whom this person looks after, 20 a page; htmx gets the rows alone."""
    _may_look(request)
    asked = _asked(request)
    page = Paginator(people_queries.directory(request.user, **asked), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "asked": asked}
    if request.htmx:
        return render(request, "people/snippets/people_rows.html", context)
    context |= {"bodies": people_queries.bodies_of(request.user)[:500], "ranks": people_queries.ranks()}
    return render(request, "people/directory.html", context)


@login_required
@require_GET
def export(request):
    """The filtered directory as a table: names and posts, no contacts."""
    _may_look(request)
    people = people_queries.directory(request.user, **_asked(request))[:MOST_EXPORTED]
    head = [_("Person's name"), _("Body"), _("Post"), _("Leading post level"), _("Civil grade"), _("In the post since")]
    rows = (
        [person.name, post.organisation.name, post.title, str(post.level or ""), str(post.grade or ""), post.started_on]
        for person in people
        for post in person.held or [Post(organisation=Organisation(name=""), title="")]
    )
    return export_response(_("People"), head, rows, kind="csv" if request.GET.get("kind") == "csv" else "xlsx")


def _visible(request, pk):
    return get_object_or_404(people_queries.with_posts(Person.objects.visible_to(request.user)), pk=pk)


def _bodies_to_fill(person):
    """The open bodies in which this person may begin posts."""
    return bodies_within(person, Role.TRAINING_ADMIN)


def _page(request, person, *, form=None, status=200):
    may_change = request.user.has_perm("people.change_posts")
    context = {
        "person": person,
        "posts": person.posts.select_related("organisation", "level", "grade", "professional_title").order_by("-started_on", "-pk"),
        "employments": person.employments.select_related("organisation").order_by("-started_on", "-pk"),
        "grants": person.grants.select_related("organisation").order_by("-started_on", "-pk")
        if request.user.has_perm("people.view_roles", person)
        else None,
        "form": form or (PostForm(bodies=_bodies_to_fill(request.user)) if may_change else None),
        "end_form": EndPostForm(),
        "today": timezone.localdate(),
        "ending": {post.pk for post in person.held if request.user.has_perm("people.change_posts", post.organisation)},
    }
    return render(request, "people/person.html", context, status=status)


@login_required
@require_GET
def person(request, pk):
    """Who somebody is: posts, career, and, for those who may know, roles. Contacts are never shown."""
    return _page(request, _visible(request, pk))


@login_required
@require_POST
def start_post(request, pk):
    """Begin a post in a body that the actor looks after."""
    who = _visible(request, pk)
    if not request.user.has_perm("people.change_posts"):
        raise PermissionDenied
    form = PostForm(request.POST, bodies=_bodies_to_fill(request.user))
    if not form.is_valid():
        return _page(request, who, form=form, status=422)
    facts = form.cleaned_data
    try:
        posts.start(
            who,
            facts["organisation"],
            title=facts["title"],
            level=facts["level"],
            grade=facts["grade"],
            is_main=facts["is_main"],
            on=facts["started_on"],
            actor=request.user,
        )
    except Refused as error:
        form.add_error(None, str(error))
        return _page(request, who, form=form, status=422)
    messages.success(request, _("The post is in the record."))
    return redirect("people:person", pk)


@login_required
@require_POST
def end_post(request, pk, post):
    """End a post in a body that the actor looks after."""
    who = _visible(request, pk)
    row = get_object_or_404(Post.objects.select_related("organisation"), pk=post, person=who)
    if not request.user.has_perm("people.change_posts", row.organisation):
        raise PermissionDenied
    form = EndPostForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused(_("Write the day from which the post is over."))
        posts.end(row, actor=request.user, on=form.cleaned_data["ended_on"])
    except Refused as error:
        messages.error(request, str(error))
        return _page(request, who, status=422)
    messages.success(request, _("The post has ended."))
    return redirect("people:person", pk)
