package routes.platform.rest;

/**
 * Body of an answer that is generated while it is sent. Camel's stream cache leaves it alone ({@code
 * camel.main.stream-caching-deny-classes}), so it can be read once; the answer begins with its first byte and has no
 * length. When reading fails, the connection breaks; when the client leaves, the body is closed.
 */
public interface StreamedAnswer {}
