"""Any sequence of creating, claiming and deleting does what a dictionary would."""

from itertools import count
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from calling import Api
from given import FakeClock, Person, an_app

MOST = 10
HOSTS = st.sampled_from(["https://a.example", "https://b.example", None])
NUMBERS = count()


class Tokens(RuleBasedStateMachine):
    """One app; `known` has the host of each of its tokens."""

    api: Api
    vendor: Person
    clock: FakeClock
    tokens: Any = Bundle("tokens")

    def __init__(self) -> None:
        super().__init__()
        self.app = an_app(self.api, self.vendor, f"com.acme.tokens{next(NUMBERS)}")
        self.known: dict[str, str | None] = {}

    @rule(target=tokens)
    def create(self) -> Any:
        answer = self.api.call("POST", self.vendor, f"{self.app}/tokens")
        if len(self.known) == MOST:
            assert answer.status_code == 409
            return multiple()
        assert answer.status_code == 200
        token = answer.json()["token"]
        assert token not in self.known
        self.known[token] = None
        return token

    @rule(token=tokens, host=HOSTS)
    def claim(self, token: str, host: str | None) -> None:
        headers = {"Origin": host} if host else {}
        answer = self.api.client.post(f"{self.app}/tokens/{token}", headers=headers)
        owner = self.known[token]
        fits = host is None or owner in (None, host)
        assert answer.status_code == (204 if fits else 403)
        self.known[token] = owner or host

    @rule(token=consumes(tokens))
    def remove(self, token: str) -> None:
        answer = self.api.call("DELETE", self.vendor, f"{self.app}/tokens/{token}")
        assert answer.status_code == 200
        assert answer.json().get("instance") == self.known.pop(token)
        self.clock.advance(minutes=2)  # so that it is no guess too many
        assert self.api.client.post(f"{self.app}/tokens/{token}").status_code == 404

    @invariant()
    def the_list_is_what_is_known(self) -> None:
        found = self.api.get(self.vendor, f"{self.app}/tokens").json()["_embedded"]["tokens"]
        assert {each["token"]: each.get("instance") for each in found} == self.known


def test_any_sequence_does_what_a_dictionary_would(
    api: Api, vendor: Person, clock: FakeClock
) -> None:
    machine = type("Machine", (Tokens,), {"api": api, "vendor": vendor, "clock": clock})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=15,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
