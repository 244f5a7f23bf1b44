"""Pages of signing in, under /accounts/. Only the ways we use: no sign-up form, no reset by e-mail."""

from allauth.account import views as account
from django.urls import include, path
from django.views.generic import RedirectView

from linzhi.foundation.accounts import views

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("login/code/", account.request_login_code, name="account_request_login_code"),
    path("login/code/confirm/", account.confirm_login_code, name="account_confirm_login_code"),
    path("signup/", RedirectView.as_view(pattern_name="account_login", query_string=True), name="account_signup"),
    path("logout/", account.logout, name="account_logout"),
    path("logout/everywhere/", views.sign_out_all, name="accounts_sign_out_everywhere"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("phone/change/", account.change_phone, name="account_change_phone"),
    path("phone/verify/", account.verify_phone, name="account_verify_phone"),
    path("invitation/<str:text>/", views.invitation, name="accounts_invitation"),
    path("2fa/totp/activate/", views.ActivateTOTP.as_view(), name="mfa_activate_totp"),
    path("2fa/webauthn/add/", views.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("2fa/", include("allauth.mfa.urls")),
]
