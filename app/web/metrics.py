"""What an operator may watch, in the words of Prometheus. Only counts and times: nothing about any visitor.

What hosts have done is asked of the backend at the moment of reading; what live connections do is counted here. Not
here: who may read it (a proxy decides), nor the health of the whole (`routes.health`).
"""

from collections.abc import Callable, Iterator

from prometheus_client import CollectorRegistry, Counter, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from app.hosts.backend import Backend, HostStatus

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

_HOSTS: tuple[tuple[str, str, type[Metric], Callable[[HostStatus], float]], ...] = (
    ("host_up", "Whether the host process lives.", GaugeMetricFamily, lambda host: host.alive),
    ("host_sessions", "Sessions on the host.", GaugeMetricFamily, lambda host: host.sessions),
    ("host_load", "The share of its core that the host works.", GaugeMetricFamily, lambda host: host.load),
    (
        "host_session_bytes",
        "Memory of its sessions, as estimated.",
        GaugeMetricFamily,
        lambda h: h.report.session_bytes,
    ),
    ("host_restarts", "How often the host was replaced.", CounterMetricFamily, lambda host: host.restarts),
    ("host_turns", "Turns given to sessions.", CounterMetricFamily, lambda host: host.report.turns),
    ("host_turn_seconds", "Time in turns.", CounterMetricFamily, lambda host: host.report.turn_seconds),
    ("frames", "Frames painted.", CounterMetricFamily, lambda host: host.report.frames),
    ("frame_bytes", "Bytes of frames painted.", CounterMetricFamily, lambda host: host.report.frame_bytes),
    ("checkpoints", "Checkpoints made.", CounterMetricFamily, lambda host: host.report.checkpoints),
)
"""Name, sentence, kind and value of each figure of a host. Its counters begin anew with its process."""


class _Hosts(Collector):
    """The hosts, as they are when somebody reads."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def collect(self) -> Iterator[Metric]:
        """Every figure of every host, by its number."""
        status = self._backend.status()
        for name, sentence, kind, value in _HOSTS:
            family = kind(f"neuron_playground_{name}", sentence, labels=("host",))  # type: ignore[call-arg]
            for number, host in enumerate(status):
                family.add_metric((str(number),), float(value(host)))  # type: ignore[attr-defined]
            yield family


class Metrics:
    """The figures of one application."""

    def __init__(self, backend: Backend) -> None:
        self._registry = CollectorRegistry()
        self._registry.register(_Hosts(backend))
        self.connects = self._counter("connects", "Live connections that were let in.")
        self.polling = self._counter("polling_connects", "Of these, those without a socket, which poll.")
        self.busy = self._counter("busy", "Live connections that were told to come back later.")
        self.messages = self._counter("messages", "Messages from clients.")
        self.sent = self._counter("sent", "Messages to clients.")
        self.sent_bytes = self._counter("sent_bytes", "Bytes of messages to clients.")
        self.dropped = self._counter("dropped_checkpoints", "Checkpoints overtaken before they were sent.")
        self.slowed = self._counter("slowed_messages", "Messages that came faster than they are read.")

    def render(self) -> bytes:
        """As text for a Prometheus server."""
        return generate_latest(self._registry)

    def _counter(self, name: str, sentence: str) -> Counter:
        return Counter(f"neuron_playground_{name}", sentence, registry=self._registry)
