package routes.imaging.tar;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

import routes.imaging.event.FileNames;

/** A name as the file system stores it, in bytes, see {@link FileNames}. */
public record TarName(byte[] bytes) implements Comparable<TarName> {

    static TarName of(String text) {
        return new TarName(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The name of one file or the text of one link, with the bytes the file system has. */
    static TarName of(Path path) {
        return new TarName(FileNames.bytesOf(path));
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

    /** For display: bytes that are not UTF-8 are shown as the replacement character. */
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
