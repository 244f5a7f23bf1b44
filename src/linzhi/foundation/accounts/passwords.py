"""What a password must be, said in our words."""

from __future__ import annotations

from django.contrib.auth.password_validation import CommonPasswordValidator, MinimumLengthValidator, UserAttributeSimilarityValidator
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    """At least `min_length` characters."""

    def get_error_message(self) -> str:
        """What is wrong."""
        return _("密码太短了，至少要 %(n)s 个字符。") % {"n": self.min_length}

    def get_help_text(self) -> str:
        """What is asked for."""
        return _("至少 %(n)s 个字符，可以是一句只有您知道的话。") % {"n": self.min_length}


class NotTheName(UserAttributeSimilarityValidator):
    """Not like the person's own name, username or address."""

    def get_error_message(self) -> str:
        """What is wrong."""
        return _("密码和您的姓名或用户名太像了。")

    def get_help_text(self) -> str:
        """What is asked for."""
        return _("不要用自己的姓名、用户名。")


class NotCommon(CommonPasswordValidator):
    """None of the twenty thousand passwords that everybody tries first."""

    def get_error_message(self) -> str:
        """What is wrong."""
        return _("这个密码太常见了，容易被猜到。")

    def get_help_text(self) -> str:
        """What is asked for."""
        return _("不要用常见的密码。")
