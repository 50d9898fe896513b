"""Whatever is typed at the desk and kept names nobody on the registers; what is refused otherwise can be copied."""

from collections.abc import Iterator

import httpx
import pytest

from tests.dashboards.desks import ROLES, Served, field_of, served
from tests.dashboards.ordinary import ordinary
from tests.dashboards.test_desk import form, of_pupil
from tests.dashboards.test_desk_attest import attest
from tests.dashboards.test_desk_casework import HEAD, of_head
from tests.dashboards.test_desk_photographs import answer, look
from tests.dashboards.test_desk_registers import declare
from tests.flows.village import drawn

LEAD = ROLES[0]
NAMED = "So says SOMEBODY  Quite-Else-3."
SAYS = "What you wrote names somebody, and it is kept, so nothing was done."


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(ordinary(), tmp_path_factory.mktemp("home") / "desk", has_school=True) as desk:
        yield desk


def decided(desk: Served) -> httpx.Response:
    client = desk.signed_in(LEAD)
    ref = of_pupil(client)
    return client.post(f"/case/{ref}/mark", data={**form(client, ref), "choice": "3", "note": NAMED})


def given_back(desk: Served) -> httpx.Response:
    client, ref = desk.signed_in(HEAD), of_head(desk)[:16]
    page = client.get("/").text
    fields = {name: field_of(page[page.index(f"/task/{ref}/") :], name) for name in ("csrf", "sequence", "edition")}
    return client.post(f"/task/{ref}/answer", data={**fields, "kind": "back", "note": NAMED})


def attested(desk: Served) -> httpx.Response:
    return attest(desk.signed_in(HEAD), "train", evidence=NAMED)


def withdrawn(desk: Served) -> httpx.Response:
    client = desk.signed_in(LEAD)
    csrf = field_of(client.get("/photographs").text, "csrf")
    fields = {"csrf": csrf, "photograph_id": "ph-1", "why": "school", "note": NAMED, "sure": "on"}
    return client.post("/photographs/withdraw", data=fields)


def approved(desk: Served, **fields: str) -> httpx.Response:
    client = desk.signed_in(LEAD)
    look(client, drawn(3))
    return answer(client, **fields)


def called_by_a_name(desk: Served) -> httpx.Response:
    return approved(desk, photograph_id="somebody-quite-else-3")


def referred_to(desk: Served) -> httpx.Response:
    return approved(desk, reference=NAMED)


def accepted(desk: Served) -> httpx.Response:
    client = desk.signed_in(LEAD)
    csrf = field_of(client.get("/registers").text, "csrf")
    return client.post("/registers/pupils/right", data={"csrf": csrf, "note": NAMED})


def declared(desk: Served) -> httpx.Response:
    return declare(desk.signed_in(LEAD), note=NAMED)


@pytest.mark.parametrize(
    "typed", [decided, given_back, attested, withdrawn, called_by_a_name, referred_to, accepted, declared]
)
def test_what_is_typed_and_kept_names_nobody_of_the_registers(here: Served, typed) -> None:
    folder = here.desk.published.parent / "ousterly-vale"
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    refused = typed(here)

    assert (refused.status_code, SAYS in refused.text) == (409, True), refused.text
    assert here.desk.decisions.by_case() == {}
    assert here.desk.book.attestations() == ()
    assert before == {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_name_that_was_put_on_a_register_while_the_desk_is_open_is_known(here: Served) -> None:
    client = here.signed_in(LEAD)
    register = here.desk.published.parent / "ousterly-vale" / "registers" / "leavers.csv"
    before = register.read_text()
    ref = of_pupil(client)
    fields = {**form(client, ref), "choice": "3", "note": "It is Newly Cometoit's."}
    try:
        register.write_text(f"{before}3991,Newly,Cometoit,22/07/2025\n")
        refused = client.post(f"/case/{ref}/mark", data=fields)
    finally:
        register.write_text(before)

    assert (refused.status_code, SAYS in refused.text) == (409, True)


def test_what_was_written_can_be_copied_where_it_is_refused(here: Served) -> None:
    client = here.signed_in(LEAD)
    ref = of_pupil(client)
    fields = {**form(client, ref), "kind": "allowed", "note": "Agreed <b>on</b> the telephone.", "until": "2020-01-01"}

    refused = client.post(f"/case/{ref}/mark", data=fields)

    assert refused.status_code == 409
    assert "readonly>Agreed &lt;b&gt;on&lt;/b&gt; the telephone.</textarea>" in refused.text
