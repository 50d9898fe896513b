"""Many people at a desk at once: each signs in, and then asks for page after page as a person does."""

import asyncio
import random
import re
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence

import httpx

Times = dict[str, list[float]]
_REF = re.compile(r'href="/case/([0-9a-f]{16})"')
_LISTS = ("/cases", "/cases?sort=newest", "/cases?show=all&page=7", "/cases?q=photograph", "/cases?q=maria&sort=due")
_OFTEN = {"home": 2, "list": 3, "case": 8, "decision": 1}  # how often each is asked for, beside the others
_A_FAULT = 500  # answers from here on are the desk's own faults


def field_of(html: str, name: str) -> str:
    """Return the value of a form's hidden field."""
    return html.split(f'name="{name}" value="', 1)[1].split('"', 1)[0]


class Reader:
    """One person at the desk; keeps how long each page took, in seconds, from asking to the last byte."""

    def __init__(self, client: httpx.AsyncClient, times: Times, seed: int) -> None:
        self._client, self._times = client, times
        self._any = random.Random(seed)
        self._refs: list[str] = []

    async def sign_in(self, role: str, password: str) -> None:
        """Sign in; RuntimeError if the desk does not let this person in."""
        page = await self._client.get("/sign-in")
        form = {"csrf": field_of(page.text, "csrf"), "sign_in_name": role, "password": password}
        answer = await self._client.post("/sign-in", data=form)
        if answer.status_code != httpx.codes.SEE_OTHER:
            raise RuntimeError(f"The desk answers {answer.status_code} to a sign-in.")

    async def open_the_week(self) -> None:
        """Read the first page, each list and a case, before anybody counts."""
        for path in ("/", *_LISTS):
            self._keep((await self._client.get(path)).text)
        for ref in self._refs[:1]:
            await self._client.get(f"/case/{ref}")

    async def read(self, end: float, pause: float) -> None:
        """Ask for pages until this moment (of `time.monotonic`), with pauses of so many seconds on average."""
        await asyncio.sleep(self._any.uniform(0, pause))
        while time.monotonic() < end:
            await self.ask()
            await asyncio.sleep(self._any.uniform(0, 2 * pause))

    async def ask(self) -> None:
        """Ask for one page: a case more often than a list, a list more often than the first page."""
        [what] = self._any.choices(list(_OFTEN), list(_OFTEN.values()))
        if what == "home":
            self._keep(await self._page(what, "/"))
        elif what == "list" or not self._refs:
            self._keep(await self._page("list", self._any.choice(_LISTS)))
        elif what == "case":
            await self._page(what, f"/case/{self._any.choice(self._refs)}")
        else:
            await self._decide(self._any.choice(self._refs))

    async def _decide(self, ref: str) -> None:
        """Read a case, and say that it is done where this person may."""
        page = await self._page("case", f"/case/{ref}")
        if 'value="done"' in page:
            form = {"csrf": field_of(page, "csrf"), "sequence": field_of(page, "sequence")}
            form |= {"kind": "done", "note": "Seen to."}
            await self._timed("decision", self._client.post, f"/case/{ref}/mark", data=form)

    async def _page(self, what: str, path: str) -> str:
        return (await self._timed(what, self._client.get, path)).text

    async def _timed(
        self, what: str, send: Callable[..., Awaitable[httpx.Response]], path: str, **form: object
    ) -> httpx.Response:
        began = time.perf_counter()
        answer = await send(path, **form)
        self._times[what].append(time.perf_counter() - began)
        if answer.status_code >= _A_FAULT:
            raise RuntimeError(f"The desk answers {answer.status_code}.")
        return answer

    def _keep(self, page: str) -> None:
        self._refs = (_REF.findall(page) or self._refs)[:50]


async def read_together(
    url: str, password: str, roles: Sequence[str], *, seconds: float, pause: float
) -> Mapping[str, list[float]]:
    """Let one reader for each of these roles read for so long; return how long each kind of page took, in seconds.

    What the desk makes once for each published week is made before the clock begins: every role reads a little first.
    """
    times: Times = defaultdict(list)
    one_each = httpx.Limits(max_connections=1)
    clients = [httpx.AsyncClient(base_url=url, timeout=60, limits=one_each) for _ in roles]
    try:
        people = [Reader(client, times, seed) for seed, client in enumerate(clients)]
        for person, role in zip(people, roles, strict=True):
            await person.sign_in(role, password)
        for person in people[: len(set(roles))]:
            await person.open_the_week()
        end = time.monotonic() + seconds
        await asyncio.gather(*(person.read(end, pause) for person in people))
    finally:
        await asyncio.gather(*(client.aclose() for client in clients))
    return times
