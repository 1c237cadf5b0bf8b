"""`kitwright serve`: answer over HTTP, with a plain page to try it."""

from typing import Annotated

import typer

from kitwright.cli.options import KitPathOption
from kitwright.cli.show import note


def serve(
    bots: Annotated[list[str] | None, typer.Argument(metavar="[BOT]...", help="Bots to serve.")] = None,
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port to listen on.")] = 8000,
    echo: Annotated[bool, typer.Option("--echo", help="Use the echo backend instead of the language model.")] = False,
    kit_path: KitPathOption = None,
) -> None:
    """Serve bots: a JSON endpoint and a plain page.

    Example: kitwright serve clothing_support --port 8000
    """
    import uvicorn

    from kitwright.bot import load_bot
    from kitwright.generation import EchoBackend
    from kitwright.serve import create_app

    backend = EchoBackend() if echo else None
    loaded = [load_bot(name, kit_paths=kit_path or (), backend=backend) for name in bots or ["clothing_support"]]
    for bot in loaded:
        note(f"loading {bot.name} …")
        bot.warm()
    note(f"serving {', '.join(bot.name for bot in loaded)} on http://{host}:{port}/")
    uvicorn.run(create_app(loaded), host=host, port=port, log_level="warning")
