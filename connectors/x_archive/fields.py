"""The fields that we read or knowingly pass over in the files of an X archive; any other becomes a signal."""

# `retweeted` says that the account reposted the post, which it may do with its own: it does not make it a repost.
POST_FIELDS = frozenset({
    "id", "id_str", "full_text", "text", "created_at", "deleted_at", "retweet_count", "edit_info", "entities",
    "extended_entities", "in_reply_to_status_id", "in_reply_to_status_id_str", "in_reply_to_user_id",
    "in_reply_to_user_id_str", "retweeted_status", "quoted_status_id_str",
    "retweeted", "favorited", "favorite_count", "source", "lang", "truncated", "display_text_range",
    "possibly_sensitive", "in_reply_to_screen_name", "contributors", "coordinates", "geo", "place",
    "quoted_status_id", "quoted_status_permalink", "quoted_status", "is_quote_status", "withheld_in_countries",
    "withheld_copyright", "withheld_scope", "scopes", "edit_control", "is_translatable",
})  # fmt: skip
MEDIUM_FIELDS = frozenset({
    "id", "id_str", "type", "media_url", "media_url_https", "ext_alt_text", "sizes", "original_info",
    "url", "display_url", "expanded_url", "indices", "source_status_id", "source_status_id_str", "source_user_id",
    "source_user_id_str", "video_info", "additional_media_info", "features", "monetizable",
    "ext_media_availability", "ext_media_color", "allow_download_status", "media_key", "media_results",
})  # fmt: skip
# E-mail address, phone and app are in the file that names the account; they are passed over, never kept.
ACCOUNT_FIELDS = frozenset({
    "accountId", "username", "accountDisplayName", "createdAt", "email", "phoneNumber", "createdVia", "timeZone",
})  # fmt: skip
PROFILE_FIELDS = frozenset({"description", "avatarMediaUrl", "headerMediaUrl"})
FOLLOW_FIELDS = frozenset({"accountId", "userLink"})
