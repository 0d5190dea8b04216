"""The API, assembled from each app's router."""

from senhong.accounts.api import router as accounts
from senhong.accounts.auth import SIGNED_IN
from senhong.activities.api import router as activities
from senhong.comms.api import router as comms
from senhong.files.api import router as files
from senhong.guides.api import router as guides
from senhong.ledger.api import router as ledger
from senhong.people.api import router as people
from senhong.plans.api import router as plans
from senhong.practices.api import router as practices
from senhong.sync.api import router as sync
from senhong.web.api import ProblemAPI
from senhong.work.api import router as work

api = ProblemAPI(
    title="Sen Hồng",
    version="1",
    description="Errors are application/problem+json. What an operation does not list, be it a "
    "query parameter or a key of a body, is refused (422) and never ignored.",
    auth=SIGNED_IN,
    docs_url=None,
)
api.add_router("", accounts)
api.add_router("", ledger)
api.add_router("", people)
api.add_router("", plans)
api.add_router("", guides)
api.add_router("", activities)
api.add_router("", comms)
api.add_router("", files)
api.add_router("", practices)
api.add_router("", sync)
api.add_router("", work)
