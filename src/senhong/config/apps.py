from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "senhong.config"

    def ready(self) -> None:
        """Fill the registries through which lower apps speak upwards."""
        from senhong.config import questions, reactions  # noqa: F401, PLC0415
