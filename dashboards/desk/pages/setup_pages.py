"""The set-up in the browser: its steps, what was understood of an answer before it is kept, and what a press did."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboards.desk.access.access_control import said
from dashboards.desk.access.auth_forms import cookie
from dashboards.desk.access.school_pages import FormError, write_log
from dashboards.desk.pages.waiting_files import WaitingFile, file_that_waits
from dashboards.desk.school.rendering import render
from dashboards.desk.school.setup_steps import Answers, KeptAnswer, SentFile, SetUp, Understood, next_of
from warehouse.casebook.people.desk_secrets import is_same, sha256_of

_NOT_ANSWERS = frozenset({"csrf", "file_name"})
_NOT_OWN = "The set-up is open in the browser that began it alone. Run audit setup again, and open what it prints."
SetupPage = Callable[[Request, SetUp], Response]


@dataclass(frozen=True, slots=True)
class WaitingAnswer:
    """What was answered, and how it was understood; `name` is the file's, None where there is none."""

    answers: Answers
    name: str | None
    understood: Understood


def is_own(request: Request) -> bool:
    """Say whether this is the session that the set-up's own address began, and not another Lead's."""
    begun = request.app.state.setup_begun
    return bool(begun) and is_same(sha256_of(cookie(request, "desk")), begun)


def of_setup(page: SetupPage) -> Callable[[Request], Response]:
    """Return a page that is given the set-up, or after it the policy's step alone; else there is no such page."""

    @wraps(page)
    def answer(request: Request) -> Response:
        setup = request.app.state.setup
        if setup is None or (setup.is_after and request.path_params.get("step") != "policy"):
            return said(request, "There is no such page at the desk.", 404)
        return page(request, setup) if setup.is_after or is_own(request) else said(request, _NOT_OWN, 403)

    return answer


@of_setup
def overview(request: Request, setup: SetUp) -> Response:
    """Return every step with how it stands, and which comes next."""
    steps = setup.steps()
    return render(request, "setup.html", steps=steps, next=next_of(steps))


@of_setup
def step(request: Request, setup: SetUp) -> Response:
    """Return one step: what it asks, what it takes, and what a press answers."""
    return _page(request, setup)


@of_setup
def look(request: Request, setup: SetUp) -> Response:
    """Understand what was typed or sent, and lead to it; nothing is kept."""
    name, body = request.state.form.get("file_name"), getattr(request.state, "file", b"")
    _understand(request, setup, _answers(request), SentFile(name or "file", body) if body else None)
    return RedirectResponse(f"/setup/{_step(request)}/waiting", status_code=303)


@of_setup
def again(request: Request, setup: SetUp) -> Response:
    """Understand the same file anew by what was chosen, and lead to it."""
    waiting = file_that_waits(request, _use(request))
    if waiting is None:
        return RedirectResponse(f"/setup/{_step(request)}", status_code=303)
    answers, file = _with_choices(request, waiting)
    _understand(request, setup, answers, file)
    return RedirectResponse(f"/setup/{_step(request)}/waiting", status_code=303)


@of_setup
def waiting_page(request: Request, setup: SetUp) -> Response:
    """Return what was understood, with what may be said otherwise; without anything that waits, the step."""
    waiting = file_that_waits(request, _use(request))
    if waiting is None:
        return RedirectResponse(f"/setup/{_step(request)}", status_code=303)
    return render(request, "setup_waiting.html", step=setup.step(_step(request)), understood=waiting.trial.understood)


@of_setup
def picture(request: Request, _setup: SetUp) -> Response:
    """Return the small form of a picture beside which something is asked."""
    waiting, number = file_that_waits(request, _use(request)), request.path_params["number"]
    pictures = waiting.trial.understood.pictures if waiting else ()
    if number >= len(pictures):
        return Response("There is no such picture.", status_code=404, media_type="text/plain")
    return Response(pictures[number], media_type="image/webp")


@of_setup
def keep(request: Request, setup: SetUp) -> Response:
    """Keep what waits, as it was chosen, and show what comes next."""
    person = request.state.session.person
    with request.app.state.files.taken(person.number, _use(request)) as waiting:
        if waiting is None:
            raise FormError("This does not wait any more. Answer the step again.")
        answers, file = _with_choices(request, waiting)
        kept = setup.keep(_step(request), answers, file, person)
    return _done(request, setup, kept)


@of_setup
def press(request: Request, setup: SetUp) -> Response:
    """Do what was pressed beside an item, and show the step again."""
    form = request.state.form
    item, answer = form.get("item", ""), form.get("answer", "")
    kept = setup.press(_step(request), item, answer, request.state.session.person)
    if kept.leads_to:
        write_log(request, "set-up", _step(request))
        return RedirectResponse(kept.leads_to, status_code=303)
    return _done(request, setup, kept, f":{item}:{answer}" if _step(request) == "policy" else "")  # a clause is nobody


def _done(request: Request, setup: SetUp, kept: KeptAnswer, pressed: str = "") -> Response:
    write_log(request, "set-up", f"{_step(request)}{pressed}")
    request.app.state.desk.school_name = setup.name()
    return _page(request, setup, kept.says)


def _page(request: Request, setup: SetUp, done: str = "") -> Response:
    shown, steps = setup.step(_step(request)), setup.steps()
    return render(request, "setup_step.html", step=shown, done=done, next=next_of(steps), steps=steps)


def _understand(request: Request, setup: SetUp, answers: Answers, file: SentFile | None) -> None:
    understood = setup.look(_step(request), answers, file)
    trial = WaitingAnswer(answers, file.name if file else None, understood)
    waiting = WaitingFile(file.body if file else b"", trial)
    request.app.state.files.put(request.state.session.person.number, _use(request), waiting)


def _with_choices(request: Request, waiting: WaitingFile) -> tuple[Answers, SentFile | None]:
    """Return the answers with what was chosen beside them since, and the file; a tick that is not sent is none."""
    trial: WaitingAnswer = waiting.trial
    ticks = {question.name: "" for question in trial.understood.asks if question.kind == "tick"}
    answers = {**trial.answers, **ticks, **_answers(request)}
    return answers, SentFile(trial.name, waiting.body) if trial.name is not None else None


def _answers(request: Request) -> dict[str, str]:
    return {name: value for name, value in request.state.form.items() if name not in _NOT_ANSWERS}


def _step(request: Request) -> str:
    return str(request.path_params["step"])


def _use(request: Request) -> str:
    return f"setup {_step(request)}"
