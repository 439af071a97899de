select name, locked_by, fence, lock_until > /*now*/ as held from lease order by name
