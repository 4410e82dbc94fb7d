"""Who may open which page of the room "people", and of the log-in package below it."""

from datetime import date

from allauth.usersessions.models import UserSession

from hanlin.people.enums import Role
from hanlin.people.models import Consent, Grant, Notice, Organisation, Person
from tests.permissions import Row

FINDERS = "training_admin secretary other_secretary leader system_admin security_admin"
AWAY = "other_learner other_secretary expert other_expert owner system_admin security_admin audit_admin"
NOT_MINE = (
    "other_learner training_admin secretary other_secretary expert other_expert owner leader system_admin "
    "security_admin audit_admin"
)


def of(key):
    """The primary key of one of the things below."""
    return lambda things: [things[key].pk]


def post(allow, args=lambda things: [], data=lambda things: {}, ok=302, **more):
    return Row(allow=allow, ok=ok, method="post", args=args, data=data, **more)


ROWS = {
    "people:directory": Row(allow=FINDERS),
    "people:directory_export": Row(allow=FINDERS),
    "people:person": Row(allow="learner training_admin secretary leader", hidden=AWAY, args=of("learner")),
    "people:start_post": post(
        "training_admin",
        of("learner"),
        lambda things: {"organisation": things["centre"].pk, "title": "主任", "is_main": "on", "started_on": "2026-01-01"},
        hidden=AWAY,
    ),
    "people:end_post": post(
        "training_admin",
        lambda things: [things["learner"].pk, things["learner"].posts.get().pk],
        lambda things: {"ended_on": "2026-01-01"},
        hidden=AWAY,
    ),
    "people:organisations": Row(allow=FINDERS),
    "people:organisation": Row(allow="system_admin", args=of("office")),
    "people:add_organisation": post(
        "system_admin",
        of("office"),
        lambda things: {
            "add-name": "数据资源处",
            "add-kind": "government",
            "add-region": things["office"].region_id,
            "add-founded_on": "2026-01-01",
        },
    ),  # fmt: skip
    "people:rename_organisation": post(
        "system_admin", of("office"), lambda things: {"rename-name": "综合处", "rename-valid_from": "2026-01-01"}
    ),
    "people:close_organisation": post("system_admin", of("office"), lambda things: {"close-closed_on": "2026-01-01"}),
    "people:roster": Row(allow="training_admin"),
    "people:first_passwords": post("training_admin", ok=200),
    "people:grants": Row(allow="security_admin"),
    "people:give_grant": post(
        "security_admin",
        data=lambda things: {
            "person": things["learner"].username,
            "role": "expert",
            "organisation": things["bureau"].pk,
            "started_on": "2026-01-01",
            "reason": "测试",
        },
    ),  # fmt: skip
    "people:end_grant": Row(allow="security_admin", args=of("grant")),
    "people:review_grant": post("security_admin", of("grant")),
    "people:accounts": Row(allow="system_admin"),
    "people:create_account": post("system_admin", data=lambda things: {"name": "新人"}, ok=200),
    "people:account": Row(allow="system_admin", args=of("learner")),
    "people:suspend_account": post("system_admin", of("learner"), lambda things: {"reason": "测试"}),
    "people:unlock_account": post("system_admin", of("learner"), ok=422),  # there is no lock to open
    "people:reset_password": post("system_admin", of("learner"), ok=200),
    "people:reset_second_factor": post("system_admin", of("learner"), ok=422),  # there is none to take away
    "people:inbox": Row(allow="members"),
    "people:read_notices": post("members", data=lambda things: {"all": "1"}),
    "people:open_notice": post("learner", of("notice"), hidden=NOT_MINE),
    "people:me": Row(allow="members"),
    "people:display": Row(allow="everyone", ok=302, method="post", data=lambda things: {"theme": "dark"}),
    "people:export_me": post("members", ok=200),
    "people:security": Row(allow="members"),
    "people:end_session": post("learner", of("session"), hidden=NOT_MINE),
    "people:withdraw_consent": post("learner", of("consent"), hidden=NOT_MINE),
    # the log-in package: what is one's own, and what is for strangers
    "account_login": Row(allow="stranger", deny=302),
    "account_logout": Row(allow="members"),
    "account_signup": Row(allow="stranger", deny=302),
    "account_inactive": Row(allow="everyone"),
    "account_reauthenticate": Row(allow="members"),
    "account_email": Row(allow="members"),
    "account_email_verification_sent": Row(allow="everyone"),
    "account_confirm_email": Row(allow="everyone", args=lambda things: ["no-such-key"]),
    "account_confirm_login_code": Row(allow="members", ok=302),
    "account_change_password": Row(allow="members"),
    "account_set_password": Row(allow="members", ok=302),
    "account_reset_password": Row(allow="everyone"),
    "account_reset_password_done": Row(allow="everyone"),
    "account_reset_password_from_key": Row(allow="everyone", args=lambda things: ["1", "no-such-key"]),
    "account_reset_password_from_key_done": Row(allow="everyone"),
    "mfa_index": Row(allow="members"),
    "mfa_authenticate": Row(allow="members", ok=302),
    "mfa_reauthenticate": Row(allow="members", ok=302),  # no second factor is set up
    "mfa_activate_totp": Row(allow="members", ok=302),  # one's own word first
    "mfa_deactivate_totp": Row(allow="members", ok=404),
    "mfa_view_recovery_codes": Row(allow="members", ok=404),
    "mfa_generate_recovery_codes": Row(allow="members", ok=302),
    "mfa_download_recovery_codes": Row(allow="members", ok=404),
    "mfa_list_webauthn": Row(allow="members"),
    "mfa_add_webauthn": Row(allow="members", ok=302),
    "mfa_edit_webauthn": Row(allow="members", ok=302, args=lambda things: [1]),
    "mfa_remove_webauthn": Row(allow="members", ok=302, args=lambda things: [1]),
    "mfa_login_webauthn": Row(allow="everyone", ok=302),
    "mfa_reauthenticate_webauthn": Row(allow="members", ok=302),
    "usersessions_list": Row(allow="members"),
    "socialaccount_connections": Row(allow="members"),
    "socialaccount_login_cancelled": Row(allow="everyone"),
    "socialaccount_login_error": Row(allow="everyone", ok=401),
    "socialaccount_signup": Row(allow="everyone", ok=302),
}


def build(world):
    """A body to change, a role to end, and a notice, a consent and a session of the learner's."""
    learner, bureau = world.people["learner"], world.bodies["bureau"]
    office = Organisation.objects.get(pk=bureau.pk).add_child(name="示例处", kind="government", region=bureau.region)
    office.names.create(name=office.name, valid_from=date(2018, 1, 1))
    spare = Person.objects.create_user("spare", name="余量")  # somebody who is none of the table's roles
    return {
        "office": office,
        "grant": Grant.objects.create(
            person=spare, role=Role.EDITOR, organisation=bureau, started_on=date(2024, 1, 1), reason="测试"
        ),
        "notice": Notice.objects.create(person=learner, kind="info", key="people.test.tell:1", subject="通知", url="/me/"),
        "consent": Consent.objects.create(
            person=learner, purpose="短信通知", version="1", legal_basis="第十三条第一项", given_at="2026-01-01T00:00:00+08:00"
        ),
        "session": UserSession.objects.create(user=learner, ip="127.0.0.1", session_key="learner-session", user_agent="test"),
    }
