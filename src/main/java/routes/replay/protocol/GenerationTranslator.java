package routes.replay.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import routes.replay.savant.Envelope;
import routes.replay.savant.Padding;
import routes.replay.savant.generation1.Scale;
import routes.replay.savant.generation2.LetterBox;
import routes.replay.savant.generation2.NanosecondsU128;
import routes.replay.savant.generation2.Rational32;

/**
 * Translates messages into one generation of the wire and makes them announce one version, that of their receivers. Only
 * frames differ between the generations; in other messages nothing but the version changes.
 *
 * <p>Whatever the other generation has no field for is left out of a frame: tracks, codecs without a number, a geometry
 * that it cannot express, and fields of later releases, whose numbers mean something else there. Attributes and objects are
 * the same in both and stay as they are, unknown fields included.
 */
public final class GenerationTranslator {

    private final VideoCodecs codecs = new VideoCodecs();
    private final Generation target;
    private final String version;

    /** @param version to be announced; it must be of that generation, or receivers would decode wrongly */
    GenerationTranslator(Generation target, String version) {
        if (!Generation.of(version).filter(target::equals).isPresent()) {
            throw new IllegalArgumentException("version " + version + " is not of generation " + target.number());
        }
        this.target = target;
        this.version = version;
    }

    public String version() {
        return version;
    }

    /** The same message; {@link SavantMessage#raw} stays as it was received. */
    public SavantMessage apply(SavantMessage message) {
        Envelope.Builder envelope = message.envelope().toBuilder().setProtocolVersion(version);
        if (message.generation() == target) {
            return message.with(target, message.frame(), envelope.build());
        }
        Optional<SavantFrame> frame = message.frame().map(this::translate);
        frame.ifPresent(translated -> envelope.setVideoFrame(translated.encoded()));
        if (message.kind() == MessageKind.VIDEO_FRAME_BATCH) {
            envelope.setVideoFrameBatch(translateBatch(message.envelope().getVideoFrameBatch()));
        }
        return message.with(target, frame, envelope.build());
    }

    private SavantFrame translate(SavantFrame frame) {
        Message translated = target == Generation.TWO
                ? toGeneration2((routes.replay.savant.generation1.VideoFrame) frame.message())
                : toGeneration1((routes.replay.savant.generation2.VideoFrame) frame.message());
        return new SavantFrame(translated, frame.header(), frame.attributes(), frame.objects());
    }

    private ByteString translateBatch(ByteString batch) {
        try {
            Message translated = target == Generation.TWO
                    ? routes.replay.savant.generation2.VideoFrameBatch.newBuilder()
                            .putAllBatch(each(
                                    routes.replay.savant.generation1.VideoFrameBatch.parseFrom(batch)
                                            .getBatchMap(),
                                    this::toGeneration2))
                            .build()
                    : routes.replay.savant.generation1.VideoFrameBatch.newBuilder()
                            .putAllBatch(each(
                                    routes.replay.savant.generation2.VideoFrameBatch.parseFrom(batch)
                                            .getBatchMap(),
                                    this::toGeneration1))
                            .build();
            return translated.toByteString();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a batch that was decoded before cannot be decoded again", e);
        }
    }

    private static <F, T> Map<Long, T> each(Map<Long, F> frames, Function<F, T> translator) {
        Map<Long, T> translated = new LinkedHashMap<>();
        frames.forEach((id, frame) -> translated.put(id, translator.apply(frame)));
        return translated;
    }

    routes.replay.savant.generation2.VideoFrame toGeneration2(routes.replay.savant.generation1.VideoFrame frame) {
        var translated = shared(frame, routes.replay.savant.generation2.VideoFrame.newBuilder());
        translated.setCreationTimestampNs(NanosecondsU128.newBuilder()
                .setHigh(frame.getCreationTimestampNsHigh())
                .setLow(frame.getCreationTimestampNsLow()));
        // A rate of another form is left out, which reads as 30/1
        Framerate.parse(frame.getFramerate())
                .ifPresent(given -> translated.setFps(
                        Rational32.newBuilder().setNumerator(given.numerator()).setDenominator(given.denominator())));
        codecs.codec(frame.getCodec()).ifPresent(translated::setVideoCodec);
        translated.setTimeBase(Rational32.newBuilder()
                .setNumerator(frame.getTimeBaseNumerator())
                .setDenominator(frame.getTimeBaseDenominator()));
        return translated
                .addAllTransformations(history(frame.getTransformationsList(), GenerationTranslator::stepTo2))
                .build();
    }

