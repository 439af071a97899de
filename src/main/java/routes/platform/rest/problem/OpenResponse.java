package routes.platform.rest.problem;

import java.io.IOException;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

/**
 * A response that is not complete before the server says so: Camel closes the output also after a body that could not be
 * read to its end, and closing is what tells the client that nothing is missing.
 */
final class OpenResponse extends HttpServletResponseWrapper {

    private boolean clientHasGone;

    OpenResponse(HttpServletResponse response) {
        super(response);
    }

    /** Whether it was the writing that failed, not the making of what was to be written. */
    boolean clientHasGone() {
        return clientHasGone;
    }

    /** Not Camel's empty error: while nothing is sent, there can be a problem that says what happened. */
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
