/**
 * Replay: ZeroMQ ingress, frame store, re-streaming jobs, ZeroMQ; a drop-in for Savant Replay.
 *
 * <p>The routes in the order data takes:
 *
 * <ol>
 *   <li>{@code replay-record-stream} ({@code camel/replay.camel.yaml}): ZeroMQ → frame store. A message is durable when
 *       its entry is in the store; a sender that waits for an answer gets it then
 *   <li>{@code replay-forward-stream} ({@code camel/replay.camel.yaml}): what was recorded → ZeroMQ, in the order of the
 *       store, from a bounded buffer in memory
 *   <li>{@code replay-job-<id>} ({@code camel/replay.camel.yaml}), one for each job: frame store → ZeroMQ. A job is durable as a
 *       row when {@code PUT /job} is answered; its position is written each second. What its sink has not confirmed is
 *       sent again after a restart
 *   <li>the operations of {@code openapi/replay.yaml} ({@code JobApiRoutes}, {@code KeyframeRoutes},
 *       {@code RecordingRoutes}, {@code ReplayMediaRoutes}, {@code ProcessRoutes})
 * </ol>
 *
 * <p>The logic is in the packages below: {@code protocol} (Savant's messages), {@code ingress} (what arrives),
 * {@code job}, {@code job.stream} and {@code job.service} (what a job is, how it runs, who runs it), {@code recording}
 * (the catalogue, holds and deletion), {@code media} (pictures and clips), {@code socket} and {@code settings}.
 *
 * <p>{@code routes.replay.savant} is generated from {@code src/main/proto/savant}.
 */
@NullMarked
package routes.replay;

import org.jspecify.annotations.NullMarked;