    routes.replay.savant.generation1.VideoFrame toGeneration1(routes.replay.savant.generation2.VideoFrame frame) {
        var translated = shared(frame, routes.replay.savant.generation1.VideoFrame.newBuilder());
        translated
                .setCreationTimestampNsHigh(frame.getCreationTimestampNs().getHigh())
                .setCreationTimestampNsLow(frame.getCreationTimestampNs().getLow())
                .setFramerate(SavantFrame.framerate(frame.getFps()));
        codecs.name(frame.getVideoCodec()).ifPresent(translated::setCodec);
        TimeBase timeBase = SavantFrame.timeBase(frame.getTimeBase());
        return translated
                .setTimeBaseNumerator(timeBase.numerator())
                .setTimeBaseDenominator(timeBase.denominator())
                .addAllTransformations(history(frame.getTransformationsList(), GenerationTranslator::stepTo1))
                .build();
    }

    /** Copies the fields that are set and that both have: those of the same name, number and type. */
    private static <T extends Message.Builder> T shared(Message from, T to) {
        from.getAllFields().forEach((field, value) -> {
            FieldDescriptor other = to.getDescriptorForType().findFieldByNumber(field.getNumber());
            if (other != null && isSame(field, other)) {
                to.setField(other, value);
            }
        });
        return to;
    }

    private static boolean isSame(FieldDescriptor field, FieldDescriptor other) {
        return field.getName().equals(other.getName())
                && field.getType() == other.getType()
                && field.isRepeated() == other.isRepeated()
                && switch (field.getJavaType()) {
                    case MESSAGE -> field.getMessageType().equals(other.getMessageType());
                    case ENUM -> field.getEnumType().equals(other.getEnumType());
                    default -> true;
                };
    }

    /**
     * What became of a picture's geometry. A history with a step that the other generation cannot express is left out as a
     * whole: coordinates that are calculated back through a history with a gap would be wrong.
     */
    private static <F, T> List<T> history(List<F> steps, Function<F, Optional<List<T>>> translator) {
        List<T> translated = new ArrayList<>();
        for (F step : steps) {
            Optional<List<T>> counterparts = translator.apply(step);
            if (counterparts.isEmpty()) {
                return List.of();
            }
            translated.addAll(counterparts.get());
        }
        return translated;
    }

    /** A resulting size is left out, since it follows from the other steps. */
    private static Optional<List<routes.replay.savant.generation2.VideoFrameTransformation>> stepTo2(
            routes.replay.savant.generation1.VideoFrameTransformation step) {
        var translated = routes.replay.savant.generation2.VideoFrameTransformation.newBuilder();
        return switch (step.getTransformationCase()) {
            case INITIAL_SIZE, PADDING ->
                Optional.of(List.of(shared(step, translated).build()));
            case SCALE ->
                Optional.of(List.of(translated
                        .setLetterBox(LetterBox.newBuilder()
                                .setOuterWidth(step.getScale().getWidth())
                                .setOuterHeight(step.getScale().getHeight()))
                        .build()));
            case RESULTING_SIZE -> Optional.of(List.of());
            case TRANSFORMATION_NOT_SET -> Optional.empty();
        };
    }

    /** Generation 1 has no crop. */
    private static Optional<List<routes.replay.savant.generation1.VideoFrameTransformation>> stepTo1(
            routes.replay.savant.generation2.VideoFrameTransformation step) {
        var translated = routes.replay.savant.generation1.VideoFrameTransformation.newBuilder();
        return switch (step.getTransformationCase()) {
            case INITIAL_SIZE, PADDING ->
                Optional.of(List.of(shared(step, translated).build()));
            case LETTER_BOX -> scaleAndPad(step.getLetterBox());
            case CROP, TRANSFORMATION_NOT_SET -> Optional.empty();
        };
    }

    /** In generation 1 a letter box is a scaling to the size that its padding leaves, and then the padding. */
    private static Optional<List<routes.replay.savant.generation1.VideoFrameTransformation>> scaleAndPad(
            LetterBox box) {
        if (!fits(box.getOuterWidth(), box.getPaddingLeft(), box.getPaddingRight())
                || !fits(box.getOuterHeight(), box.getPaddingTop(), box.getPaddingBottom())) {
            return Optional.empty();
        }
        Padding padding = Padding.newBuilder()
                .setPaddingLeft(box.getPaddingLeft())
                .setPaddingTop(box.getPaddingTop())
                .setPaddingRight(box.getPaddingRight())
                .setPaddingBottom(box.getPaddingBottom())
                .build();
        var step = routes.replay.savant.generation1.VideoFrameTransformation.newBuilder();
        var scaled = step.setScale(Scale.newBuilder()
                        .setWidth(box.getOuterWidth() - box.getPaddingLeft() - box.getPaddingRight())
                        .setHeight(box.getOuterHeight() - box.getPaddingTop() - box.getPaddingBottom()))
                .build();
        return Optional.of(
                padding.equals(Padding.getDefaultInstance())
                        ? List.of(scaled)
                        : List.of(scaled, step.setPadding(padding).build()));
    }

    /** Sizes are unsigned, and those beyond a long are absurd. */
    private static boolean fits(long outer, long before, long after) {
        return outer >= 0 && before >= 0 && after >= 0 && before <= outer && after <= outer - before;
    }
}
