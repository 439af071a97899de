-- The condition makes it atomic: when two ask for the same letter, one changes a row and the other none.
update dead_letter set status = 'queued', claimed_until = null, changed_at = :now
where id = :id and status = 'dead' and obstacle is null
