"""Everything this room holds about one person, for the copy that the law lets them take (个人信息保护法, article 45)."""

from typing import Any

from allauth.usersessions.models import UserSession

from hanlin.people.models import Person


def _iso(value: Any) -> str | None:
    return value.isoformat() if value is not None else None


def data_of(person: Person) -> dict[str, Any]:
    """Plain values in the words of the data dictionary; the person's own contacts in full."""
    return {
        "person": {
            "username": person.username,
            "name": person.name,
            "earlier_names": [row.name for row in person.names.order_by("pk")],
            "gender": person.get_gender_display(),
            "born_on": _iso(person.born_on),
            "email": person.email,
            "mobile": person.mobile,
            "citizen_id": person.citizen_id,
            "joined_at": _iso(person.joined_at),
            "status": person.get_status_display(),
        },
        "posts": [
            {
                "organisation": post.organisation.name,
                "title": post.title,
                "level": str(post.level or ""),
                "grade": str(post.grade or ""),
                "from": _iso(post.started_on),
                "to": _iso(post.ended_on),
            }
            for post in person.posts.select_related("organisation", "level", "grade").order_by("started_on")
        ],
        "employments": [
            {
                "organisation": str(job.organisation or job.organisation_text),
                "role": job.role,
                "from": _iso(job.started_on),
                "to": _iso(job.ended_on),
                "source": job.source,
            }
            for job in person.employments.select_related("organisation").order_by("pk")
        ],
        "roles": [
            {
                "role": grant.get_role_display(),
                "organisation": grant.organisation.name,
                "from": _iso(grant.started_on),
                "to": _iso(grant.ended_on),
                "reason": grant.reason,
            }
            for grant in person.grants.select_related("organisation").order_by("started_on")
        ],
        "consents": [
            {
                "purpose": consent.purpose,
                "version": consent.version,
                "legal_basis": consent.legal_basis,
                "given_at": _iso(consent.given_at),
                "withdrawn_at": _iso(consent.withdrawn_at),
            }
            for consent in person.consents.order_by("given_at")
        ],
        "notices": [
            {"subject": notice.subject, "created_at": _iso(notice.created_at), "read_at": _iso(notice.read_at)}
            for notice in person.notices.order_by("created_at")
        ],
        "sessions": [
            {"since": _iso(session.created_at), "address": session.ip, "browser": session.user_agent}
            for session in UserSession.objects.filter(user=person).order_by("created_at")
        ],
    }
