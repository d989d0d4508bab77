"""The manifest of several servers holds what Kubernetes reads and what this server has: probes, settings, figures.

The keys are those of Kubernetes' own definitions. Not a test of a cluster: there is none here.
"""

import re
from typing import Any

import pytest
import yaml
from starlette.testclient import TestClient

from app.hosts.backend import InProcess
from app.settings import Settings
from app.web.application import create_app
from tests.repo.sources import ROOT

TEXT = (ROOT / "deploy" / "kubernetes.yaml").read_text(encoding="utf-8")
FOUND: dict[str, dict[str, Any]] = {one["kind"]: one for one in yaml.safe_load_all(TEXT)}
DEPLOYMENT = FOUND["Deployment"]["spec"]
POD = DEPLOYMENT["template"]["spec"]
(CONTAINER,) = POD["containers"]
SCALER = FOUND["HorizontalPodAutoscaler"]["spec"]
PROBES = ("startupProbe", "readinessProbe", "livenessProbe")
ENVIRONMENT = {one["name"]: one["value"] for one in CONTAINER["env"]}

# In Kubernetes' definitions there are more; these are the ones that a manifest as ours may need.
API = {
    "Deployment": "apps/v1",
    "Service": "v1",
    "PodDisruptionBudget": "policy/v1",
    "HorizontalPodAutoscaler": "autoscaling/v2",
}
POD_KEYS = {
    "automountServiceAccountToken",
    "containers",
    "securityContext",
    "terminationGracePeriodSeconds",
    "topologySpreadConstraints",
}
CONTAINER_KEYS = {"env", "image", "lifecycle", "name", "ports", "resources", "securityContext", *PROBES}
PROBE_KEYS = {"httpGet", "periodSeconds", "timeoutSeconds", "failureThreshold"}
SCALER_KEYS = {"behavior", "maxReplicas", "metrics", "minReplicas", "scaleTargetRef"}


def test_it_is_what_kubernetes_reads() -> None:
    assert {kind: one["apiVersion"] for kind, one in FOUND.items()} == API
    # The number of replicas would take the autoscaler's away with every change.
    assert set(DEPLOYMENT) == {"selector", "strategy", "template"}
    assert set(POD) == POD_KEYS
    assert set(CONTAINER) == CONTAINER_KEYS
    assert all(set(CONTAINER[name]) <= PROBE_KEYS for name in PROBES)
    assert set(SCALER) == SCALER_KEYS
    assert set(FOUND["PodDisruptionBudget"]["spec"]) == {"maxUnavailable", "selector"}
    assert set(FOUND["Service"]["spec"]) == {"ports", "selector"}


def test_its_parts_find_each_other() -> None:
    labels = DEPLOYMENT["template"]["metadata"]["labels"]
    assert DEPLOYMENT["selector"]["matchLabels"] == labels
    assert FOUND["Service"]["spec"]["selector"] == labels
    assert FOUND["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"] == labels
    assert POD["topologySpreadConstraints"][0]["labelSelector"]["matchLabels"] == labels
    target = SCALER["scaleTargetRef"]
    assert FOUND[target["kind"]]["metadata"]["name"] == target["name"]
    assert FOUND[target["kind"]]["apiVersion"] == target["apiVersion"]
    (port,) = CONTAINER["ports"]
    assert {CONTAINER[name]["httpGet"]["port"] for name in PROBES} == {port["name"]}
    assert FOUND["Service"]["spec"]["ports"][0]["targetPort"] == port["name"]


def test_its_settings_are_the_server_s_and_leave_a_core_to_the_web_process() -> None:
    given = {name.removeprefix("NEURON_PLAYGROUND_").lower(): value for name, value in ENVIRONMENT.items()}
    assert set(given) <= set(Settings.model_fields)
    settings = Settings.model_validate(given)
    assert settings.hosts + 1 == int(CONTAINER["resources"]["limits"]["cpu"])
    assert CONTAINER["resources"]["requests"] == CONTAINER["resources"]["limits"]
    assert SCALER["minReplicas"] > FOUND["PodDisruptionBudget"]["spec"]["maxUnavailable"]


@pytest.fixture(scope="module")
def answers() -> dict[str, str]:
    """What a pod's probes and its metrics answer to who asks by number, with the settings of the manifest."""
    settings = Settings(names=ENVIRONMENT["NEURON_PLAYGROUND_NAMES"])
    paths = {CONTAINER[name]["httpGet"]["path"] for name in PROBES}
    paths.add(DEPLOYMENT["template"]["metadata"]["annotations"]["prometheus.io/path"])
    found = {}
    with TestClient(create_app(settings, InProcess(settings))) as client:
        for path in paths:
            host = "10.0.0.7:8000" if path != "/metrics" else settings.names
            answer = client.get(path, headers={"Host": host})
            assert answer.status_code == 200, path
            found[path] = answer.text
    return found


def test_what_is_probed_answers_and_the_autoscaler_s_figure_is_there(answers: dict[str, str]) -> None:
    assert set(answers) == {"/readyz", "/healthz", "/metrics"}
    (metric,) = SCALER["metrics"]
    name = metric["pods"]["metric"]["name"]
    assert re.search(rf"^{name}{{host=\"0\"}} ", answers["/metrics"], re.MULTILINE)
    page = (ROOT / "docs" / "howto" / "many-cores.md").read_text(encoding="utf-8")
    assert f"seriesQuery: {name}{{" in page


def test_an_ending_pod_has_the_time_that_it_needs() -> None:
    (sleeps, seconds) = CONTAINER["lifecycle"]["preStop"]["exec"]["command"]
    assert sleeps == "sleep"
    # The server promises to end within two seconds; it may take longer where it has waited for the processor.
    assert POD["terminationGracePeriodSeconds"] >= int(seconds) + 2 * 5


def test_it_needs_no_right_that_the_image_has_not() -> None:
    user = re.search(r"^USER (\d+):", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    assert user is not None
    assert int(user[1]) > 0
    assert POD["securityContext"]["runAsNonRoot"]
    assert CONTAINER["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
