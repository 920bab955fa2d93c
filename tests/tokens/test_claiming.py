"""Which host a token is bound to, also when several ask at once, and what guessing comes to."""

import threading

import pytest

from calling import Api, problem
from given import FakeClock, Person, an_app, an_app_token
from haymarket.settings import Settings

HOST, OTHER = "https://jira.customer.example", "https://jira.other.example"


def claim(api: Api, app: str, token: str, origin: str | None = None) -> int:
    """How a validation ends."""
    headers = {} if origin is None else {"Origin": origin}
    answer = api.client.post(f"{app}/tokens/{token}", headers=headers)
    return int(answer.status_code)


def test_the_first_host_that_says_where_it_is_has_the_token(
    api: Api, vendor: Person, clock: FakeClock
) -> None:
    app = an_app(api, vendor)
    token = an_app_token(api, vendor, app)
    assert claim(api, app, token) == 204
    assert "instance" not in api.get(vendor, f"{app}/tokens/{token}").json()
    assert claim(api, app, token, HOST) == 204
    assert api.get(vendor, f"{app}/tokens/{token}").json()["instance"] == HOST
    assert claim(api, app, token, f"{HOST.upper()}:443/") == 204
    assert claim(api, app, token, OTHER) == 403
    assert claim(api, app, token) == 204
    assert api.get(vendor, f"{app}/tokens/{token}").json()["instance"] == HOST


def test_an_origin_that_is_no_host_is_refused(api: Api, vendor: Person) -> None:
    app = an_app(api, vendor)
    token = an_app_token(api, vendor, app)
    for wrong in ("null", "jira", "ftp://jira.example", "https://a b", f"https://{'x' * 300}.org"):
        answer = api.client.post(f"{app}/tokens/{token}", headers={"Origin": wrong})
        assert problem(answer)["message"].startswith("Origin: ")
    assert "instance" not in api.get(vendor, f"{app}/tokens/{token}").json()


def test_no_credentials_are_looked_at(api: Api, vendor: Person) -> None:
    app = an_app(api, vendor)
    token = an_app_token(api, vendor, app)
    answer = api.client.post(f"{app}/tokens/{token}", auth=("nobody@example.com", "wrong"))
    assert answer.status_code == 204


def test_two_hosts_at_the_same_moment_are_one_too_many(api: Api, vendor: Person) -> None:
    app = an_app(api, vendor)
    for _ in range(5):
        token = an_app_token(api, vendor, app)
        together = threading.Barrier(4)
        ends: dict[str, int] = {}

        def ask(host: str, token: str = token, together: threading.Barrier = together) -> None:
            together.wait()
            ends[host] = claim(api, app, token, host)  # noqa: B023

        hosts = [f"https://host{number}.example" for number in range(4)]
        threads = [threading.Thread(target=ask, args=(host,)) for host in hosts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(ends.values()) == [204, 403, 403, 403]
        [winner] = [host for host, end in ends.items() if end == 204]
        assert api.get(vendor, f"{app}/tokens/{token}").json()["instance"] == winner


def test_two_who_create_at_once_do_not_pass_the_maximum(
    api: Api, vendor: Person, settings: Settings
) -> None:
    app = an_app(api, vendor)
    for _ in range(settings.tokens_per_app - 1):
        an_app_token(api, vendor, app)
    together = threading.Barrier(3)
    ends: list[int] = []

    def create() -> None:
        together.wait()
        ends.append(api.call("POST", vendor, f"{app}/tokens").status_code)

    threads = [threading.Thread(target=create) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ends) == [200, 409, 409]


# --- guessing -------------------------------------------------------------------------------


def test_an_address_that_guesses_has_to_wait(
    api: Api, vendor: Person, anonymous: Person, settings: Settings, clock: FakeClock
) -> None:
    app = an_app(api, vendor)
    token = an_app_token(api, vendor, app)
    for number in range(settings.token_guesses):
        if number % 2:
            assert claim(api, app, f"guess{number}") == 404
        else:
            assert api.get(anonymous, app, accessToken=f"guess{number}").status_code == 404
    for answer in (
        api.client.post(f"{app}/tokens/{token}"),
        api.get(anonymous, app, accessToken=token),
    ):
        assert problem(answer, 429)["code"] == "TOO_MANY_REQUESTS"
        assert answer.headers["Retry-After"] == "60"
    clock.advance(seconds=59.5)
    assert api.get(anonymous, app, accessToken=token).headers["Retry-After"] == "1"
    clock.advance(seconds=0.5)
    assert api.get(anonymous, app, accessToken=token).status_code == 200


def test_whoever_sends_no_token_does_not_wait_for_those_who_guess(
    api: Api, vendor: Person, settings: Settings
) -> None:
    app = an_app(api, vendor)
    for number in range(settings.token_guesses):
        claim(api, app, f"guess{number}")
    assert api.get(vendor, app).status_code == 200


def test_a_good_token_is_no_guess(api: Api, vendor: Person, settings: Settings) -> None:
    app = an_app(api, vendor)
    token = an_app_token(api, vendor, app)
    for _ in range(settings.token_guesses + 5):
        assert claim(api, app, token) == 204


# --- logs -----------------------------------------------------------------------------------


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_token_in_a_path_is_not_logged(
    api: Api, vendor: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    app = an_app(api, vendor)
    token = an_app_token(api, vendor, app)
    claim(api, app, token)
    api.client.post(f"{app}/%74okens/{token}/")
    logged = capsys.readouterr().err
    assert f"POST {app}/tokens/*** 204" in logged
    assert token not in logged
