"""X's simulator keeps to X's own published description, before and after the rename, at every endpoint."""

from typing import Any

import pytest
import requests

from demo.x.api_versions import ENDPOINTS, FIELDS
from tests.demo import openapi
from tests.demo.small import BEARER, FRIEND, SCHOOL, SUSPENDED
from tests.simulated.serve import Servers

OWN = {"Authorization": "Bearer own-bearer"}
QUERIES: dict[str, tuple[str, dict[str, str]]] = {
    "getUsersMe": ("/2/users/me", {}),
    "getUsersByUsernames": ("/2/users/by", {"usernames": "OusterlyVale,nobody,gone_bad"}),
    "getUsersByIds": ("/2/users", {"ids": f"{SCHOOL},77,{SUSPENDED}"}),
    "getUsersById": (f"/2/users/{FRIEND}", {}),
    "getUsersPosts": (f"/2/users/{SCHOOL}/tweets", {"max_results": "5"}),
    "getUsersMentions": (f"/2/users/{SCHOOL}/mentions", {"max_results": "100"}),
    "getUsersFollowers": (f"/2/users/{SCHOOL}/followers", {"max_results": "10"}),
    "getUsersFollowing": (f"/2/users/{SCHOOL}/following", {}),
    "getUsersLikedPosts": (f"/2/users/{SCHOOL}/liked_tweets", {"max_results": "5"}),
    "getPostsRepostedBy": ("/2/tweets/505/retweeted_by", {}),
    "getPostsReposts": ("/2/tweets/505/retweets", {}),
    "getPostsQuotedPosts": ("/2/tweets/505/quote_tweets", {}),
    "searchPostsRecent": ("/2/tweets/search/recent", {"query": "conversation_id:505"}),
    "getPostsByIds": ("/2/tweets", {"ids": "510,509,505,504,499,1"}),
}


def everything(spec: openapi.Spec, endpoint: str) -> dict[str, str]:
    """Return parameters that ask this endpoint for all that the description knows."""
    fields = "tweet.fields" if spec.version == "2.166" else "post.fields"
    parameters = spec.document["components"]["parameters"]
    on = "Tweet" if spec.version == "2.166" else "Post"
    wanted = {fields: f"{on}FieldsParameter", "user.fields": "UserFieldsParameter"}
    if ENDPOINTS[endpoint].returns == "post":
        wanted |= {"media.fields": "MediaFieldsParameter", "expansions": f"{on}ExpansionsParameter"}
    else:
        wanted |= {"expansions": "UserExpansionsParameter"}
    return {name: ",".join(parameters[at]["schema"]["items"]["enum"]) for name, at in wanted.items()}


@pytest.mark.parametrize("version", openapi.VERSIONS)
@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_every_answer_keeps_to_the_description(servers: Servers, endpoint: str, version: str) -> None:
    spec = openapi.load(version)
    servers.x_api_version = version
    path, params = QUERIES[endpoint]

    for asked in (params, params | everything(spec, endpoint)):
        answer = requests.get(servers.x_url + path, params=asked, headers=OWN, timeout=2)

        openapi.check_request(spec, "GET", path, asked)
        openapi.check_response(spec, "GET", path, answer.status_code, answer.json())
        assert answer.status_code == 200
        assert answer.json()["data"]
        assert {"x-rate-limit-limit", "x-rate-limit-remaining", "x-rate-limit-reset"} <= set(answer.headers)


@pytest.mark.parametrize("version", openapi.VERSIONS)
@pytest.mark.parametrize(
    ("path", "params", "headers", "status"),
    [
        (f"/2/users/{SCHOOL}/followers", {"max_results": "1001"}, OWN, 400),
        (f"/2/users/{SCHOOL}/tweets", {"max_results": "4", "user.fields": "shoe_size"}, OWN, 400),
        ("/2/tweets/search/recent", {"query": "lang:en"}, OWN, 400),
        ("/2/users/me", {}, {"Authorization": f"Bearer {BEARER}"}, 403),
        (f"/2/users/{SCHOOL}/liked_tweets", {}, {"Authorization": f"Bearer {BEARER}"}, 403),
        (f"/2/users/{SCHOOL}/liked_tweets", {"max_results": "4"}, OWN, 400),
        ("/2/users/1004/liked_tweets", {}, OWN, 200),
        ("/2/users/me", {}, {}, 401),
        ("/2/users/77", {}, OWN, 200),
        ("/2/users/1003/tweets", {}, OWN, 200),
        ("/2/users/1004/tweets", {}, OWN, 200),
        ("/2/tweets", {"ids": "1"}, OWN, 200),
        ("/2/tweets/504/retweets", {}, OWN, 200),
    ],
)
def test_every_refusal_keeps_to_the_description(
    servers: Servers, version: str, path: str, params: dict[str, str], headers: dict[str, str], status: int
) -> None:
    servers.x_api_version = version

    answer = requests.get(servers.x_url + path, params=params, headers=headers, timeout=2)

    assert answer.status_code == status
    assert "data" not in answer.json()
    openapi.check_response(openapi.load(version), "GET", path, status, answer.json())


