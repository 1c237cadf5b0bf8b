"""The terminal channel: a conversation line by line, streamed, with numbered buttons and sources."""

import asyncio
import sys
import uuid
from contextlib import suppress

from rich.console import Console
from rich.text import Text

from kitwright.bot import Bot
from kitwright.cli.show import note
from kitwright.errors import KitwrightError
from kitwright.types import Button, Reply

HELP = "Type a message. A number presses a button; /new starts again, /trace shows the steps, /quit leaves."


def talk(bot: Bot, *, show_trace: bool) -> None:
    """Chat until the person leaves; an error ends a message, never the conversation."""
    console = Console(highlight=False, soft_wrap=True)
    title = bot.file.title or bot.name
    with console.status(f"starting {title} …"):
        bot.warm()
    console.print(Text(f"{title}, {bot.kit.manifest.title}. {HELP}", style="dim"))
    with suppress(ImportError):
        import readline  # noqa: F401 - gives input() line editing and history
    session = _Session(bot, console, show_trace=show_trace)
    while (line := _read(console)) is not None:
        if line.strip() == "/quit":
            break
        session.take(line)
    console.print(Text("Goodbye.", style="dim"))


def show(reply: Reply, *, show_trace: bool = False) -> None:
    """Print a finished reply."""
    console = Console(highlight=False, soft_wrap=True)
    console.print(Text(reply.text))
    _details(console, reply, show_trace=show_trace)


class _Session:
    """What the terminal remembers between messages."""

    def __init__(self, bot: Bot, console: Console, *, show_trace: bool) -> None:
        self.bot = bot
        self.console = console
        self.show_trace = show_trace
        self.conversation = uuid.uuid4().hex
        self.buttons: tuple[Button, ...] = ()

    def take(self, line: str) -> None:
        command = line.strip()
        if command == "/new":
            self.conversation, self.buttons = uuid.uuid4().hex, ()
            self.console.print(Text("A new conversation.", style="dim"))
        elif command == "/trace":
            self.show_trace = not self.show_trace
            self.console.print(Text(f"Trace {'on' if self.show_trace else 'off'}.", style="dim"))
        elif command in ("/help", "/?"):
            self.console.print(Text(HELP, style="dim"))
        else:
            self._send(self._pressed(command) or line)

    def _pressed(self, command: str) -> str | None:
        number = int(command) if command.isascii() and command.isdigit() and len(command) == 1 else 0
        return self.buttons[number - 1].payload if 0 < number <= len(self.buttons) else None

    def _send(self, text: str) -> None:
        try:
            reply = asyncio.run(self._stream(text))
        except KitwrightError as error:
            for fault in error.faults:
                note(fault.line())
            return
        self.buttons = reply.buttons
        _details(self.console, reply, show_trace=self.show_trace)

    async def _stream(self, text: str) -> Reply:
        reply: Reply | None = None
        self.console.print(Text(f"{self.bot.file.title or 'bot'}: ", style="bold"), end="")
        async for event in self.bot.stream(text, conversation=self.conversation):
            if event.kind == "delta":
                self.console.print(Text(event.text), end="")
            reply = event.reply or reply
        self.console.print()
        assert reply is not None  # noqa: S101 - a stream that does not raise ends with its reply
        return reply


def _read(console: Console) -> str | None:
    try:
        if sys.stdin.isatty():
            return console.input("[bold]you:[/bold] ")
        line = sys.stdin.readline()
    except (EOFError, KeyboardInterrupt):
        console.print()
        return None
    if line:
        console.print(Text(f"you: {line.rstrip()}"))
    return line.rstrip("\n") if line else None


def _details(console: Console, reply: Reply, *, show_trace: bool) -> None:
    for number, button in enumerate(reply.buttons, start=1):
        console.print(Text(f"  [{number}] {button.title}", style="cyan"))
    for source in reply.sources:
        console.print(Text(f"  source: {source.title}{f', {source.url}' if source.url else ''}", style="dim"))
    if reply.handoff:
        console.print(Text("  (handed over to a person)", style="dim"))
    for entry in reply.trace if show_trace else ():
        why = f" ({entry.why})" if entry.why else ""
        console.print(Text(f"  {entry.ms:8.1f} ms  {entry.step}: {entry.decision}{why}", style="dim"))
