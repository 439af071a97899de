package routes.replay.job.service;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.HttpRequestHandler;
import routes.replay.job.JobRecord;

/**
 * Server-sent events of one job: {@code state} whenever its state changes, {@code progress} while it streams; the stream
 * ends with the job. Not a route: an answer that goes on for hours is to hold no thread.
 */
public final class JobEventsHandler implements HttpRequestHandler {

    private final JobService desk;
    private final JobEvents events;

    JobEventsHandler(JobService desk, JobEvents events) {
        this.desk = desk;
        this.events = events;
    }

    @Override
    public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getMethod().equals("GET")) {
            response.setHeader("Allow", "GET");
            response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            return;
        }
        String[] path = request.getRequestURI().split("/");
        UUID id = JobService.id(path[path.length - 2]).orElse(new UUID(0, 0));
        JobRecord job = desk.find(id).orElse(null);
        if (job == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        response.setContentType("text/event-stream");
        response.setHeader("Cache-Control", "no-store");
        AsyncContext answer = request.startAsync();
        answer.setTimeout(0);
        Stream stream = new Stream(answer, desk::detail);
        JobEvents.Follower follower = events.follow(id, stream::tell);
        stream.whenClosed(follower::leave);
        // After the subscription, so that nothing between is missed
        follower.tell(desk.find(id).orElse(job));
    }

    /** What goes to one client; used by one thread at a time. */
    private static final class Stream {

        private final AsyncContext answer;
        private final Function<JobRecord, JsonNode> json;
        private Runnable closed = () -> {};
        private String lastState = "";
        private boolean over;

        Stream(AsyncContext answer, Function<JobRecord, JsonNode> json) {
            this.answer = answer;
            this.json = json;
        }

        synchronized void whenClosed(Runnable action) {
            closed = action;
        }

        synchronized void tell(JobRecord job) {
            if (over) {
                return;
            }
            String state = job.state().text();
            try {
                write(state.equals(lastState) ? "progress" : "state", json.apply(job));
                lastState = state;
                if (job.state().isEnd()) {
                    end();
                }
            } catch (IOException | RuntimeException e) {
                end(); // the client has gone
            }
        }

        private void write(String event, JsonNode data) throws IOException {
            String text = "event: " + event + "\ndata: " + data + "\n\n";
            OutputStream out = answer.getResponse().getOutputStream();
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        private void end() {
            over = true;
            closed.run();
            answer.complete();
        }
    }
}
