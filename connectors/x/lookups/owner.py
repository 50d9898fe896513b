"""Asks X whose an official account is, with the one request that costs least: one user."""

from connectors.api.account_shown import AccountShown
from connectors.json_fields import UnknownFields
from connectors.source import Account, RequestCost, Store
from connectors.x import read
from connectors.x.cost import cost
from connectors.x.listings import own_listing
from connectors.x.pull import XSource


def shown(source: XSource, account: Account, store: Store) -> AccountShown:
    """Return the account that X shows to these credentials, or under this id; SourceError when no answer comes."""
    with source.opened(account, store, UnknownFields("x"), set()) as pull:
        for _page, answer in pull.answers(own_listing(pull)):
            for profile in map(read.profile, answer.data):
                return AccountShown("shown", profile.account_id, profile.handle)
            if any(problem.answer == "suspended" for problem in answer.problems):
                return AccountShown("suspended")
    return AccountShown("missing")


def cost_of_asking(account: Account) -> RequestCost:
    """Return what the question costs at the most."""
    return cost("GET /2/users/me" if account.reads == "owned" else "GET /2/users", 1, is_owned=False)
