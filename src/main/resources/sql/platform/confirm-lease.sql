select fence from lease where name = :name and fence = :fence for update
