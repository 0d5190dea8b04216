"""How a person is reached outside the app."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class MessageSettings(models.Model):
    """What a person chose: e-mail or not, and the language in which she is written to."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="message_settings"
    )
    email = models.EmailField(_("địa chỉ thư"), blank=True)  # personal
    # Null: nothing is sent there but the question whether it is hers.
    email_confirmed_at = models.DateTimeField(null=True)
    by_email = models.BooleanField(_("nhận qua thư"), default=False)
    language = models.CharField(_("ngôn ngữ"), max_length=5, blank=True)  # "": as installed

    class Meta:
        verbose_name = _("cách nhận tin")

    def __str__(self) -> str:
        return f"{self.user_id}"


class PushSubscription(models.Model):
    """A browser on one phone that a push service reaches for a person."""

    id = models.UUIDField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="pushes")
    # The phone's token that asked for it; a plain id, since a browser may ask without one.
    device = models.UUIDField(null=True, db_index=True)
    endpoint = models.CharField(max_length=1000, unique=True)  # personal
    p256dh = models.CharField(max_length=120)  # the browser's public key, base64url
    auth = models.CharField(max_length=40)  # what only it and we know, base64url
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("máy nhận thông báo")

    def __str__(self) -> str:
        return f"{self.user_id}"
