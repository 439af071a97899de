package routes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The YAML routes that a document shows, as a site pastes them. */
public final class DocumentedRoutes {

    private static final Pattern BLOCK = Pattern.compile("```yaml\\n((?:#[^\\n]*\\n)?- route:.*?)```", Pattern.DOTALL);

    private DocumentedRoutes() {}

    public static String of(String document) throws IOException {
        return BLOCK.matcher(Files.readString(Path.of("docs", document)))
                .results()
                .map((MatchResult block) -> block.group(1))
                .collect(Collectors.joining());
    }
}
