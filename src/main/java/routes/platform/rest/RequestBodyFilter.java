package routes.platform.rest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import routes.platform.rest.problem.Problem;
import routes.platform.rest.problem.ProblemReply;
import routes.platform.rest.problem.RestProperties;

/**
 * Reads the body of every request before anything else sees the request, and refuses a body that is too long, does
 * not arrive in time or ends early. No thread waits while a body arrives, so that slow clients keep nobody else
 * waiting.
 */
class RequestBodyFilter extends HttpFilter {

    private static final String ARRIVAL = RequestBodyFilter.class.getName();
    private static final int BUFFER_BYTES = 8192;

    /** Bodies of full length that may arrive at once; with more, memory could run out. */
    private static final int BODIES_IN_MEMORY = 64;

    private final transient ProblemReply problemReply;
    private final int limit;
    private final long timeoutMillis;
    private final AtomicLong bytesInMemory = new AtomicLong();

    RequestBodyFilter(ProblemReply problemReply, RestProperties properties) {
        this.problemReply = problemReply;
        this.limit = Math.toIntExact(properties.maxRequestBody().toBytes());
        this.timeoutMillis = properties.bodyTimeout().toMillis();
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getAttribute(ARRIVAL) instanceof Arrival arrival) {
            arrival.forward(request, response, chain);
        } else if (request.getHeader("Content-Encoding") != null) {
            response.sendError(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE);
        } else if (request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null) {
            new Arrival(request, response).begin();
        } else {
            chain.doFilter(request, response);
        }
    }

    /** The body of one request while it arrives. */
    private final class Arrival implements ReadListener, AsyncListener {

        private final HttpServletRequest request;
        private final HttpServletResponse response;
        private final AsyncContext context;
        private final ServletInputStream input;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private final byte[] buffer = new byte[BUFFER_BYTES];
        private long length;
        private boolean over;
        private boolean forwarded;

        Arrival(HttpServletRequest request, HttpServletResponse response) throws IOException {
            this.request = request;
            this.response = response;
            this.context = request.startAsync();
            this.input = request.getInputStream();
        }

        void begin() {
            context.setTimeout(timeoutMillis);
            context.addListener(this);
            input.setReadListener(this);
        }

        @Override
        public synchronized void onDataAvailable() throws IOException {
            while (!over && input.isReady()) {
                int read = input.read(buffer);
                if (read < 0) {
                    return;
                }
                take(read);
            }
        }

        /**
         * A body that is too long is still read for a while: many clients look for an answer only when they have sent
         * everything.
         */
        private void take(int read) {
            length += read;
            if (length > 2L * limit) {
                refuse(tooLong());
            } else if (length <= limit) {
                body.write(buffer, 0, read);
                if (bytesInMemory.addAndGet(read) > (long) BODIES_IN_MEMORY * limit) {
                    refuse(Problem.of(503, "Too many request bodies are on their way"));
                }
            }
        }

        @Override
        public synchronized void onAllDataRead() {
            if (over) {
                return;
            }
            if (length > limit) {
                refuse(tooLong());
                return;
            }
            end();
            request.setAttribute(ARRIVAL, this);
            context.dispatch();
        }

        @Override
        public synchronized void onError(Throwable failure) {
            refuse(Problem.of(400, "The body is not as long as announced, or its chunks are malformed"));
        }

        @Override
        public synchronized void onTimeout(AsyncEvent event) {
            refuse(Problem.of(408, "The body did not arrive within " + timeoutMillis + " ms"));
        }

        @Override
        public void onError(AsyncEvent event) {
            onError(event.getThrowable());
        }

        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}

        private Problem tooLong() {
            return Problem.of(413, "The body is longer than " + limit + " bytes");
        }

        private void refuse(Problem problem) {
            if (over) {
                return;
            }
            end();
            // The rest of the body must not be taken for the next request.
            response.setHeader("Connection", "close");
            try {
                problemReply.write(problem, response);
                // After a failed read Tomcat discards whatever has not been sent yet.
                response.flushBuffer();
            } catch (IOException e) {
                // The client has gone.
            }
            context.complete();
        }

        private void end() {
            over = true;
            bytesInMemory.addAndGet(-body.size());
        }

        /** The request counts as new: filters that look at each request once have not seen it yet. */
        void forward(HttpServletRequest dispatched, HttpServletResponse target, FilterChain chain)
                throws ServletException, IOException {
            ReadRequest read = new ReadRequest(dispatched, body.toByteArray(), !forwarded);
            forwarded = true;
            try {
                chain.doFilter(read, target);
            } finally {
                read.begun();
            }
        }
    }
}
