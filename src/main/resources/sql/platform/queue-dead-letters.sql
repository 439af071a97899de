update dead_letter set status = 'queued', claimed_until = null, changed_at = :now
where status = 'dead' and obstacle is null and /*filter*/
