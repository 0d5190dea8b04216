from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "senhong.config"

    def ready(self) -> None:
        """Fill the registries through which lower apps speak upwards; make SQLite quicker."""
        from senhong.config import questions, reactions  # noqa: F401, PLC0415
        from senhong.config.queries_of_sqlite import convert_once  # noqa: PLC0415

        convert_once()
