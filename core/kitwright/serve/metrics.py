"""Metrics for Prometheus: turns, times of steps, tokens, hand-overs, ratings, queue; labels hold nobody's words."""

from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from kitwright.serve.sending import Sending

_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_STEP_SECONDS: Final = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30)


class Metrics:
    """The metrics of one application."""

    def __init__(self) -> None:
        self.registry = at = CollectorRegistry()
        self.turns = Counter("kitwright_turns", "Messages by outcome", ["bot", "outcome"], registry=at)
        self.turn_seconds = Histogram(
            "kitwright_turn_seconds", "Time of a turn", ["bot"], buckets=_SECONDS, registry=at
        )
        self.step_seconds = Histogram(
            "kitwright_step_seconds", "Time of a step", ["bot", "step"], buckets=_STEP_SECONDS, registry=at
        )
        self.tokens = Counter("kitwright_tokens", "Tokens of prompts and answers", ["bot", "kind"], registry=at)
        self.handovers = Counter("kitwright_handovers", "Replies that handed over to a person", ["bot"], registry=at)
        self.ratings = Counter("kitwright_ratings", "Ratings of replies", ["bot", "value"], registry=at)
        self.requests = Counter("kitwright_requests", "Requests", ["method", "route", "status"], registry=at)
        self.request_seconds = Histogram(
            "kitwright_request_seconds", "Time to the end of a request", ["route"], buckets=_SECONDS, registry=at
        )
        self.running = Gauge("kitwright_turns_running", "Turns that are worked on", registry=at)
        self.waiting = Gauge("kitwright_turns_waiting", "Messages that wait for their turn", registry=at)
        self.streams = Gauge("kitwright_streams", "Connections that listen to a conversation", registry=at)

    def observe(self, sending: Sending) -> None:
        """Count a message that is over."""
        bot, reply = sending.bot, sending.reply
        if reply is None:
            self.turns.labels(bot, sending.faults[0].code if sending.faults else "lost").inc()
            return
        outcome = "repeated" if reply.repeated else "kept" if reply.kind == "user" else "answered"
        self.turns.labels(bot, sending.faults[0].code if sending.faults else outcome).inc()
        if reply.repeated:
            return
        self.turn_seconds.labels(bot).observe(sum(entry.ms for entry in reply.trace) / 1000)
        for entry in reply.trace:
            self.step_seconds.labels(bot, entry.step).observe(entry.ms / 1000)
        self.tokens.labels(bot, "prompt").inc(reply.prompt_tokens)
        self.tokens.labels(bot, "answer").inc(reply.answer_tokens)
        self.handovers.labels(bot).inc(reply.handoff)

    def page(self) -> bytes:
        """What Prometheus reads."""
        return generate_latest(self.registry)
