"""The application that gunicorn serves: `gunicorn web.wsgi:app`. Its settings come from the environment.

It is made before the workers are forked, and opens no index: each worker does, at its first request.
"""

import gc
import os

from search import Settings
from web import create_app

app = create_app(Settings.from_env(os.environ))

# What is held now is never garbage; a collector that walked through it would copy the pages that the workers share.
gc.collect()
gc.freeze()
