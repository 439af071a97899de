insert into dead_letter (
    route_id, endpoint_uri, failed_route_id, failed_node_id, failed_endpoint, exception, reason, stack_trace, permanent,
    exchange_id, correlation_id, body_type, body_class, body_size, body, headers, obstacle, requeue_of, node,
    failed_at, changed_at)
values (
    :routeId, :endpointUri, :failedRouteId, :failedNodeId, :failedEndpoint, :exception, :reason, :stackTrace, :permanent,
    :exchangeId, :correlationId, :bodyType, :bodyClass, :bodySize, :body, :headers, :obstacle, :requeueOf, :node,
    :failedAt, :failedAt)
