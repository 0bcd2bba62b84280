"""The application that gunicorn serves: `gunicorn web.wsgi:app`. Its settings come from the environment."""

import os

from search import Settings
from web import create_app

app = create_app(Settings.from_env(os.environ))
