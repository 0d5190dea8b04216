"""What Django says of a password, where its Vietnamese is not complete."""

from django.contrib.auth import password_validation
from django.utils.translation import gettext as _


class MinimumLengthValidator(password_validation.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return _("Mật khẩu này ngắn quá: cần ít nhất {number} ký tự.").format(
            number=self.min_length
        )

    def get_help_text(self) -> str:
        return _("Mật khẩu cần ít nhất {number} ký tự.").format(number=self.min_length)
