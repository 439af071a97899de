package routes.platform.rest.problem;

import java.io.IOException;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

/**
 * A response that stays open until the server completes it. Camel closes the output even after a body that could not
 * be read to its end, and closing would tell the client that nothing is missing.
 */
final class OpenResponse extends HttpServletResponseWrapper {

    private boolean clientHasGone;

    OpenResponse(HttpServletResponse response) {
        super(response);
    }

    /** Whether writing failed, and not the creation of what was to be written. */
    boolean clientHasGone() {
        return clientHasGone;
    }

    /** Prevents Camel's empty error: as long as nothing has been sent, a problem can say what happened. */
    @Override
    public void sendError(int status) {}

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        return new OpenOutput(super.getOutputStream());
    }

    private final class OpenOutput extends ServletOutputStream {

        private final ServletOutputStream out;

        OpenOutput(ServletOutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int value) throws IOException {
            noticing(() -> out.write(value));
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            noticing(() -> out.write(bytes, offset, length));
        }

        @Override
        public void flush() throws IOException {
            noticing(out::flush);
        }

        @Override
        public void close() {}

        @Override
        public boolean isReady() {
            return out.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            out.setWriteListener(listener);
        }

        private void noticing(Write write) throws IOException {
            try {
                write.run();
            } catch (IOException e) {
                clientHasGone = true;
                throw e;
            }
        }
    }

    private interface Write {

        void run() throws IOException;
    }
}
