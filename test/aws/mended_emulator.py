"""Starts localemu with one of its defects mended: every database had the same resource id, so two could not live side by side."""

import random
import string
import sys

from localemu.cli.main import main
from moto.rds.models import DBInstance

make = DBInstance.__init__


def make_with_own_resource_id(self, *args, **kwargs):
    make(self, *args, **kwargs)
    letters = random.choices(string.ascii_uppercase + string.digits, k=26)
    self.dbi_resource_id = "db-" + "".join(letters)


DBInstance.__init__ = make_with_own_resource_id

sys.exit(main())
