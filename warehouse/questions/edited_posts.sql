select
    versions.platform,
    versions.account_id,
    versions.post_id,
    posts.post_id as newest
from core.post_versions as versions
inner join core.posts as posts
    on
        versions.platform = posts.platform
        and versions.account_id = posts.account_id
        and versions.first_version_id = posts.first_version_id
        and versions.post_id != posts.post_id
