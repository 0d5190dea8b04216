from typing import Annotated

from ninja import Query, Router

router = Router(tags=["comms"])
Limit = Annotated[int, Query(ge=1, le=200)]
