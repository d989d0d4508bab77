"""The manifest for Kubernetes holds what KubeRay reads and nothing else, its parts fit, and its study is one.

The keys are those of KubeRay's own definition of a RayJob (ray.io/v1), of which the manifest was checked whole by hand.
Not a test of a cluster: there is none here.
"""

import re
import tomllib
from typing import Any

import pytest
import typer
import yaml
from packaging.requirements import Requirement

from app.cli.main import cli
from app.studies.study_file import study_of
from tests.repo.sources import ROOT

TEXT = (ROOT / "deploy" / "kuberay.yaml").read_text(encoding="utf-8")
FOUND: dict[str, dict[str, Any]] = {one["kind"]: one for one in yaml.safe_load_all(TEXT)}
JOB = FOUND["RayJob"]["spec"]
CLUSTER = JOB["rayClusterSpec"]
WORKERS = CLUSTER["workerGroupSpecs"]

# In KubeRay's definition there are more; these are the ones that a manifest as ours may need.
JOB_KEYS = {
    "activeDeadlineSeconds",
    "backoffLimit",
    "entrypoint",
    "rayClusterSpec",
    "runtimeEnvYAML",
    "shutdownAfterJobFinishes",
    "submitterPodTemplate",
    "suspend",
    "ttlSecondsAfterFinished",
}
CLUSTER_KEYS = {"enableInTreeAutoscaling", "headGroupSpec", "rayVersion", "workerGroupSpecs"}
GROUP_KEYS = {"rayStartParams", "template"}
WORKER_KEYS = GROUP_KEYS | {"groupName", "maxReplicas", "minReplicas", "replicas"}
POD_KEYS = {"containers", "securityContext", "volumes"}
CONTAINER_KEYS = {"env", "image", "name", "resources", "volumeMounts"}


def pods() -> list[dict[str, Any]]:
    return [group["template"]["spec"] for group in (CLUSTER["headGroupSpec"], *WORKERS)]


def test_it_is_a_job_its_study_and_a_disk() -> None:
    assert list(FOUND) == ["ConfigMap", "PersistentVolumeClaim", "RayJob"]
    assert FOUND["RayJob"]["apiVersion"] == "ray.io/v1"


def test_every_key_is_one_that_kuberay_reads() -> None:
    assert set(JOB) <= JOB_KEYS
    assert set(CLUSTER) <= CLUSTER_KEYS
    assert set(CLUSTER["headGroupSpec"]) == GROUP_KEYS
    assert all(set(group) == WORKER_KEYS for group in WORKERS)
    assert all(set(pod) <= POD_KEYS for pod in pods())
    assert all(set(container) <= CONTAINER_KEYS for pod in pods() for container in pod["containers"])


def test_parameters_of_ray_are_texts_and_numbers_of_pods_are_numbers() -> None:
    parameters = [group["rayStartParams"] for group in (CLUSTER["headGroupSpec"], *WORKERS)]
    assert all(isinstance(value, str) for each in parameters for value in each.values())
    assert all(group["minReplicas"] <= group["replicas"] <= group["maxReplicas"] for group in WORKERS)


def test_what_is_mounted_is_there() -> None:
    for pod in pods():
        volumes = {volume["name"]: volume for volume in pod.get("volumes", ())}
        mounts = {mount["name"] for one in pod["containers"] for mount in one.get("volumeMounts", ())}
        assert mounts == set(volumes)
        for volume in volumes.values():
            if "configMap" in volume:
                assert volume["configMap"]["name"] == FOUND["ConfigMap"]["metadata"]["name"]
            else:
                claim = volume["persistentVolumeClaim"]["claimName"]
                assert claim == FOUND["PersistentVolumeClaim"]["metadata"]["name"]


def test_all_nodes_have_the_same_image_and_a_ray_that_the_extra_allows() -> None:
    assert len({container["image"] for pod in pods() for container in pod["containers"]}) == 1
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (extra,) = project["optional-dependencies"]["ray"]
    assert Requirement(extra).specifier.contains(CLUSTER["rayVersion"])
    howto = (ROOT / "docs" / "howto" / "run-a-study.md").read_text(encoding="utf-8")
    assert f"rayproject/ray:{CLUSTER['rayVersion']}" in howto


def test_the_study_in_it_is_one() -> None:
    study = study_of(tomllib.loads(FOUND["ConfigMap"]["data"]["study.toml"]))
    assert study.runs == 320


def test_the_command_in_it_has_the_options_that_it_is_given() -> None:
    script = FOUND["ConfigMap"]["data"]["run.sh"]
    commands: dict[str, Any] = vars(typer.main.get_command(cli))["commands"]
    known = {option for parameter in commands["study"].params for option in parameter.opts}
    used = re.findall(r"(?<= )--\w+", script)
    assert len(used) == 5
    assert set(used) <= known
    assert JOB["entrypoint"].split()[-1] == "/study/run.sh"


@pytest.mark.parametrize("name", ["kuberay.yaml"])
def test_the_howto_names_it(name: str) -> None:
    assert f"deploy/{name}" in (ROOT / "docs" / "howto" / "run-a-study.md").read_text(encoding="utf-8")
