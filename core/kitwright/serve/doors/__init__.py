"""Doors that people already have: other chat protocols, each for the bots that are served, each through the desk.

    openai      /v1/chat/completions, /v1/models       any client of OpenAI's API
    rasa        /webhooks/rest/webhook                 Rasa's REST channel
    socketio    /socket.io                             Rasa's socket.io channel: rasa-webchat
    deep_chat   /webhooks/deep-chat/{bot}              the web component deep-chat

`ServeSettings.doors` says which are open. What a client calls its conversation is hashed with the server's key, so no
door's client can enter a conversation of another door, of another API key, or of a visitor of the page; a person's
values come back in the conversation in which they gave them, and in no other.
"""

from kitwright.serve.doors.hall import open_doors

__all__ = ["open_doors"]
