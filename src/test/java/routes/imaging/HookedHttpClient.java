package routes.imaging;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Counts the requests to the real store, and lets a test act, or answer itself, before one is sent. */
public final class HookedHttpClient implements SdkHttpClient {

    private final SdkHttpClient client;
    private final Hook hook;
    private final List<String> operations = new CopyOnWriteArrayList<>();
    private final AtomicInteger partsUnderWay = new AtomicInteger();
    private final AtomicInteger mostPartsUnderWay = new AtomicInteger();

    public HookedHttpClient(SdkHttpClient client, Hook hook) {
        this.client = client;
        this.hook = hook;
    }

    /** In the order sent, retries too: HEAD, PUT, CREATE, PART, COMPLETE, ABORT, LIST. */
    public List<String> operations() {
        return operations;
    }

    public long count(String operation) {
        return operations.stream().filter(operation::equals).count();
    }

    public int mostPartsUnderWay() {
        return mostPartsUnderWay.get();
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        String operation = operation(request.httpRequest());
        ExecutableHttpRequest real = client.prepareRequest(request);
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                operations.add(operation);
                int status = hook.before(operation);
                if (status != 0) {
                    return HttpExecuteResponse.builder()
                            .response(
                                    SdkHttpResponse.builder().statusCode(status).build())
                            .build();
                }
                if (!operation.equals("PART")) {
                    return real.call();
                }
                mostPartsUnderWay.accumulateAndGet(partsUnderWay.incrementAndGet(), Math::max);
                try {
                    return real.call();
                } finally {
                    partsUnderWay.decrementAndGet();
                }
            }

            @Override
            public void abort() {
                real.abort();
            }
        };
    }

    @Override
    public void close() {
        client.close();
    }

    private static String operation(SdkHttpRequest request) {
        Map<String, List<String>> query = request.rawQueryParameters();
        String method = request.method().name().toUpperCase(Locale.ROOT);
        boolean ofUpload = query.containsKey("uploadId");
        return switch (method) {
            case "PUT" -> ofUpload ? "PART" : "PUT";
            case "POST" -> ofUpload ? "COMPLETE" : "CREATE";
            case "DELETE" -> ofUpload ? "ABORT" : "DELETE";
            case "GET" -> query.containsKey("uploads") ? "LIST" : "GET";
            default -> method;
        };
    }

    public interface Hook {
        /** The status to answer with, or 0 to ask the store. */
        int before(String operation) throws IOException;
    }
}
