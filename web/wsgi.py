"""The application that gunicorn serves: `gunicorn web.wsgi:app`. Its settings come from the environment.

It is made once, before the workers are forked. It opens no index: each worker does so at its first request.
"""

import gc
import os

from search import Settings
from web import create_app

app = create_app(Settings.from_env(os.environ))

# What exists now is never garbage. A garbage collector that visited it would write to memory that the workers share, and copy it.
gc.collect()
gc.freeze()
