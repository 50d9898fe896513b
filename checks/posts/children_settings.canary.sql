-- Invented videos, each with one setting that is not as asked or not told; beside them one as asked, and a private one.
insert into raw.posts by name
select
    posts.* replace (settings.visibility as visibility),
    settings.is_made_for_kids,
    settings.reply_count,
    settings.is_embeddable
from
    canary_posts(
        [
            ['canary-children-settings-whole', 'Drill'],
            ['canary-children-settings-kids', 'Drill'],
            ['canary-children-settings-comments', 'Drill'],
            ['canary-children-settings-embedding', 'Drill'],
            ['canary-children-settings-visibility', 'Drill'],
            ['canary-children-settings-kids-untold', 'Drill'],
            ['canary-children-settings-embedding-untold', 'Drill'],
            ['canary-children-settings-visibility-untold', 'Drill'],
            ['canary-children-settings-private', 'Drill']
        ]
    ) as posts
inner join (
    values
    ('canary-children-settings-whole', true, null, false, 'unlisted'),
    ('canary-children-settings-kids', false, null, false, 'unlisted'),
    ('canary-children-settings-comments', true, 0, false, 'unlisted'),
    ('canary-children-settings-embedding', true, null, true, 'unlisted'),
    ('canary-children-settings-visibility', true, null, false, 'public'),
    ('canary-children-settings-kids-untold', null, null, false, 'unlisted'),
    ('canary-children-settings-embedding-untold', true, null, null, 'unlisted'),
    ('canary-children-settings-visibility-untold', true, null, false, null),
    ('canary-children-settings-private', false, 0, true, 'private')
) as settings (post_id, is_made_for_kids, reply_count, is_embeddable, visibility) using (post_id);
