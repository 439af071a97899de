package routes.replay.socket;

import java.time.Duration;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.util.unit.DataSize;

/**
 * Where frames come from.
 *
 * @param url {@code <router|sub|rep>+<bind|connect>:<endpoint>}
 * @param topics which topics are taken
 * @param receiveHwm high-water mark in messages a peer
 * @param sourceCacheSize expired connections remembered, so that their late messages are refused
 * @param inflightOps messages between socket and store
 * @param commitOps further messages that may be on their way to the disk
 * @param inflightSize bytes between socket and store
 * @param maxMessageSize larger messages are dropped; a sender of a frame of more than twice that is disconnected
 * @param ipcPermissions of the file of a bound ipc address
 * @param handover whether a sender with the identity of another takes its place, for router
 * @param heartbeatInterval how often each sender is asked for a sign of life; 0 is never
 * @param heartbeatTimeout after which silence a sender is disconnected; 0 is the interval
 */
public record InStream(
        @NotBlank String url,
        @NestedConfigurationProperty TopicFilter topics,
        @Min(1) int receiveHwm,
        @Min(1) int sourceCacheSize,
        @Min(0) int inflightOps,
        @Min(1) int commitOps,
        @NotNull DataSize inflightSize,
        @NotNull DataSize maxMessageSize,
        @NotNull @Pattern(regexp = "([r-][w-][x-]){3}", message = "must be nine letters such as rwxr-x---")
                String ipcPermissions,
        boolean handover,
        @NotNull Duration heartbeatInterval,
        @NotNull Duration heartbeatTimeout,
        @Valid @NestedConfigurationProperty CurveKeys curve) {}
