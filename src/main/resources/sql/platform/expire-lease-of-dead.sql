-- Only the lease of that very run of a process: if another process has taken it meanwhile, no row changes.
update lease set lock_until = locked_at where name = :name and locked_by = :dead
