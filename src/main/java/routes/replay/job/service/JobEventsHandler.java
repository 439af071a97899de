package routes.replay.job.service;

import java.io.IOException;
import java.util.UUID;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.HttpRequestHandler;
import routes.replay.job.JobRecord;

/**
 * Answers with the server-sent events of one job; the stream ends with the job. This is not a route, because an answer that
 * goes on for hours must not hold a thread.
 */
public final class JobEventsHandler implements HttpRequestHandler {

    private final JobService jobs;
    private final EventStreams<JobRecord> events;

    JobEventsHandler(JobService jobs, EventStreams<JobRecord> events) {
        this.jobs = jobs;
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
        JobRecord job = jobs.find(id).orElse(null);
        if (job == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        response.setContentType("text/event-stream");
        response.setHeader("Cache-Control", "no-store");
        AsyncContext answer = request.startAsync();
        answer.setTimeout(0);
        events.follow(id, answer, this::event, () -> jobs.find(id).orElse(job));
    }

    private EventStreams.Event event(JobRecord job) {
        return new EventStreams.Event(
                job.state().text(), jobs.detail(job), job.state().isEnd());
    }
}
