select * from dead_letter where id = :id
