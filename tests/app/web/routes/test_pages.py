"""The page is served, works under any path, and loads nothing from elsewhere."""

import re

from starlette.testclient import TestClient

from app.paths import static_version


def test_the_page_names_the_files_of_this_version(client: TestClient) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert f'src="static/{static_version()}/js/main.js"' in answer.text


def test_every_address_that_the_page_itself_follows_is_relative(client: TestClient) -> None:
    addresses = re.findall(r'<(?!link rel="alternate")[^>]* (?:src|href)="([^"]*)"', client.get("/").text)
    assert addresses
    assert [address for address in addresses if re.match(r"/|[a-z]+:", address)] == []


def test_every_file_the_page_names_is_there(client: TestClient) -> None:
    addresses = re.findall(r'(?:src|href)="(static/[^"]*)"', client.get("/").text)
    assert {client.get(f"/{address}").status_code for address in addresses} == {200}


def test_the_page_may_not_be_framed_nor_load_from_elsewhere(client: TestClient) -> None:
    policy = client.get("/").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy


def test_the_page_has_no_script_and_no_style_of_its_own(client: TestClient) -> None:
    """The policy would refuse them, and a refusal shows only in a browser's console."""
    page = client.get("/").text
    assert re.findall(r"<script(?![^>]* src=)|<style|\son[a-z]+=|\sstyle=", page) == []
