package routes.replay.job.stream;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import routes.component.framestore.api.Keyframe;
import routes.replay.job.JobCheckpoint;
import routes.replay.job.JobConfiguration;
import routes.replay.job.JobFailedException;
import routes.replay.job.JobOutcome;
import routes.replay.job.JobPart;
import routes.replay.job.JobState;
import routes.replay.job.MonotonicTime;
import routes.replay.job.StopCondition;
import routes.replay.job.StopConditionState;

/**
 * The course of one job: it waits for the anchor, then reads, paces and delivers messages, each batch before the next one,
 * until the stop condition is fulfilled or something fails. It does nothing by itself: its driver asks for the {@link #next}
 * step, takes it, and reports what became of the messages. Times are those of one monotonic clock, in nanoseconds. Not
 * thread-safe.
 */
public final class JobStream implements AutoCloseable {

    /** A job that starts later than this did not start on time. */
    private static final long MOST_LATE = TimeUnit.SECONDS.toNanos(1);

    private final JobPlan plan;
    private final JobConfiguration job;
    private final PauseClock clock = new PauseClock();
    private final Pacing pacing;

    private JobPart part;
    private long gapUntil;
    private OptionalLong notBefore = OptionalLong.empty();
    private boolean searching = true;
    private long anchorDeadline;
    private volatile @Nullable SourceReader feed;
    private boolean reading;
    private @Nullable SendWindow pending;
    private long skipped;
    private boolean finishing;
    private @Nullable Delivery delivery;
    private @Nullable Instant sentArrival;
    private StopCondition initialCondition;
    private @Nullable JobCheckpoint checkpoint;
    private OptionalLong seeking = OptionalLong.empty();
    private @Nullable JobOutcome outcome;

    /** A job that begins. */
    public JobStream(JobPlan plan, long now) {
        this.plan = plan;
        this.job = plan.configuration();
        this.pacing = new Pacing(job, plan.request().extras().pacing());
        this.part = plan.request().part(0);
        this.gapUntil = now;
        this.initialCondition = part.stopCondition();
        this.anchorDeadline = now + MonotonicTime.nanos(part.anchorWait());
    }

    /** A job that goes on where it was. */
    public JobStream(JobPlan plan, JobCheckpoint checkpoint, long now) {
        this(plan, now);
        this.part = plan.request().part(checkpoint.part());
        beginReading(checkpoint, false, now);
    }

    /** The job does not begin before this time, which a pause does not move. */
    public void startNotBefore(long time) {
        notBefore = OptionalLong.of(time);
        anchorDeadline = time + MonotonicTime.nanos(part.anchorWait());
    }

    /** What to do next. A failure on the way ends this job and no other. */
    public JobStep next(long now) {
        if (outcome == null) {
            try {
                return clock.standsStill() ? new JobStep.Wait(now + MonotonicTime.FOR_EVER) : step(now);
            } catch (JobFailedException e) {
                end(JobOutcome.failed(String.valueOf(e.getMessage())));
            } catch (RuntimeException e) {
                fail(e);
            }
        }
        return new JobStep.End(outcome);
    }

    private JobStep step(long now) throws JobFailedException {
        if (delivery != null) {
            if (delivery.isUnderWay() && !finishing) {
                pending.prefetch(checkpoint.stopCondition(), now);
            }
            return delivery.step(() -> batch(now), now);
        }
        if (searching) {
            return search(now);
        }
        if (checkpoint.stopCondition().isPresent()) {
            return stream(now);
        }
        if (plan.request().isLastPart(checkpoint.part())) {
            return finish(now);
        }
        enterNextPart(now);
        return search(now);
    }

    /** A stepped job waits for recorded frames, never for the clock. The anchor is looked for at least once. */
    private JobStep search(long now) throws JobFailedException {
        boolean stepping = clock.isPaused();
        if (!stepping && !MonotonicTime.isReached(gapUntil, now)) {
            return new JobStep.Wait(gapUntil);
        }
        if (!stepping && !MonotonicTime.isReached(notBefore.orElse(now), now)) {
            return new JobStep.Wait(notBefore.getAsLong());
        }
        Optional<Keyframe> start = part.start().find(plan.store(), part.source());
        if (start.isEmpty() && MonotonicTime.isReached(anchorDeadline, clock.at(now))) {
            throw new JobFailedException("the anchor " + part.start().anchor() + " is no keyframe of " + part.source()
                    + " and was not recorded within " + part.anchorWait());
        }
        if (start.isEmpty()) {
            return new JobStep.Wait(stepping ? now + MonotonicTime.FOR_EVER : anchorDeadline);
        }
        JobCheckpoint beginning = beginning(start.get().index(), clock.at(now));
        beginReading(beginning, true, notBefore.isPresent() ? begun(clock.at(now)) : clock.at(now));
        return stream(now);
    }

