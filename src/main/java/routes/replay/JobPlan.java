package routes.replay;

/**
 * What a job runs on.
 *
 * @param readAhead bytes of entries to hold ready at most
 */
record JobPlan(
        routes.component.framestore.FrameStore store, JobRequest request, ProtocolVersions versions, long readAhead) {

    JobConfiguration configuration() {
        return request.configuration();
    }

    JobRewriter rewriter() {
        return new JobRewriter(
                configuration().resultingStreamId(),
                configuration().routingLabels(),
                new FrameAttributes(request.attributes(), request.extras().attributeCollision()),
                versions,
                request.extras().generation().map(versions::translationTo));
    }

    /** @param anew whether it begins, and does not go on after a restart */
    EntryFeed feed(long fromIndex, boolean anew) {
        return new EntryFeed(
                store.read(configuration().storedStreamId(), fromIndex, readAhead),
                configuration(),
                rewriter(),
                request.extras().filter(),
                anew && configuration().tsSync());
    }
}
