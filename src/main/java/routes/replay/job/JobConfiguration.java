package routes.replay.job;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How a job streams; names as in the original's requests.
 *
 * @param tsSync paced by the timestamps; else as fast as the sink takes it
 * @param skipIntermediaryEos leave out the ends of streams that are stored
 * @param sendEos send one at the regular end
 * @param stopOnIncorrectTs fail when a timestamp goes backward
 * @param tsDiscrepancyFixDuration gap before a frame whose timestamp went backward
 * @param minDuration least gap before a frame
 * @param maxDuration greatest gap before a frame
 * @param storedStreamId source that is read
 * @param resultingStreamId source that the sent messages name, and their topic
 * @param maxIdleDuration fail when there is no next message for this long
 * @param maxDeliveryDuration fail when a message is not taken within this
 * @param sendMetadataOnly without data frames
 * @param labels the client's own notes, echoed in listings
 */
public record JobConfiguration(
        boolean tsSync,
        boolean skipIntermediaryEos,
        boolean sendEos,
        boolean stopOnIncorrectTs,
        Duration tsDiscrepancyFixDuration,
        Duration minDuration,
        Duration maxDuration,
        String storedStreamId,
        String resultingStreamId,
        RoutingLabels routingLabels,
        Duration maxIdleDuration,
        Duration maxDeliveryDuration,
        boolean sendMetadataOnly,
        Optional<Map<String, String>> labels) {}
