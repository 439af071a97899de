select fence from lease where name = :name and locked_by = :self
