select route_id, exception, count(*) as letters from dead_letter where status = 'dead' group by route_id, exception
