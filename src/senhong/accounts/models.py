"""Who signs in, the tokens that programs and phones carry, and how a phone comes to one."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from senhong.core.encrypted_fields import EncryptedTextField

JOINED = "gia-nhap-"  # how the user names of those begin who came in by the word of a team


class User(AbstractUser):
    """A person who signs in. What she may do stands in grants, never here."""

    first_name = None  # type: ignore[assignment]  # Vietnamese names are written whole
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField(_("họ và tên"), max_length=100)  # personal
    must_change_password = models.BooleanField(default=False)  # after a reset by the office

    class Meta:
        verbose_name = _("tài khoản")

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return self.full_name

    @property
    def has_joined(self) -> bool:
        """She came in by the word of a team, and signs in by her phone only, without a password."""
        return self.username.startswith(JOINED)


class ApiToken(models.Model):
    """A revocable key with which a program acts as its user. Only its digest is kept."""

    id = models.UUIDField(primary_key=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("tên"), max_length=100)
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the token, hex
    issued_at = models.DateTimeField(_("cấp lúc"), auto_now_add=True)
    revoked_at = models.DateTimeField(_("thu hồi lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("mã truy cập API")

    def __str__(self) -> str:
        return self.name


class Device(models.Model):
    """A phone that acts for one person until it is signed out. Only its token's digest is kept."""

    id = models.UUIDField(primary_key=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="devices")
    name = models.CharField(_("tên máy"), max_length=100)
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the token, hex
    issued_at = models.DateTimeField(_("vào lúc"))
    seen_at = models.DateTimeField(_("dùng gần nhất"))  # at most an hour behind
    revoked_at = models.DateTimeField(_("đăng xuất lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("thiết bị")

    def __str__(self) -> str:
        return self.name


class SignInLink(models.Model):
    """A secret that signs one phone in, once, for some minutes. Only its digest is kept."""

    id = models.UUIDField(primary_key=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="sign_in_links")
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the secret, hex
    made_at = models.DateTimeField(_("lập lúc"))
    expires_at = models.DateTimeField(_("hết hạn lúc"))
    used_at = models.DateTimeField(_("dùng lúc"), null=True, blank=True)
    used_device = models.ForeignKey(
        Device, models.SET_NULL, null=True, blank=True, related_name="links"
    )

    class Meta:
        verbose_name = _("liên kết đăng nhập một lần")

    def __str__(self) -> str:
        return f"{self.user_id} {self.made_at}"


class KeepKey(models.Model):
    """The key with which a person's phones encrypt what stays behind at signing out.

    One is made for each account. When two accounts become one, she has both keys.
    """

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="keep_keys")
    made_for = models.BigIntegerField(unique=True)  # the id of the account as it was then
    secret = EncryptedTextField()  # base64 of 32 bytes  # personal

    class Meta:
        verbose_name = _("khóa cất giữ")

    def __str__(self) -> str:
        return str(self.made_for)
