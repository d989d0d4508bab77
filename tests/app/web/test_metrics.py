"""The figures are in a form that Prometheus reads, and follow what happens."""

from prometheus_client.parser import text_string_to_metric_families

from app.hosts.backend import HostStatus, InProcess
from app.hosts.host import Report
from app.settings import Settings
from app.web.metrics import Metrics


def figures(metrics: Metrics) -> dict[tuple[str, str], float]:
    """Every sample by its name and host."""
    families = text_string_to_metric_families(metrics.render().decode())
    return {(s.name, s.labels.get("host", "")): s.value for family in families for s in family.samples}


def test_every_host_is_told() -> None:
    backend = InProcess(Settings())
    hosts = [HostStatus(True, 3, 0.5, 1, Report(0.5, 7, 0.25, 9, 1000, 2)), HostStatus(False, 0, 0.0, 4)]
    backend.status = lambda: hosts  # type: ignore[method-assign]
    told = figures(Metrics(backend))
    assert told["neuron_playground_host_up", "0"] == 1.0
    assert told["neuron_playground_host_up", "1"] == 0.0
    assert told["neuron_playground_host_sessions", "0"] == 3.0
    assert told["neuron_playground_host_restarts_total", "1"] == 4.0
    assert told["neuron_playground_frames_total", "0"] == 9.0
    assert told["neuron_playground_host_turn_seconds_total", "0"] == 0.25


def test_what_the_sockets_do_is_counted_for_each_application_alone() -> None:
    first, second = Metrics(InProcess(Settings())), Metrics(InProcess(Settings()))
    first.connects.inc()
    first.sent_bytes.inc(500)
    assert figures(first)["neuron_playground_connects_total", ""] == 1.0
    assert figures(first)["neuron_playground_sent_bytes_total", ""] == 500.0
    assert figures(second)["neuron_playground_connects_total", ""] == 0.0
