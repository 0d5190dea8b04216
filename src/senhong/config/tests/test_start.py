"""What cannot start says why in one line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, ProgrammingError
from pytest_django import Settings

from senhong.comms.connectors.push.keys import public_key
from senhong.config import env
from senhong.config.command import refuse_what_is_not_text
from senhong.config.database import why_not_usable
from senhong.config.port import why_not_free

FIGURES = ("figures", "--unit=P1", "--from=2023-01-01", "--to=2023-02-01")


def started(*words: str, **environment: str) -> tuple[int, str]:
    """The exit code of ``senhong`` and what it said of a mistake."""
    own = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(  # noqa: S603
        [Path(sys.executable).with_name("senhong"), *words],
        env=own | environment,
        stdin=subprocess.DEVNULL,
        start_new_session=True,  # no terminal either
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.returncode, done.stderr.strip()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "yes"),
        ("PORT", "²"),
        ("DATABASE_URL", "mysql://someone:secret@host/name"),
        ("DATABASE_URL", "postgres://someone:secret@host:abc/name"),
        ("SECRET_KEY_FILE", "/no/such/file"),
        ("EMAIL_URL", "http://someone:secret@host"),
        ("EMAIL_URL", "smtp://someone:secret@host:abc"),
        ("EMAIL_URL", "mail.example.com"),
    ],
)
def test_a_wrong_setting_is_one_line_that_names_it(name: str, value: str, tmp_path: Path) -> None:
    code, said = started("figures", SENHONG_HOME=str(tmp_path), **{name: value})

    assert code == 1
    assert said.startswith(name)
    assert "\n" not in said
    assert "secret@" not in said


def test_a_home_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    code, said = started("figures", SENHONG_HOME=str(tmp_path / "file" / "home"))

    assert (code, said.count("\n")) == (1, 0)
    assert said.startswith("SENHONG_HOME")


def test_a_home_that_nobody_may_write_in_is_one_line() -> None:
    """/proc/1: not even root may make anything there."""
    code, said = started("serve", SENHONG_HOME="/proc/1", PORT="18999")

    assert (code, said.count("\n")) == (1, 0)
    assert said.startswith("SENHONG_HOME: cannot ")
    assert "choose another folder" in said.lower()


def test_a_file_that_is_no_database_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "senhong.sqlite3").write_text("something else" * 100)

    code, said = started("check-totals", SENHONG_HOME=str(tmp_path))

    assert (code, said.count("\n")) == (1, 0)
    assert "not a database" in said
    assert str(tmp_path) in said


def test_an_empty_home_is_told_what_to_run(tmp_path: Path) -> None:
    code, said = started(*FIGURES, SENHONG_HOME=str(tmp_path))

    assert (code, said.count("\n")) == (1, 0)
    assert "senhong migrate" in said


def test_an_empty_home_gets_its_tables_with_the_units(tmp_path: Path) -> None:
    units, lineage = tmp_path / "units.csv", tmp_path / "lineage.csv"
    units.write_text(
        "id,code,level,kind,name,parent,lat,lon,valid_from,valid_to\nP1,1,province,Tỉnh,A,,,,,\n"
    )
    lineage.write_text("predecessor,successor,share,is_default\n")
    files = (f"--units={units}", f"--lineage={lineage}")

    assert started("import-units", *files, SENHONG_HOME=str(tmp_path)) == (0, "")
    assert started("figures", "--unit=P1", *FIGURES[2:], SENHONG_HOME=str(tmp_path)) == (0, "")


@pytest.mark.parametrize("words", [("serve",), FIGURES], ids=lambda words: words[0])
def test_a_closed_port_is_told_within_seconds(words: tuple[str, ...], tmp_path: Path) -> None:
    url = "postgres://someone:secret@127.0.0.1:1/name"

    code, said = started(*words, SENHONG_HOME=str(tmp_path), DATABASE_URL=url, PORT="18999")

    assert (code, said.count("\n")) == (1, 0)
    assert "Start it, or correct DATABASE_URL." in said
    assert "secret" not in said


def test_words_that_are_missing_are_one_line_without_the_usage(tmp_path: Path) -> None:
    code, said = started("init", SENHONG_HOME=str(tmp_path))

    assert code == 2
    assert said == (
        "senhong init: the following arguments are required: --province, --username. "
        "See `senhong init --help`."
    )


def test_a_first_administrator_without_a_terminal_is_told_how_to_give_a_password(
    tmp_path: Path,
) -> None:
    words = ("init", "--province=P82-3", "--username=quantri")

    code, said = started(*words, SENHONG_HOME=str(tmp_path))

    assert (code, said.count("\n")) == (1, 0)
    assert "--password-file" in said
    assert "SENHONG_INIT_PASSWORD" in said


@pytest.mark.parametrize("value", ["", "abc", "²", "-1", "1" * 5000])
def test_a_number_is_written_in_plain_digits(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(env, "DECLARED", [])
    monkeypatch.setenv("SOME", value or "none")

    with pytest.raises(ImproperlyConfigured, match="whole number"):
        env.whole("SOME", 1, "Some.")


@pytest.mark.parametrize("port", ["²", "0", "70000", "1" * 5000])
def test_what_is_no_port_is_said(port: str) -> None:
    assert "say a number" in (why_not_free("127.0.0.1", port) or "")


def test_a_word_that_is_not_text_is_refused() -> None:
    refuse_what_is_not_text(["senhong", "init", "Đồng Tháp"])
    with pytest.raises(SystemExit, match="Argument 2 is not UTF-8"):
        refuse_what_is_not_text(["senhong", "init", "\udcff"])


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("smtp://mail.example.com", ("mail.example.com", 25, "", "", False, False)),
        ("smtps://an:b%40c@mail.example.com", ("mail.example.com", 465, "an", "b@c", True, False)),
        ("smtp+tls://an@host:2525", ("host", 2525, "an", "", False, True)),
    ],
)
def test_a_mail_server_is_one_address(url: str, said: tuple[object, ...]) -> None:
    assert tuple(env.mail_server(url).values()) == said


def test_the_key_of_push_is_made_once_and_signs(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(env, "DECLARED", [])
    first, second = (
        env.secret("VAPID_KEY", tmp_path / "vapid-key", "Some.", env.p256_key) for _time in range(2)
    )
    settings.VAPID_KEY = first

    assert first == second
    assert (tmp_path / "vapid-key").stat().st_mode & 0o077 == 0
    assert len(public_key()) == 87  # 65 bytes, base64url


@pytest.mark.django_db
def test_our_own_mistake_is_not_called_the_databases() -> None:
    assert why_not_usable(ProgrammingError("no such column")) is None
    assert "locked" in (why_not_usable(OperationalError("database is locked")) or "")
