select count(*) from dead_letter where status = 'dead' and (cast(:routes as varchar) is null or route_id like :routes)
