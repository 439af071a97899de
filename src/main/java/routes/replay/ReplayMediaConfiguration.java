package routes.replay;

import java.time.Duration;
import java.util.function.Supplier;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import routes.component.framestore.FrameStore;
import routes.platform.media.PictureLimits;
import routes.platform.media.PictureRenderer;

/** Wires what pictures and clips are made with. */
@Configuration
class ReplayMediaConfiguration {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Bean
    Thumbnails thumbnails(Supplier<FrameStore> store, ReplayProperties replay) {
        return new Thumbnails(
                store,
                new PictureRenderer(PictureLimits.DEFAULT),
                new Turnstile("thumbnails", replay.media().thumbnailsAtOnce(), PATIENCE));
    }

    @Bean
    ClipExports clipExports(Supplier<FrameStore> store, ReplayProperties replay) {
        return new ClipExports(store, new Turnstile("exports", replay.media().exportsAtOnce(), Duration.ZERO));
    }
}
