from django.urls import include, path

from senhong.accounts import views

own = [
    path("tokens/", views.tokens, name="tokens"),
    path("tokens/<uuid:id>/revoke/", views.revoke_token, name="revoke-token"),
    path("devices/", views.devices, name="devices"),
    path("devices/link/", views.make_link, name="make-link"),
    path("devices/<uuid:id>/sign-out/", views.sign_out_device, name="sign-out-device"),
]
# allauth reverses its names without a namespace.
urlpatterns = [
    path("login/", views.SignIn.as_view(), name="account_login"),
    path("logout/", views.SignOut.as_view(), name="account_logout"),
    path("password/change/", views.ChangePassword.as_view(), name="account_change_password"),
    path("", include((own, "accounts"))),
]
