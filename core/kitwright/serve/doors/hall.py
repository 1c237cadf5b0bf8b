"""Opens the doors of an application."""

from fastapi import FastAPI

from kitwright.serve.doors import deep_chat, openai, rasa_rest
from kitwright.serve.doors.histories import Histories
from kitwright.serve.doors.keys import Keys
from kitwright.serve.doors.porter import Porter
from kitwright.serve.doors.socket_io import SocketDoor
from kitwright.serve.reception import Reception

_ROUTERS = {"openai": openai.router, "rasa": rasa_rest.router, "deep_chat": deep_chat.router}


def open_doors(app: FastAPI, reception: Reception, secret: str, keys: Keys) -> None:
    """Add the routes of the doors that the settings name.

    Args:
        app: the application.
        reception: its parts.
        secret: the server's key.
        keys: of the doors for programs.
    """
    settings = reception.settings
    app.state.porter = porter = Porter(reception, secret, keys)
    app.state.histories = Histories()
    for door, router in _ROUTERS.items():
        if door in settings.doors:
            app.include_router(router)
    if "socketio" in settings.doors:
        app.mount(settings.socketio_path, SocketDoor(porter).app)
