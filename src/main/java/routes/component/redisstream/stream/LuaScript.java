package routes.component.redisstream.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.sync.RedisCommands;

/** A script that Redis runs in one step. It is sent once and called by its digest from then on. */
final class LuaScript {

    private final byte[] source;
    private final String digest;

    private LuaScript(byte[] source) {
        this.source = source;
        this.digest = sha1(source);
    }

    /** @param name of the resource beside this class, without {@code .lua} */
    static LuaScript load(String name) {
        try (InputStream in = LuaScript.class.getResourceAsStream(name + ".lua")) {
            if (in == null) {
                throw new IllegalStateException("Script " + name + ".lua is missing in the jar");
            }
            return new LuaScript(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A number. */
    long number(RedisCommands<String, byte[]> redis, List<String> keys, List<String> arguments) {
        Long number = run(redis, ScriptOutputType.INTEGER, keys, arguments);
        return number;
    }

    /** A list whose elements are {@code byte[]}, {@code Long}, lists of these, or null. */
    List<Object> list(RedisCommands<String, byte[]> redis, List<String> keys, List<String> arguments) {
        return run(redis, ScriptOutputType.MULTI, keys, arguments);
    }

    private <T> T run(
            RedisCommands<String, byte[]> redis, ScriptOutputType type, List<String> keys, List<String> arguments) {
        String[] names = keys.toArray(String[]::new);
        byte[][] values = arguments.stream()
                .map(argument -> argument.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        try {
            return redis.evalsha(digest, type, names, values);
        } catch (RedisNoScriptException firstUseSinceServerStart) {
            return redis.eval(source, type, names, values);
        }
    }

    private static String sha1(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1", e);
        }
    }
}
