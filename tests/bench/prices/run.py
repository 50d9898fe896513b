"""What each week of the demo costs at X: the ledger, the simulated platform's own bill, and the least that tells it.

The least is each user and each post that the week's answers named, once, at the lowest price at which the account that
asks could have had it: what a list of an account that asks for itself gave at the owner's price, all else at the full
one. It says nothing of answers that need not have been asked for at all; those show as requests.
"""

import json
import zlib
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from connectors.x.caller import envelope
from connectors.x.cost import PRICES, charged_once_a_day
from demo.town import WEEKS, Town, write_home, write_registers
from flows.home.context import Context, open_context
from flows.home.init import make_key
from flows.trial.demo import SCHOOL, demo_settings
from flows.weekly.run import sequence
from tests.simulated.serve import Servers
from warehouse.store.places import Places

_PAGES = (
    "select endpoint, request, body from raw.pages where run_id = ? and list_contains(?, endpoint) and body is not null"
)
_LEDGER = "select sum(usd), count(*) from raw.requests where run_id = ? and list_contains(?, endpoint)"


def bench_prices() -> None:
    """Run the demo's weeks and print, for each, what X charged, what the ledger says and the least."""
    print(
        "\nWhat a week costs at X, in US dollars (the demo's school: one account asks for itself, one by an app's key):"
    )
    print(f"  {'week':12} {'requests':>8} {'ledger':>8} {'bill':>8} {'least':>8} {'bill/least':>10}")
    with TemporaryDirectory() as folder, Town(Servers) as town:
        home = Path(folder)
        write_home(home)
        settings = demo_settings(town, home)
        make_key(settings, Places(home, SCHOOL))
        for week in WEEKS:
            town.turn_to(week)
            write_registers(Places(home, SCHOOL).folder, week)
            town.servers.meter.clear()
            context = open_context(settings, SCHOOL, week.as_of)
            sequence(context)
            bill = town.servers.meter.usd
            with context.warehouse() as db:
                [(ledger, requests)] = db.execute(_LEDGER, [context.run_id, list(PRICES)]).fetchall()
                least = sum(_cheapest(db, context).values(), Decimal(0))
            print(f"  {context.run_id:12} {requests:8} {ledger:8} {bill:8} {least:8} {bill / least:10.2f}")


def _cheapest(db: duckdb.DuckDBPyConnection, context: Context) -> dict[str, Decimal]:
    """Return the lowest price of each thing that this run's stored answers named."""
    owned = {account.account_id for account in context.school.account if account.reads == "owned"}
    cheapest = dict[str, Decimal]()
    for endpoint, request, body in db.execute(_PAGES, [context.run_id, list(PRICES)]).fetchall():
        is_owned = json.loads(request).get("id") in owned
        usd = PRICES[endpoint].owned_usd if is_owned else PRICES[endpoint].usd
        for thing in charged_once_a_day(endpoint, envelope(zlib.decompress(body), endpoint).ids):
            cheapest[thing] = min(usd, cheapest.get(thing, usd))
    return cheapest


if __name__ == "__main__":
    bench_prices()
