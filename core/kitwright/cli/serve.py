"""`kitwright serve`: answer over HTTP, with a page to try it."""

from typing import Annotated

import typer

from kitwright.cli.options import KitPathOption
from kitwright.cli.show import note


def serve(
    bots: Annotated[list[str] | None, typer.Argument(metavar="[BOT]...", help="Bots to serve.")] = None,
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port to listen on.")] = 8000,
    echo: Annotated[bool, typer.Option("--echo", help="Use the echo backend instead of the language model.")] = False,
    origin: Annotated[
        list[str] | None, typer.Option("--origin", help="Pages of this origin may use the API; repeat for more.")
    ] = None,
    turns: Annotated[int | None, typer.Option("--turns", help="Replies worked on at the same time.")] = None,
    queue: Annotated[int | None, typer.Option("--queue", help="Messages that may wait; more are told: busy.")] = None,
    kit_path: KitPathOption = None,
) -> None:
    """Serve bots: an API for visitors, described at /openapi.json, and a page.

    Further limits are set by the environment, e.g. KITWRIGHT_SERVE_TURN_SECONDS; KITWRIGHT_SECRET signs the tokens.

    Example: kitwright serve clothing_support --port 8000 --origin https://shop.example
    """
    from kitwright.bot import load_bot
    from kitwright.generation import EchoBackend
    from kitwright.serve import create_app, read_settings
    from kitwright.serve.process import run

    settings = read_settings({"origins": tuple(origin) if origin else None, "turns_at_once": turns, "queue": queue})
    backend = EchoBackend() if echo else None
    loaded = [load_bot(name, kit_paths=kit_path or (), backend=backend) for name in bots or ["clothing_support"]]
    for bot in loaded:
        note(f"loading {bot.name} …")
        bot.warm()
    note(f"serving {', '.join(bot.name for bot in loaded)} on http://{host}:{port}/")
    try:
        run(create_app(loaded, settings=settings), host=host, port=port)
    finally:
        for bot in loaded:
            bot.close()
