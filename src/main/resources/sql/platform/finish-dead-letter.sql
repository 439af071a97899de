-- Only while the claim is still ours: after it ran out, the process that took over decides.
update dead_letter set status = :status, reason = coalesce(cast(:reason as varchar), reason), claimed_until = null, changed_at = :now
where id = :id and status = 'queued' and claimed_until = :claim
