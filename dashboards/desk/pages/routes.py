"""Every address of the desk in one table, each with the roles that may ask for it; any other is refused."""

from starlette.requests import Request
from starlette.responses import Response

from dashboards.desk.access import account, openid, sign_in
from dashboards.desk.access.access_control import DeskPage
from dashboards.desk.casework import (
    backlog,
    case_list,
    case_page,
    challenges,
    decisions,
    grounds,
    previews,
    tasks,
    thread,
)
from dashboards.desk.pages import (
    ask_page,
    attest_page,
    home,
    photograph_pages,
    photograph_trial,
    register_pages,
    report_page,
    request_pages,
    runs,
    setup_pages,
)
from dashboards.desk.school.desk import TIERS
from policies.roles import (
    ANSWERS_CHALLENGES,
    ANSWERS_REQUESTS,
    CLEARS,
    HAS_TASKS,
    KEEPS_REGISTERS,
    MAY_AGREE,
    READS_CASES,
    SEES_TO_POLICY,
)
from policies.toml_text import packaged_text

EVERY_ROLE = frozenset(TIERS)
MOST_PICTURE, MOST_REGISTER = 25_000_000, 16_000_000  # bytes of a file that is sent to the desk
MOST_SETUP = 180_000_000  # an archive of X's


def _style(_request: Request) -> Response:
    shared = packaged_text("dashboards.report.templates", "style.css")
    return Response(shared + packaged_text("dashboards.desk.static", "desk.css"), media_type="text/css")


def _script(_request: Request) -> Response:
    return Response(packaged_text("dashboards.desk.static", "desk.js"), media_type="text/javascript")


