"""What happens once: the country imported, the demo built, the server started."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.measures import Facts
from tools.live import Home, Server, database_of_its_own


def once(home: Home) -> Facts:
    """Seconds of each, in an installation made for it."""
    with _fresh(home) as empty:
        migrated = _seconds(empty, "migrate", "--verbosity", "0")
        imported = _seconds(empty, "import-units")
        again = _seconds(empty, "import-units")
        built = _seconds(empty, "demo")
        server = Server(empty)
        ready = server.start()
        server.stop()
    return {
        "migrate_s": migrated,
        "import_units_s": imported,
        "import_units_again_s": again,
        "demo_s": built,
        "ready_s": round(ready, 1),
    }


def _seconds(home: Home, *command: str) -> float:
    begun = time.monotonic()
    home.senhong(*command)
    return round(time.monotonic() - begun, 1)


@contextmanager
def _fresh(home: Home) -> Iterator[Home]:
    folder = Path(tempfile.mkdtemp(prefix="senhong-once-"))
    try:
        if home.database_url:
            with database_of_its_own(home.database_url) as url:
                yield Home(folder, url)
        else:
            yield Home(folder)
    finally:
        shutil.rmtree(folder)
