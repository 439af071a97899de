package routes.replay.protocol;

import java.util.ArrayList;
import java.util.List;

import routes.replay.savant.Padding;
import routes.replay.savant.generation1.Scale;
import routes.replay.savant.generation2.LetterBox;

/**
 * Says in one generation what became of a picture's geometry in words of the other. A history with a step that the other
 * cannot say is left out as a whole: coordinates calculated back through a history with a hole would be wrong.
 */
final class TransformationTranslator {

    private static final class Untranslatable extends Exception {
        private static final long serialVersionUID = 1L;

        Untranslatable(String step) {
            super(step, null, false, false);
        }
    }

    private interface Step<F, T> {
        List<T> translate(F step) throws Untranslatable;
    }

    /** A resulting size is left out, for it follows from the others. */
    List<routes.replay.savant.generation2.VideoFrameTransformation> toGeneration2(
            List<routes.replay.savant.generation1.VideoFrameTransformation> history) {
        return translate(history, TransformationTranslator::toGeneration2);
    }

    /** A letter box is a scaling and a padding; a crop cannot be said. */
    List<routes.replay.savant.generation1.VideoFrameTransformation> toGeneration1(
            List<routes.replay.savant.generation2.VideoFrameTransformation> history) {
        return translate(history, TransformationTranslator::toGeneration1);
    }

    private static <F, T> List<T> translate(List<F> history, Step<F, T> translator) {
        List<T> translated = new ArrayList<>();
        try {
            for (F step : history) {
                translated.addAll(translator.translate(step));
            }
        } catch (Untranslatable e) {
            return List.of();
        }
        return translated;
    }

    private static List<routes.replay.savant.generation2.VideoFrameTransformation> toGeneration2(
            routes.replay.savant.generation1.VideoFrameTransformation step) throws Untranslatable {
        var translated = routes.replay.savant.generation2.VideoFrameTransformation.newBuilder();
        return switch (step.getTransformationCase()) {
            case INITIAL_SIZE ->
                List.of(translated.setInitialSize(step.getInitialSize()).build());
            case SCALE ->
                List.of(translated
                        .setLetterBox(LetterBox.newBuilder()
                                .setOuterWidth(step.getScale().getWidth())
                                .setOuterHeight(step.getScale().getHeight()))
                        .build());
            case PADDING -> List.of(translated.setPadding(step.getPadding()).build());
            case RESULTING_SIZE -> List.of();
            case TRANSFORMATION_NOT_SET -> throw new Untranslatable("nothing");
        };
    }

    private static List<routes.replay.savant.generation1.VideoFrameTransformation> toGeneration1(
            routes.replay.savant.generation2.VideoFrameTransformation step) throws Untranslatable {
        var translated = routes.replay.savant.generation1.VideoFrameTransformation.newBuilder();
        return switch (step.getTransformationCase()) {
            case INITIAL_SIZE ->
                List.of(translated.setInitialSize(step.getInitialSize()).build());
            case LETTER_BOX -> scaleAndPad(step.getLetterBox());
            case PADDING -> List.of(translated.setPadding(step.getPadding()).build());
            case CROP, TRANSFORMATION_NOT_SET ->
                throw new Untranslatable(step.getTransformationCase().name());
        };
    }

    private static List<routes.replay.savant.generation1.VideoFrameTransformation> scaleAndPad(LetterBox box)
            throws Untranslatable {
        Scale.Builder scale = Scale.newBuilder()
                .setWidth(inner(box.getOuterWidth(), box.getPaddingLeft(), box.getPaddingRight()))
                .setHeight(inner(box.getOuterHeight(), box.getPaddingTop(), box.getPaddingBottom()));
        Padding padding = Padding.newBuilder()
                .setPaddingLeft(box.getPaddingLeft())
                .setPaddingTop(box.getPaddingTop())
                .setPaddingRight(box.getPaddingRight())
                .setPaddingBottom(box.getPaddingBottom())
                .build();
        var step = routes.replay.savant.generation1.VideoFrameTransformation.newBuilder();
        var scaled = step.setScale(scale).build();
        return padding.equals(Padding.getDefaultInstance())
                ? List.of(scaled)
                : List.of(scaled, step.setPadding(padding).build());
    }

    /** What the paddings leave; sizes are unsigned, and those beyond a long are absurd. */
    private static long inner(long outer, long before, long after) throws Untranslatable {
        if (outer < 0 || before < 0 || after < 0 || before > outer || after > outer - before) {
            throw new Untranslatable("a letter box with more padding than there is room");
        }
        return outer - before - after;
    }
}
