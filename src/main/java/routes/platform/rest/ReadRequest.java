package routes.platform.rest;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/** A request whose body has been read already. */
final class ReadRequest extends HttpServletRequestWrapper {

    private final byte[] body;
    private boolean begins;

    /**
     * @param begins whether this counts as the first dispatch of the request, although the container has dispatched
     *     it before
     */
    ReadRequest(HttpServletRequest request, byte[] body, boolean begins) {
        super(request);
        this.body = body;
        this.begins = begins;
    }

    void begun() {
        begins = false;
    }

    @Override
    public DispatcherType getDispatcherType() {
        return begins ? DispatcherType.REQUEST : super.getDispatcherType();
    }

    @Override
    public int getContentLength() {
        return body.length;
    }

    @Override
    public long getContentLengthLong() {
        return body.length;
    }

    @Override
    public ServletInputStream getInputStream() {
        return new ReadInput(new ByteArrayInputStream(body));
    }

    @Override
    public BufferedReader getReader() {
        return new BufferedReader(new InputStreamReader(new ByteArrayInputStream(body), StandardCharsets.UTF_8));
    }

    private static final class ReadInput extends ServletInputStream {

        private final ByteArrayInputStream body;

        ReadInput(ByteArrayInputStream body) {
            this.body = body;
        }

        @Override
        public int read() {
            return body.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            return body.read(bytes, offset, length);
        }

        @Override
        public int available() {
            return body.available();
        }

        @Override
        public boolean isFinished() {
            return body.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("The body was read already: read it without a listener");
        }
    }
}
