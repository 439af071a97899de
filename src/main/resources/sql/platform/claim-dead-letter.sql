update dead_letter set claimed_until = :until
where id = :id and status = 'queued' and (claimed_until is null or claimed_until < :now)
