package routes.imaging;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * A name as the file system holds it: bytes. Java shows names as text in the encoding of the locale, which loses
 * them in a container without a locale and wherever a microscope wrote Latin-1, so we go by the bytes.
 */
record TarName(byte[] bytes) implements Comparable<TarName> {

    static TarName of(String text) {
        return new TarName(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The name of one file or the text of one link, with the bytes the file system has. */
    static TarName of(Path path) {
        String text = path.toString();
        return isAscii(text) ? of(text) : new TarName(rawBytes(path));
    }

    TarName child(TarName name) {
        byte[] joined = Arrays.copyOf(bytes, bytes.length + 1 + name.bytes.length);
        joined[bytes.length] = '/';
        System.arraycopy(name.bytes, 0, joined, bytes.length + 1, name.bytes.length);
        return new TarName(joined);
    }

    /** The name as text, or empty when its bytes are not UTF-8. */
    Optional<String> text() {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }

    @Override
    public int compareTo(TarName other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TarName name && Arrays.equals(bytes, name.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** For people: bytes that are not UTF-8 are shown as the replacement character. */
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    /** The URI of a path is its bytes, percent-encoded, whatever the locale: the only public door to them. */
    private static byte[] rawBytes(Path path) {
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
}
