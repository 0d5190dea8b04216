"""The API, assembled from each app's router."""

from senhong.accounts.auth import SIGNED_IN
from senhong.web.api import ProblemAPI

api = ProblemAPI(title="Sen Hồng", version="1", auth=SIGNED_IN, docs_url=None)