def test_the_fields_that_may_be_asked_for_are_those_of_the_descriptions() -> None:
    for version in openapi.VERSIONS:
        parameters = openapi.load(version).document["components"]["parameters"]
        for name, values in FIELDS[version].items():
            told = "".join(word.capitalize() for word in name.split("_")) + "Parameter"
            told = told.replace("Post", "Tweet") if version == "2.166" else told

            assert set(values) == set(parameters[told]["schema"]["items"]["enum"])


@pytest.mark.parametrize("endpoint", ENDPOINTS.values(), ids=lambda endpoint: endpoint.name)
def test_the_page_sizes_are_those_of_the_description(endpoint: Any) -> None:
    parameters = openapi.load("2.167").operation("GET", QUERIES[endpoint.name][0])["parameters"]
    limits = [(p["schema"]["minimum"], p["schema"]["maximum"]) for p in parameters if p.get("name") == "max_results"]

    assert limits == ([] if endpoint.sizes is None else [(endpoint.sizes.least, endpoint.sizes.most)])


@pytest.mark.parametrize("version", openapi.VERSIONS)
@pytest.mark.parametrize(
    "params",
    [
        {"tweet.fields": "text"},
        {"post.fields": "text"},
        {"tweet.fields": "note_tweet"},
        {"post.fields": "note_post"},
        {"post.fields": "author_id"},
        {"expansions": "referenced_tweets.id"},
        {"expansions": "referenced_posts"},
        {"expansions": "author_id"},
        {"user.fields": "pinned_tweet_id"},
        {"user.fields": "subscribes_to_you"},
        {"post.fields": "text", "tweet.fields": "text"},
        {"shoe.size": "38"},
    ],
    ids=lambda params: " ".join(f"{name}={value}" for name, value in params.items()),
)
def test_what_an_edition_does_not_describe_is_refused_in_it(
    servers: Servers, version: str, params: dict[str, str]
) -> None:
    spec = openapi.load(version)
    servers.x_api_version = version
    asked = {"ids": "510"} | params
    try:
        openapi.check_request(spec, "GET", "/2/tweets", asked)
        status = 200
    except AssertionError:
        status = 400

    answer = requests.get(f"{servers.x_url}/2/tweets", params=asked, headers=OWN, timeout=2)

    assert answer.status_code == status
    openapi.check_response(spec, "GET", "/2/tweets", status, answer.json())


def test_the_checks_themselves_notice_what_is_wrong() -> None:
    old, new = openapi.load("2.166"), openapi.load("2.167")
    post = {"id": "1", "text": "Hello", "edit_history_tweet_ids": ["1"]}

    openapi.check_response(old, "GET", "/2/tweets", 200, {"data": [post]})
    with pytest.raises(AssertionError, match="edit_history_tweet_ids: not declared"):
        openapi.check_response(new, "GET", "/2/tweets", 200, {"data": [post]})
    with pytest.raises(AssertionError, match="is not of type 'string'"):
        openapi.check_response(old, "GET", "/2/tweets", 200, {"data": [post | {"id": 1}]})
    with pytest.raises(AssertionError, match="is not one of"):
        openapi.check_response(old, "GET", "/2/tweets", 200, {"includes": {"media": [{"type": "hologram"}]}})
    with pytest.raises(AssertionError, match="not a parameter"):
        openapi.check_request(new, "GET", "/2/tweets", {"ids": "1", "tweet.fields": "text"})
    with pytest.raises(AssertionError, match="missing"):
        openapi.check_request(old, "GET", "/2/tweets", {})
    with pytest.raises(AssertionError, match="maximum"):
        openapi.check_request(old, "GET", "/2/users/1/followers", {"max_results": 1001})
