update dead_letter set status = 'discarded', claimed_until = null, changed_at = :now
where id = :id and (status = 'dead' or (status = 'queued' and (claimed_until is null or claimed_until < :now)))
