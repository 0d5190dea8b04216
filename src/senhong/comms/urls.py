from django.urls import path

from senhong.comms import views

app_name = "comms"
urlpatterns = [
    path("messages/", views.inbox, name="inbox"),
    path("messages/seen/", views.see_all_messages, name="see-all"),
    path("messages/<uuid:id>/seen/", views.see_message, name="see-message"),
    path("messages/settings/", views.message_settings, name="settings"),
    path("messages/settings/topics/", views.choose_topics, name="choose-topics"),
    path("messages/settings/push/<uuid:id>/end/", views.end_push, name="end-push"),
    path("messages/email/<str:token>/", views.confirm_email, name="confirm-email"),
    path("messages/given-up/", views.given_up, name="given-up"),
    path("messages/given-up/<uuid:id>/retry/", views.retry, name="retry"),
    path("reminders/", views.old_reminders, name="reminders"),
    path("reminders/sent/", views.sent, name="sent"),
    path("reminders/<uuid:id>/seen/", views.see_reminder, name="see"),
]
