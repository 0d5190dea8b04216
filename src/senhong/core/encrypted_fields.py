"""Columns whose text nobody reads in the database, in a copy of it or in a backup."""

from typing import Any

from django.core.exceptions import FieldError
from django.db import models

from senhong.core.encryption import decrypt, encrypt


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]  # its plugin knows null
    """Text that is kept encrypted; None is kept as it is, and says that there is none.

    It cannot be searched or sorted: only ``__isnull`` can be asked. A column that gets another
    name, or another model, needs a data migration: its name is part of what opens it.
    """

    @property
    def about(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"

    def deconstruct(self) -> Any:
        """As the text column that it is: migrations import nothing of ours, and read no secret."""
        name, _path, arguments, options = super().deconstruct()
        return name, "django.db.models.TextField", arguments, options

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if value is None or hasattr(value, "resolve_expression"):
            return super().get_db_prep_save(value, connection)
        return encrypt(str(value), self.about)

    def from_db_value(self, value: str | None, *_where: Any) -> str | None:
        return None if value is None else decrypt(value, self.about)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.about} is encrypted: only __isnull can be asked of it")
        return super().get_lookup(lookup_name)
