"""Where mails go: a folder, or a server that is spoken to."""

from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from haymarket.settings import BadSetting, Settings, read_settings
from haymarket.watch.mail import Server, open_mail
from running import free_port
from watch.mailservers import a_mail_server


def a_letter(to: str = "robin@example.com") -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "hay@example.com", to, "News"
    letter.set_content("Zwölf\n.\nBoxkämpfer")
    return letter


def test_without_a_setting_there_is_no_mail() -> None:
    assert open_mail(Settings()) is None


def test_a_folder_gets_a_file_for_each_mail_once(tmp_path: Path) -> None:
    folder = tmp_path / "mail"
    mail = open_mail(Settings(mail=f"folder:{folder}"))
    assert mail
    for _ in range(2):
        assert [each.error for each in mail.send([(7, a_letter()), (8, a_letter())])] == [None] * 2
    assert sorted(file.name for file in folder.iterdir()) == ["7.eml", "8.eml"]


def test_a_folder_that_can_not_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("in the way")
    mail = open_mail(Settings(mail=f"folder:{tmp_path}/mail"))
    assert mail
    [outcome] = mail.send([(7, a_letter())])
    assert outcome.error
    assert outcome.error.startswith("The mail can not be written")


def test_mails_go_to_a_server_over_one_connection() -> None:
    with a_mail_server() as server:
        mail = open_mail(Settings(mail=f"smtp://ro%40bin:se%2Fcret@127.0.0.1:{server.port}"))
        assert mail
        outcomes = mail.send([(1, a_letter()), (2, a_letter("ada@example.com"))])
    assert [each.error for each in outcomes] == [None, None]
    assert server.signed_in == ["\0ro@bin\0se/cret"]
    assert server.connections == 1
    assert b"To: robin@example.com" in server.mails[0]
    assert b"To: ada@example.com" in server.mails[1]


@pytest.mark.parametrize(
    ("answer", "is_final"), [("550 nobody here", True), ("451 come back later", False)]
)
def test_an_address_that_is_refused_is_told_and_the_others_get_theirs(
    answer: str, is_final: bool
) -> None:
    with a_mail_server(RCPT=answer) as server:
        mail = open_mail(Settings(mail=f"smtp://127.0.0.1:{server.port}"))
        assert mail
        first, second = mail.send([(1, a_letter()), (2, a_letter())])
    assert first.error == second.error == f"The address was refused: {answer}"
    assert first.is_final is second.is_final is is_final


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({"MAIL": "450 not now"}, "450 not now"),
        ({"DATA": "554 no room"}, "554 no room"),
        ({"AUTH": "535 who are you"}, "The mail server failed: 535 who are you"),
    ],
)
def test_what_a_server_refuses_is_told_without_the_password(
    answers: dict[str, str], error: str
) -> None:
    with a_mail_server(**answers) as server:
        mail = open_mail(Settings(mail=f"smtp://robin:hunter2@127.0.0.1:{server.port}"))
        assert mail
        [outcome] = mail.send([(1, a_letter())])
    assert outcome.error == error
    assert not outcome.is_final


def test_a_slow_server_gets_the_others_another_time() -> None:
    with a_mail_server() as server:
        mail = Server(urlsplit(f"smtp://127.0.0.1:{server.port}"), longest=0.0)
        assert [each.error for each in mail.send([(1, a_letter()), (2, a_letter())])] == [None]
    assert len(server.mails) == 1


def test_a_server_that_does_not_answer_fails_every_mail() -> None:
    mail = open_mail(Settings(mail=f"smtp://robin:hunter2@127.0.0.1:{free_port()}"))
    assert mail
    outcomes = mail.send([(1, a_letter()), (2, a_letter())])
    assert len(outcomes) == 2
    for each in outcomes:
        assert each.error
        assert each.error.startswith("The mail server failed")
        assert "hunter2" not in each.error


def test_a_password_is_not_sent_in_the_open() -> None:
    with a_mail_server("127.0.0.2") as server:  # which is not known as this machine
        mail = open_mail(Settings(mail=f"smtp://robin:hunter2@127.0.0.2:{server.port}"))
        assert mail
        [outcome] = mail.send([(1, a_letter())])
    assert outcome.error
    assert "the password is not sent" in outcome.error
    assert (server.signed_in, server.mails) == ([], [])


@pytest.mark.parametrize("value", ["imap://host", "mail.example.com", "smtp://host:port"])
def test_a_setting_that_names_no_way_for_mails_is_refused(value: str) -> None:
    with pytest.raises(BadSetting) as refused:
        read_settings({"HAYMARKET_MAIL": value})
    assert "HAYMARKET_MAIL" in str(refused.value)


def test_a_refused_setting_does_not_show_its_password() -> None:
    with pytest.raises(BadSetting) as refused:
        read_settings({"HAYMARKET_MAIL": "smtp://robin:hunter2@host:x"})
    assert "hunter2" not in str(refused.value)
