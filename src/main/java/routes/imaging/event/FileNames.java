package routes.imaging.event;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * Handles names as the file system stores them: as bytes. Java converts them to text in the encoding of the locale,
 * which loses names in a process without a locale and wherever a microscope wrote Latin-1; a path made from such text
 * leads nowhere or cannot be created. The URI of a path is its bytes, percent-encoded, whatever the locale, and the
 * only public way to them.
 */
public final class FileNames {

    private FileNames() {}

    /** Whether Java can represent every UTF-8 name. */
    public static boolean areSpelledByThisJvm() {
        try {
            Path.of("\u00fc\u20ac\u4e2d");
            return true;
        } catch (InvalidPathException unmappable) {
            return false;
        }
    }

    public static byte[] bytesOf(Path path) {
        String text = path.toString();
        return isAscii(text) ? text.getBytes(StandardCharsets.US_ASCII) : percentDecoded(path);
    }

    /**
     * The path that a UTF-8 text names, even when the encoding of this JVM lacks one of its characters.
     *
     * @throws InvalidPathException when no file can have the name
     */
    public static Path pathOf(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException unmappable) {
            try {
                ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
                byte[] bytes = new byte[utf8.remaining()];
                utf8.get(bytes);
                return pathOf(bytes);
            } catch (CharacterCodingException | IllegalArgumentException noName) {
                throw unmappable;
            }
        }
    }

    /** The name, its bytes changed as a text with one character for each byte, so that none of them is lost. */
    public static Path change(Path name, UnaryOperator<String> change) {
        String changed = change.apply(new String(bytesOf(name), StandardCharsets.ISO_8859_1));
        return pathOf(changed.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** For log lines: escapes control characters, and bytes that are not UTF-8, as {@code \xe9}. */
    public static String printable(Path path) {
        CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(bytesOf(path));
        CharBuffer text = CharBuffer.allocate(bytes.remaining());
        StringBuilder printable = new StringBuilder();
        CoderResult result;
        do {
            result = utf8.decode(bytes, text, true);
            printable.append(printable(text.flip().toString()));
            text.clear();
            for (int i = 0; result.isError() && i < result.length(); i++) {
                printable.append(escaped(bytes.get()));
            }
        } while (result.isError());
        return printable.toString();
    }

    /** The same for a text that is not a path yet. */
    public static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        for (char c : text.toCharArray()) {
            int type = Character.getType(c);
            boolean breaksLines = type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
            if (breaksLines) {
                printable.append(String.format("\\u%04x", (int) c));
            } else {
                printable.append(Character.isISOControl(c) ? escaped((byte) c) : String.valueOf(c));
            }
        }
        return printable.toString();
    }

    private static String escaped(byte unprintable) {
        return String.format("\\x%02x", unprintable);
    }

    private static Path pathOf(byte[] name) {
        StringBuilder uri = new StringBuilder();
        for (byte b : name) {
            boolean slash = b == '/';
            if (!slash || uri.length() == 0 || uri.charAt(uri.length() - 1) != '/') {
                uri.append(slash ? "/" : String.format("%%%02X", b));
            }
        }
        boolean absolute = uri.length() > 0 && uri.charAt(0) == '/';
        Path path = Path.of(URI.create("file://" + (absolute ? "" : "/") + uri));
        return absolute ? path : path.subpath(0, path.getNameCount());
    }

    private static byte[] percentDecoded(Path path) {
        Path anchor = path.getFileSystem().getRootDirectories().iterator().next();
        String uri = anchor.resolve(path).toUri().getRawPath();
        boolean slashAdded = uri.length() > 1 && uri.endsWith("/");
        String encoded = uri.substring(path.isAbsolute() ? 0 : 1, slashAdded ? uri.length() - 1 : uri.length());
        ByteArrayOutputStream raw = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                raw.write(Integer.parseInt(encoded.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                raw.write(c);
            }
        }
        return raw.toByteArray();
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