PAGES = (
    DeskPage("/style.css", "GET", _style, None),
    DeskPage("/desk.js", "GET", _script, None),
    DeskPage("/sign-in", "GET", sign_in.sign_in_page, None),
    DeskPage("/sign-in", "POST", sign_in.sign_in, None),
    DeskPage("/sign-in/code", "POST", sign_in.give_code, None),
    DeskPage("/sign-in/openid", "GET", openid.leave, None),
    DeskPage(openid.BACK, "GET", openid.come_back, None),
    DeskPage("/invitation/{token}", "GET", sign_in.invitation_page, None),
    DeskPage("/invitation/{token}", "POST", sign_in.take_invitation, None),
    DeskPage("/invitation/{token}/openid", "GET", openid.leave_with_invitation, None),
    DeskPage("/sign-out", "POST", sign_in.sign_out, None),
    DeskPage("/", "GET", home.home, EVERY_ROLE),
    DeskPage("/account", "GET", account.account, EVERY_ROLE),
    DeskPage("/account/password", "POST", account.change_password, EVERY_ROLE),
    DeskPage("/account/second-factor", "GET", account.second_factor, EVERY_ROLE),
    DeskPage("/account/second-factor", "POST", account.confirm_second_factor, EVERY_ROLE),
    DeskPage("/account/second-factor/away", "POST", account.take_second_factor_away, EVERY_ROLE),
    DeskPage("/account/code", "POST", account.give_code, EVERY_ROLE),
    DeskPage("/account/sessions", "POST", account.end_other_sessions, EVERY_ROLE),
    DeskPage("/report", "GET", report_page.report_page, EVERY_ROLE),
    DeskPage("/runs", "GET", runs.runs_page, EVERY_ROLE),
    DeskPage("/runs/start", "POST", runs.start, runs.STARTS),
    DeskPage("/runs/finish", "POST", runs.finish, runs.STARTS),
    DeskPage("/calendar", "GET", report_page.calendar_page, EVERY_ROLE),
    DeskPage("/backlog", "POST", backlog.plan, CLEARS),
    DeskPage("/backlog/undo", "POST", backlog.undo, CLEARS),
    DeskPage("/seen", "GET", home.seen, CLEARS),
    DeskPage("/cases", "GET", case_list.case_list, READS_CASES),
    DeskPage("/cases/mark", "POST", decisions.mark_several, CLEARS),
    DeskPage("/case/{ref}", "GET", case_page.case_page, READS_CASES | MAY_AGREE),
    DeskPage("/case/{ref}/mark", "POST", decisions.mark, CLEARS | MAY_AGREE),
    DeskPage("/case/{ref}/whom", "POST", grounds.show_whom, CLEARS | MAY_AGREE),
    DeskPage("/case/{ref}/undo", "POST", decisions.undo, CLEARS),
    DeskPage("/case/{ref}/take-over", "POST", case_page.take_over, CLEARS),
    DeskPage("/case/{ref}/challenge", "POST", challenges.open_challenge, ANSWERS_CHALLENGES),
    DeskPage("/case/{ref}/challenge/answer", "POST", challenges.answer_challenge, ANSWERS_CHALLENGES),
    DeskPage("/case/{ref}/say", "POST", thread.say, READS_CASES | MAY_AGREE),
    DeskPage("/task/{ref}", "GET", tasks.task_page, HAS_TASKS),
    DeskPage("/task/{ref}/answer", "POST", tasks.answer, HAS_TASKS),
    DeskPage("/case/{ref}/picture/{number:int}/{way}", "GET", previews.picture, CLEARS),
    DeskPage("/log", "GET", report_page.access_log, frozenset({"dpo"})),
    DeskPage("/ask", "GET", ask_page.questions, frozenset({"dpo"})),
    DeskPage("/ask", "POST", ask_page.ask, frozenset({"dpo"})),
    DeskPage("/ask/file", "POST", ask_page.answer_file, frozenset({"dpo"})),
    DeskPage("/requests", "GET", request_pages.requests_page, ANSWERS_REQUESTS),
    DeskPage("/requests", "POST", request_pages.receive, ANSWERS_REQUESTS),
    DeskPage("/requests/{number:int}", "POST", request_pages.record, ANSWERS_REQUESTS),
    DeskPage("/photographs", "GET", photograph_pages.photographs, CLEARS),
    DeskPage("/photographs/{photograph_id}/small", "GET", photograph_pages.thumbnail, CLEARS),
    DeskPage("/photographs/withdraw", "POST", photograph_pages.withdraw, CLEARS),
    DeskPage("/photographs/meant", "POST", photograph_pages.meant, CLEARS),
    DeskPage("/photographs/look", "POST", photograph_trial.look, CLEARS, MOST_PICTURE),
    DeskPage("/photographs/waiting", "GET", photograph_trial.trial_page, CLEARS),
    DeskPage("/photographs/waiting/preview", "GET", photograph_trial.preview, CLEARS),
    DeskPage("/photographs/approve", "POST", photograph_trial.approve, CLEARS),
    DeskPage("/photographs/drop", "POST", photograph_trial.drop, CLEARS),
    DeskPage("/registers", "GET", register_pages.registers, KEEPS_REGISTERS),
    DeskPage("/registers/staff", "GET", register_pages.staff, KEEPS_REGISTERS),
    DeskPage("/registers/staff", "POST", register_pages.declare, KEEPS_REGISTERS),
    DeskPage("/registers/{register}/right", "POST", register_pages.accept, KEEPS_REGISTERS),
    DeskPage("/registers/{register}/look", "POST", register_pages.look, KEEPS_REGISTERS, MOST_REGISTER),
    DeskPage("/registers/{register}/waiting", "GET", register_pages.trial_page, KEEPS_REGISTERS),
    DeskPage("/registers/{register}/put", "POST", register_pages.put, KEEPS_REGISTERS),
    DeskPage("/registers/{register}/drop", "POST", register_pages.drop, KEEPS_REGISTERS),
    DeskPage("/setup/begin/{token}", "GET", sign_in.begin_setup, None),
    DeskPage("/setup", "GET", setup_pages.overview, KEEPS_REGISTERS),
    DeskPage("/setup/{step}", "GET", setup_pages.step, SEES_TO_POLICY),
    DeskPage("/setup/{step}/look", "POST", setup_pages.look, SEES_TO_POLICY),
    DeskPage("/setup/{step}/file", "POST", setup_pages.look, SEES_TO_POLICY, MOST_SETUP),
    DeskPage("/setup/{step}/again", "POST", setup_pages.again, SEES_TO_POLICY),
    DeskPage("/setup/{step}/waiting", "GET", setup_pages.waiting_page, SEES_TO_POLICY),
    DeskPage("/setup/{step}/waiting/{number:int}", "GET", setup_pages.picture, SEES_TO_POLICY),
    DeskPage("/setup/{step}/keep", "POST", setup_pages.keep, SEES_TO_POLICY),
    DeskPage("/setup/{step}/press", "POST", setup_pages.press, SEES_TO_POLICY),
    DeskPage("/attest", "GET", attest_page.clauses, EVERY_ROLE),
    DeskPage("/attest", "POST", attest_page.attest, EVERY_ROLE),
)
