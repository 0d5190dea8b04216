"""Who is signed in: Django's way of asking, our quicker queries."""

from allauth.account.auth_backends import AuthenticationBackend as AllauthBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session

from senhong.accounts.queries import active_user, live_session


class SessionStore(db.SessionStore):
    """Django's sessions in the database."""

    def _get_session_from_db(self) -> Session | None:
        session = live_session(self.session_key)
        if session is None:
            self._session_key = None  # a new one is made, never one that somebody brought along
        return session


class AuthenticationBackend(AllauthBackend):  # type: ignore[misc]  # allauth is untyped
    """allauth's, for which a user is found more quickly."""

    def get_user(self, user_id: int) -> object:
        return active_user(user_id)