    /** Jobs that start at the same time stay together: how late each of them was woken does not count. */
    private long begun(long now) {
        long planned = notBefore.getAsLong();
        notBefore = OptionalLong.empty();
        boolean onTime = MonotonicTime.isReached(planned, now) && now - planned < MOST_LATE;
        return onTime ? planned : now;
    }

    /** Where the part that is searched for begins, or where this part goes on. */
    private JobCheckpoint beginning(long index, long now) {
        if (!searching) {
            return checkpoint.movedTo(index);
        }
        StopCondition condition = initialCondition.startedAt(now);
        return checkpoint == null
                ? JobCheckpoint.startingAt(index, condition)
                : checkpoint.inPart(checkpoint.part() + 1, index, condition);
    }

    private void enterNextPart(long now) {
        stopReading();
        part = plan.request().part(checkpoint.part() + 1);
        initialCondition = part.stopCondition();
        gapUntil = clock.at(now) + MonotonicTime.nanos(part.gap());
        searching = true;
        anchorDeadline = gapUntil + MonotonicTime.nanos(part.anchorWait());
        seeking = OptionalLong.empty();
    }

    private void beginReading(JobCheckpoint from, boolean anew, long now) {
        checkpoint = from;
        searching = false;
        feed = plan.feed(part, from, anew);
        if (!reading) {
            reading = true;
            plan.readers().incrementAndGet();
        }
        pacing.beginAnew(now);
        pending = new SendWindow(feed, this::examine, plan.sendsTogether(), new BatchSize(plan.readers()));
    }

    private void stopReading() {
        skipped = skipped();
        close();
        feed = null;
    }

    private JobStep stream(long now) throws JobFailedException {
        Optional<OutgoingEntry> next = pending.next(clock.at(now));
        if (next.isEmpty()) {
            checkpoint = checkpoint.at(feed.position());
            boolean stepping = clock.isPaused() && feed.isAtEnd();
            return new JobStep.Wait(stepping ? now + MonotonicTime.FOR_EVER : feed.nextLook(now));
        }
        checkpoint = checkpoint.at(next.get().index());
        // Ends of streams are not paced
        if (next.get().frame().isPresent() && !clock.isPaused()) {
            if (!pacing.isDue(now)) {
                return new JobStep.Wait(pacing.due());
            }
            pacing.released(now);
        }
        return deliver(now);
    }

    private void examine(OutgoingEntry entry, long now) throws JobFailedException {
        if (entry.frame().isPresent()) {
            pacing.examine(entry.frame().get(), now);
        }
    }

    private JobStep finish(long now) throws JobFailedException {
        if (job.sendEos()) {
            finishing = true;
            return deliver(now);
        }
        end(JobOutcome.COMPLETED);
        return new JobStep.End(JobOutcome.COMPLETED);
    }

    private JobStep deliver(long now) throws JobFailedException {
        delivery = new Delivery(job.maxDeliveryDuration(), now);
        return delivery.step(() -> batch(now), now);
    }

    private List<JobMessage> batch(long now) {
        return finishing
                ? List.of(new JobMessage(plan.rewriter().finalEndOfStream(), List.of()))
                : pending.batch(checkpoint.stopCondition(), clock.mostFrames(), now);
    }

    /** What became of the messages of the last {@link JobStep.Send}. Those that were not accepted are sent again. */
    public void answered(SendResult answer, long now) {
        if (delivery == null) {
            return;
        }
        if (answer.fatal()) {
            delivery = null;
            end(JobOutcome.failed(answer.problem().orElseThrow()));
        } else if (answer.accepted() == 0) {
            delivery.refused(answer.problem().orElse("the sink took nothing"), now);
        } else if (finishing) {
            delivery = null;
            end(JobOutcome.COMPLETED);
        } else {
            delivery = null;
            pending.remove(answer.accepted()).forEach(entry -> accepted(entry, clock.at(now)));
            if (outcome == null
                    && checkpoint.stopCondition().isEmpty()
                    && !plan.request().isLastPart(checkpoint.part())) {
                enterNextPart(now);
            }
        }
        seekIfPossible(now);
    }

    private void accepted(OutgoingEntry entry, long now) {
        if (entry.frame().isPresent()) {
            clock.frameSent();
        }
        sentArrival = entry.arrival();
        checkpoint = entry.frame()
                .map(frame -> checkpoint.after(
                        frame.id(),
                        entry.index(),
                        entry.message().dataBytes(),
                        entry.timeline(),
                        checkpoint.stopCondition().flatMap(condition -> condition.after(frame, now))))
                .orElseGet(() -> checkpoint.at(entry.index() + 1));
    }

    public void pause(long now) {
        if (outcome == null) {
            clock.pause(now);
        }
    }

    /** The time of the pause counts for no limit and is not caught up with. */
    public void resume(long now) {
        if (!clock.isPaused()) {
            return;
        }
        leavePauseBehind(now);
        if (clock.resume()) {
            // The delivery was set up in the pause
            if (delivery != null && !delivery.isUnderWay()) {
                delivery = null;
            }
            pacing.restart(now);
        }
    }

