select id, status, route_id, failed_route_id, failed_node_id, exception, reason, permanent, correlation_id,
       body_type, body_size, obstacle, requeue_of, node, failed_at, changed_at
from dead_letter
where status = 'dead' and (cast(:routes as varchar) is null or route_id like :routes)
order by id desc
limit :limit
