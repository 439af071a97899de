select name, locked_by as process, fence, lock_until > /*now*/ as held from lease order by name