    /** Moves everything that is measured by the clock to where it would be without the pause so far. */
    private void leavePauseBehind(long now) {
        long paused = clock.leaveBehind(now);
        pacing.resumedAfter(paused);
        if (delivery != null) {
            delivery.resumedAfter(paused);
        }
        if (searching) {
            gapUntil += paused;
            anchorDeadline += paused;
        }
        if (feed != null) {
            feed.resumedAfter(paused);
            checkpoint = checkpoint.with(checkpoint.stopCondition().map(condition -> condition.resumedAfter(paused)));
        }
    }

    /**
     * Sends some frames at once without ending the pause. They count like any other frames.
     *
     * @return false when the job is not paused
     */
    public boolean step(long frames, long now) {
        if (!clock.isPaused() || outcome != null) {
            return false;
        }
        leavePauseBehind(now);
        clock.step(frames);
        return true;
    }

    /**
     * Continues at another entry as soon as nothing is on its way to the sink. The stop condition is not reset.
     *
     * @param where the part that the entry is in
     * @param index of a keyframe
     * @return false when it is too late: the job is ending, or in another part
     */
    public boolean seek(JobPart where, long index, long now) {
        if (isEnding() || !where.equals(part)) {
            return false;
        }
        seeking = OptionalLong.of(index);
        seekIfPossible(now);
        return true;
    }

    private boolean isEnding() {
        return outcome != null || !searching && checkpoint.stopCondition().isEmpty();
    }

    private void seekIfPossible(long now) {
        boolean underWay = delivery != null && delivery.isUnderWay();
        if (isEnding()) {
            seeking = OptionalLong.empty();
        } else if (seeking.isPresent() && !underWay) {
            delivery = null;
            stopReading();
            beginReading(beginning(seeking.getAsLong(), clock.at(now)), false, clock.at(now));
            seeking = OptionalLong.empty();
        }
    }

    /**
     * Replaces the stop condition.
     *
     * @return false when it is too late: the job is ending
     */
    public boolean replaceStopCondition(StopCondition condition, long now) {
        if (searching && outcome == null) {
            initialCondition = condition;
            return true;
        }
        if (isEnding()) {
            return false;
        }
        checkpoint = checkpoint.with(Optional.of(condition.startedAt(clock.at(now))));
        return true;
    }

    /** From the next frame on. */
    public void setSpeed(double factor) {
        pacing.setSpeed(factor);
    }

    public double speed() {
        return pacing.speed();
    }

    /** Ends the job, unless it has ended already. */
    public void end(JobOutcome how) {
        if (outcome == null) {
            outcome = how;
        }
    }

    /** Ends the job because of an unexpected error. */
    public void fail(Throwable cause) {
        end(JobOutcome.failed(cause.getClass().getSimpleName() + ": " + cause.getMessage()));
    }

    /** The part that the job is at. */
    public JobPart part() {
        return part;
    }

    /** Whether the job is paused, waiting or running, or how it ended. */
    public JobState state() {
        if (outcome != null) {
            return outcome.state();
        }
        if (clock.isPaused()) {
            return JobState.PAUSED;
        }
        return searching ? JobState.WAITING : JobState.RUNNING;
    }

    /** Empty while the job has not ended. */
    public Optional<JobOutcome> outcome() {
        return Optional.ofNullable(outcome);
    }

    /** Empty until the anchor has been found. */
    public Optional<JobCheckpoint> checkpoint() {
        return Optional.ofNullable(checkpoint);
    }

    /** What remains of the stop condition; empty once it is fulfilled. */
    public Optional<StopCondition> stopCondition() {
        return checkpoint == null ? Optional.of(initialCondition) : checkpoint.stopCondition();
    }

    /** The same, in the form that a restart needs. */
    public JsonNode stopConditionMemory(long now) {
        return StopConditionState.write(stopCondition(), clock.at(now));
    }

    /** When the last sent entry was recorded. */
    public Optional<Instant> sentArrival() {
        return Optional.ofNullable(sentArrival);
    }

    /** How many entries were left out. */
    long skipped() {
        SourceReader reading = feed;
        return skipped + (reading == null ? 0 : reading.skipped());
    }

    /** Why the sink has not taken the current message yet. */
    public Optional<String> deliveryProblem() {
        return Optional.ofNullable(delivery).flatMap(Delivery::problem);
    }

    /** Whether a newly stored entry matters now. May be called by any thread. */
    public boolean waitsForEntries() {
        SourceReader reading = feed;
        return reading == null || reading.isAtEnd();
    }

    @Override
    public void close() {
        if (feed != null) {
            feed.close();
        }
        if (reading) {
            reading = false;
            plan.readers().decrementAndGet();
        }
    }
}
