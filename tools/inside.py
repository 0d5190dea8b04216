"""``python -m tools.inside MODULE …``: run a module's ``main`` where Django stands ready."""

import os
import sys
from importlib import import_module

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "senhong.config.settings")
    django.setup()
    module = import_module(sys.argv.pop(1))
    module.main()
