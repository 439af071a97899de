package routes.replay.settings;

import java.time.Duration;
import java.util.Optional;

import routes.replay.socket.ReaderType;
import routes.replay.socket.SinkOptions;
import routes.replay.socket.SocketUrl;
import routes.replay.socket.TopicFilter;
import routes.replay.socket.WriterType;

/**
 * Settings of the replay workflow, wherever they were written: in {@code application.yaml} or in the original's
 * configuration file.
 *
 * @param outStream absent: nothing is forwarded
 */
public record ReplaySettings(Common common, InStream inStream, Optional<OutStream> outStream, Storage storage) {

    /**
     * @param managementPort of the REST interface
     * @param statsPeriod between two lines of statistics in the log
     * @param passMetadataOnly forward without data frames; jobs decide themselves
     * @param jobWriterCacheMaxCapacity sockets of sinks kept for re-use
     * @param jobWriterCacheTtl how long one is kept, counted from its creation
     * @param jobEvictionTtl how long a stopped job is listed
     * @param defaultJobSinkOptions for jobs that give none
     */
    public record Common(
            int managementPort,
            Duration statsPeriod,
            boolean passMetadataOnly,
            long jobWriterCacheMaxCapacity,
            Duration jobWriterCacheTtl,
            Duration jobEvictionTtl,
            SinkOptions defaultJobSinkOptions) {}

    public record InStream(SocketUrl<ReaderType> url, ReaderOptions options) {}

    public record OutStream(SocketUrl<WriterType> url, SinkOptions options) {}

    /**
     * How the ingress is tuned.
     *
     * @param receiveTimeout whole milliseconds
     * @param receiveHwm high-water mark in messages
     * @param sourceCacheSize expired connections remembered, see {@code RoutingIdFilter}
     * @param inflightOps messages in the queue behind the socket
     * @param ipcPermissions mode of a bound ipc socket's file
     */
    public record ReaderOptions(
            Duration receiveTimeout,
            int receiveHwm,
            TopicFilter topics,
            int sourceCacheSize,
            int inflightOps,
            int ipcPermissions) {

        static final int DEFAULT_IPC_PERMISSIONS = 0777;

        public static final ReaderOptions DEFAULT =
                new ReaderOptions(Duration.ofSeconds(1), 50, TopicFilter.ALL, 512, 100, DEFAULT_IPC_PERMISSIONS);
    }

    /**
     * The frame store.
     *
     * @param path folder, created if missing
     * @param dataExpirationTtl life of what is stored, in whole seconds; zero is for ever
     * @param disableWal write without the write-ahead log
     * @param maxTotalWalSize bytes of all write-ahead logs together
     * @param maxLogFileSize bytes of the store's own log; zero is one file without bound
     * @param keepLogFileNum how many of these logs are kept
     */
    public record Storage(
            String path,
            Duration dataExpirationTtl,
            boolean disableWal,
            long maxTotalWalSize,
            CompactionStyle compactionStyle,
            long maxLogFileSize,
            long keepLogFileNum) {

        public static final long DEFAULT_MAX_TOTAL_WAL_SIZE = 1L << 30;
        public static final long DEFAULT_KEEP_LOG_FILE_NUM = 1000;
    }

    /** How the store merges its files. */
    public enum CompactionStyle {
        LEVEL,
        UNIVERSAL,
        FIFO
    }
}
