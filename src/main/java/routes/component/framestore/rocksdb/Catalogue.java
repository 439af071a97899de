package routes.component.framestore.rocksdb;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import routes.component.framestore.api.Gap;
import routes.component.framestore.api.SourceSummary;
import routes.component.framestore.rocksdb.record.Block;

/** Describes what the store holds. */
final class Catalogue {

    private final Sources sources;
    private final BlockList blocks;
    private final Retention retention;

    Catalogue(Sources sources, BlockList blocks, Retention retention) {
        this.sources = sources;
        this.blocks = blocks;
        this.retention = retention;
    }

    /** Sources that have entries, by name. */
    List<SourceSummary> sources() {
        return sources.all().stream()
                .filter(log -> log.state().totals().entries() > 0)
                .map(this::summary)
                .sorted(Comparator.comparing(SourceSummary::sourceId))
                .toList();
    }

    Optional<SourceSummary> source(String sourceId) {
        return sources.known(sourceId).map(this::summary);
    }

    /** When the newest entry that is served arrived. */
    Optional<Instant> lastArrival(String sourceId) {
        return sources.known(sourceId).flatMap(this::lastServed);
    }

    private Optional<Instant> lastServed(SourceLog log) {
        return Optional.ofNullable(last(log))
                .filter(arrival -> retention.isServed(log.state(), log.state().next() - 1, arrival));
    }

    /** Stretches between two blocks in which nothing arrived for longer than a time, oldest first. */
    List<Gap> gaps(String sourceId, Duration longerThan) {
        List<Gap> gaps = new ArrayList<>();
        Block before = null;
        for (Block block : (Iterable<Block>) served(sources.get(sourceId))::iterator) {
            if (before != null
                    && Duration.between(before.lastArrival(), block.firstArrival())
                                    .compareTo(longerThan)
                            > 0) {
                gaps.add(new Gap(before.end() - 1, before.lastArrival(), block.first(), block.firstArrival()));
            }
            before = block;
        }
        return gaps;
    }

    /** Of all sources, what is beyond its time to live and not removed. */
    long expiredBytes() {
        return sources.all().stream().mapToLong(this::expiredBytes).sum();
    }

    private long expiredBytes(SourceLog log) {
        Optional<Instant> cutoff = retention.cutoff(log.state());
        if (cutoff.isEmpty()) {
            return 0;
        }
        Block open = log.state().open();
        long expired = open != null && !open.lastArrival().isAfter(cutoff.get()) ? open.bytes() : 0;
        Optional<BlockList.Page> page = Optional.of(blocks.arrivedUntil(log, cutoff.get()));
        while (page.isPresent()) {
            expired += page.get().blocks().stream().mapToLong(Block::bytes).sum();
            page = page.get().next().map(from -> blocks.arrivedUntil(log, cutoff.get(), from));
        }
        return expired;
    }

    private SourceSummary summary(SourceLog log) {
        SourceState state = log.state();
        SourceState.Totals totals = state.totals();
        Optional<Block> first = served(log).findFirst();
        return new SourceSummary(
                state.sourceId(),
                state.next(),
                first.map(Block::firstArrival).orElse(null),
                first.isPresent() ? last(log) : null,
                totals.entries(),
                totals.bytes(),
                totals.keyframes(),
                state.ever().entries(),
                state.ever().bytes(),
                state.codecs(),
                totals.keyframes() == 0 ? 0 : (double) totals.entries() / totals.keyframes(),
                state.limits());
    }

    private @Nullable Instant last(SourceLog log) {
        Block open = log.state().open();
        if (open != null) {
            return open.lastArrival();
        }
        return blocks.at(log, log.state().next() - 1).map(Block::lastArrival).orElse(null);
    }

    /** Blocks of which something is served, in the order of the log, read a page at a time. */
    private Stream<Block> served(SourceLog log) {
        Stream<List<Block>> pages = Stream.iterate(
                blocks.from(log, 0),
                page -> !page.isEmpty(),
                page -> blocks.from(log, page.get(page.size() - 1).end()));
        return Stream.concat(
                        pages.flatMap(List::stream),
                        Stream.ofNullable(log.state().open()))
                .filter(block -> retention.isServed(log.state(), block.end() - 1, block.lastArrival()));
    }
}
