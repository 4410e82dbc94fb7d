from django.urls import path

from .views import accounts, directory, display, grants, inbox, me, organisations, roster

app_name = "people"
urlpatterns = [
    path("people/", directory.directory, name="directory"),
    path("people/export/", directory.export, name="directory_export"),
    path("people/<int:pk>/", directory.person, name="person"),
    path("people/<int:pk>/posts/", directory.start_post, name="start_post"),
    path("people/<int:pk>/posts/<int:post>/end/", directory.end_post, name="end_post"),
    path("people/organisations/", organisations.organisations, name="organisations"),
    path("people/organisations/<int:pk>/", organisations.organisation, name="organisation"),
    path("people/organisations/<int:pk>/add/", organisations.add, name="add_organisation"),
    path("people/organisations/<int:pk>/rename/", organisations.rename, name="rename_organisation"),
    path("people/organisations/<int:pk>/close/", organisations.close, name="close_organisation"),
    path("people/roster/", roster.roster, name="roster"),
    path("people/roster/first-passwords/", roster.first_passwords, name="first_passwords"),
    path("people/grants/", grants.grants, name="grants"),
    path("people/grants/give/", grants.give, name="give_grant"),
    path("people/grants/<int:pk>/end/", grants.end, name="end_grant"),
    path("people/grants/<int:pk>/review/", grants.review, name="review_grant"),
    path("people/accounts/", accounts.accounts, name="accounts"),
    path("people/accounts/create/", accounts.create, name="create_account"),
    path("people/accounts/<int:pk>/", accounts.account, name="account"),
    path("people/accounts/<int:pk>/suspend/", accounts.suspend, name="suspend_account"),
    path("people/accounts/<int:pk>/unlock/", accounts.unlock, name="unlock_account"),
    path("people/accounts/<int:pk>/password/", accounts.reset_password, name="reset_password"),
    path("people/accounts/<int:pk>/second-factor/", accounts.reset_second_factor, name="reset_second_factor"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/read/", inbox.read, name="read_notices"),
    path("inbox/<int:pk>/", inbox.open_notice, name="open_notice"),
    path("me/", me.profile, name="me"),
    path("me/display", display.display, name="display"),
    path("me/export/", me.export, name="export_me"),
    path("me/security/", me.security, name="security"),
    path("me/security/sessions/<int:pk>/end/", me.end_session, name="end_session"),
    path("me/consents/<int:pk>/withdraw/", me.withdraw, name="withdraw_consent"),
]
