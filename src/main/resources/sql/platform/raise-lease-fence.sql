update lease set fence = fence + 1 where name = :name and locked_by = :self
