select locked_by from lease where name = :name
