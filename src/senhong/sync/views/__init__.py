"""Pages of kept acts and of files, and the shell of the app for phones."""

from senhong.sync.views.importing import confirm_import, import_file
from senhong.sync.views.kept import dismiss, kept_act, kept_acts, replay
from senhong.sync.views.shell import manifest, service_worker, shell

__all__ = [
    "confirm_import",
    "dismiss",
    "import_file",
    "kept_act",
    "kept_acts",
    "manifest",
    "replay",
    "service_worker",
    "shell",
]
