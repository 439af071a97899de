package routes.replay.media;

import java.time.Duration;
import java.util.function.Supplier;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import routes.component.framestore.api.FrameStore;
import routes.platform.media.picture.PictureLimits;
import routes.platform.media.picture.PictureRenderer;
import routes.replay.ReplayProperties;

/** Wires thumbnails and clips. */
@Configuration
class MediaConfiguration {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Bean
    Thumbnails thumbnails(Supplier<FrameStore> store, ReplayProperties replay) {
        return new Thumbnails(
                store,
                new PictureRenderer(PictureLimits.DEFAULT),
                new ConcurrencyLimit("thumbnails", replay.media().thumbnailsAtOnce(), PATIENCE));
    }

    @Bean
    ClipExports clipExports(Supplier<FrameStore> store, ReplayProperties replay) {
        return new ClipExports(
                store, new ConcurrencyLimit("exports", replay.media().exportsAtOnce(), Duration.ZERO));
    }
}
