/**
 * Replay: ZeroMQ ingress, frame store, re-streaming jobs, ZeroMQ; a drop-in for Savant Replay.
 *
 * <p>The routes in the order data takes:
 *
 * <ol>
 *   <li>{@code replay-record-stream} ({@code RecordRoutes}): ZeroMQ → {@code replay-store-messages}: frame store. Durable:
 *       the entry in the store. Acknowledged, where the sender waits for it, when it is durable
 *   <li>{@code replay-forward-stream} ({@code ForwardRoutes}): what was recorded → ZeroMQ, in its order, from a bounded
 *       buffer in memory
 * </ol>
 *
 * <p>{@code replay-report-statistics} logs how much came in.
 *
 * <p>The logic, which knows neither sockets nor the store:
 *
 * <ul>
 *   <li>messages: {@code MessageDecoder} opens what is received, {@code JobRewriter} changes what a job sends,
 *       {@code OutgoingMessage} is stamped by whoever sends it
 *   <li>receiving: {@code ReceiveRules} decides what is delivered and what is answered
 *   <li>jobs: {@code JobRequestReader} reads a request; {@code JobStream} is the course of one job, which
 *       {@code JobRunner} drives on threads shared by all; {@code JobBoard} lets jobs run as the limits allow and keeps
 *       them in SQL ({@code JobRepository}); each has a route {@code replay-job-<id>} ({@code ReplayJobRoutes},
 *       {@code JobComponent}); {@code JobDesk} and {@code JobApiRoutes} are its face over HTTP. Durable: the row, when
 *       {@code PUT /job} is answered; the position, each second. Confirmed: a message when its socket took it, or its
 *       receiver acknowledged it; what was not confirmed is sent again after a restart
 *   <li>answers: {@code KeyframeJson}, {@code KeyframeMultipart}
 *   <li>pictures and clips ({@code ReplayMediaRoutes}): {@code Thumbnails} and {@code ClipExports} read the store,
 *       {@code RecordedFrames} finds the picture of a message, {@code routes.platform.media} does the rest
 *   <li>demo ({@code ReplayDemoRoutes}): {@code SampleCameras} send as Savant's sources do
 *   <li>settings: {@code ReplaySettings}, which {@code ReplayConfigurationFile} reads from the original's file
 * </ul>
 *
 * <p>{@code routes.replay.savant} is generated from {@code src/main/proto/savant}.
 */
@NullMarked
package routes.replay;

import org.jspecify.annotations.NullMarked;
