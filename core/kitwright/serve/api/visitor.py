"""The visitor behind a request: read off the token, and held to the conversation in the path."""

from typing import Annotated

from fastapi import Depends, Path, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from kitwright.errors import Fault, Refused
from kitwright.serve.desk import unknown_conversation
from kitwright.serve.reception import reception_of
from kitwright.serve.tokens import Visitor

_bearer = HTTPBearer(auto_error=False, description="The token that came with the conversation.")


def read_visitor(
    request: Request,
    conversation_id: Annotated[str, Path(min_length=8, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")],
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> Visitor:
    """The visitor of a request.

    Raises:
        Refused: KW207, there is no token, or none of ours.
        UsageError: it is another conversation's.
    """
    if credentials is None:
        hint = "send the header Authorization: Bearer TOKEN"
        raise Refused(Fault(code="KW207", place="token", problem="there is no token", hint=hint))
    reception = reception_of(request)
    visitor = reception.tokens.read(credentials.credentials)
    if visitor.conversation_id != conversation_id or visitor.bot not in reception.desk.bots:
        raise unknown_conversation()
    return visitor


VisitorOf = Annotated[Visitor, Depends(read_visitor)]
