package routes.imaging.store;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

import org.apache.http.Header;
import org.apache.http.HttpClientConnection;
import org.apache.http.HttpEntity;
import org.apache.http.HttpException;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.HttpStatus;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.client.methods.RequestBuilder;
import org.apache.http.config.SocketConfig;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.entity.InputStreamEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.impl.conn.DefaultProxyRoutePlanner;
import org.apache.http.protocol.HTTP;
import org.apache.http.protocol.HttpContext;
import org.apache.http.protocol.HttpRequestExecutor;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache.ProxyConfiguration;

/**
 * Apache's HTTP client for the SDK. Unlike the SDK's own client it reads the answer of a store that has closed the
 * connection on a body it did not want: the key is taken (412), permission is missing (403), the body is too large
 * (413), or the store is too busy (503). {@code Expect: 100-continue} alone is not enough, since some stores ask for
 * the body and then refuse it.
 */
final class StoreHttpClient implements SdkHttpClient {

    private static final int ACQUIRE_MILLIS = 10_000;
    private static final int MAX_IDLE_SECONDS = 60;

    /** Set by Apache's client, from the entity. */
    private static final Set<String> OF_THE_ENTITY = Set.of("content-length", "transfer-encoding");

    private final CloseableHttpClient http;

    StoreHttpClient(Duration connect, Duration read, int maxConnections) {
        int readMillis = Math.toIntExact(read.toMillis());
        RequestConfig config = RequestConfig.custom()
                .setConnectTimeout(Math.toIntExact(connect.toMillis()))
                .setSocketTimeout(readMillis)
                .setConnectionRequestTimeout(ACQUIRE_MILLIS)
                .setNormalizeUri(false)
                .build();
        HttpClientBuilder builder = HttpClients.custom()
                .setRequestExecutor(new EarlyAnswers())
                .setDefaultRequestConfig(config)
                .setDefaultSocketConfig(SocketConfig.custom()
                        .setTcpNoDelay(true)
                        .setSoTimeout(readMillis)
                        .build())
                .setSSLSocketFactory(SSLConnectionSocketFactory.getSystemSocketFactory())
                .setMaxConnTotal(maxConnections)
                .setMaxConnPerRoute(maxConnections)
                .evictIdleConnections(MAX_IDLE_SECONDS, TimeUnit.SECONDS)
                .disableContentCompression()
                .disableCookieManagement()
                .disableRedirectHandling()
                .disableAutomaticRetries();
        useProxy(builder, ProxyConfiguration.builder().build());
        http = builder.build();
    }

    /** Uses the proxy of the system properties or of the environment, as the SDK's own client does. */
    private static void useProxy(HttpClientBuilder builder, ProxyConfiguration proxy) {
        if (proxy.host() != null && proxy.port() > 0) {
            builder.setRoutePlanner(
                    new DefaultProxyRoutePlanner(new HttpHost(proxy.host(), proxy.port(), proxy.scheme())) {
                        @Override
                        protected @Nullable HttpHost determineProxy(
                                HttpHost target, HttpRequest request, HttpContext context) throws HttpException {
                            String name = target.getHostName().toLowerCase(Locale.ROOT);
                            boolean direct = proxy.nonProxyHosts().stream().anyMatch(name::matches);
                            return direct ? null : super.determineProxy(target, request, context);
                        }
                    });
        }
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        HttpUriRequest prepared = prepared(request);
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                return answer(http.execute(prepared), prepared);
            }

            @Override
            public void abort() {
                prepared.abort();
            }
        };
    }

    @Override
    public String clientName() {
        return "Apache";
    }

    @Override
    public void close() {
        try {
            http.close();
        } catch (IOException e) {
            throw new IllegalStateException("Cannot close the HTTP client of the store", e);
        }
    }

    private static HttpUriRequest prepared(HttpExecuteRequest request) {
        SdkHttpRequest from = request.httpRequest();
        RequestBuilder to = RequestBuilder.create(from.method().name()).setUri(from.getUri());
        from.forEachHeader((name, values) -> {
            if (!OF_THE_ENTITY.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> to.addHeader(name, value));
            }
        });
        if (request.contentStreamProvider().isPresent()) {
            long length = from.firstMatchingHeader(HTTP.CONTENT_LEN)
                    .map(Long::parseLong)
                    .orElse(-1L);
            to.setEntity(
                    new InputStreamEntity(request.contentStreamProvider().get().newStream(), length));
        } else if (from.method().name().startsWith("P")) {
            to.setEntity(new ByteArrayEntity(new byte[0]));
        }
        return to.build();
    }

    private static HttpExecuteResponse answer(CloseableHttpResponse from, HttpUriRequest request) throws IOException {
        SdkHttpFullResponse.Builder to = SdkHttpFullResponse.builder()
                .statusCode(from.getStatusLine().getStatusCode())
                .statusText(from.getStatusLine().getReasonPhrase());
        for (Header header : from.getAllHeaders()) {
            to.appendHeader(header.getName(), header.getValue());
        }
        HttpExecuteResponse.Builder answer = HttpExecuteResponse.builder().response(to.build());
        HttpEntity entity = from.getEntity();
        if (entity != null) {
            answer.responseBody(AbortableInputStream.create(entity.getContent(), request::abort));
        }
        return answer.build();
    }

    private static final class EarlyAnswers extends HttpRequestExecutor {

        @Override
        protected @Nullable HttpResponse doSendRequest(
                HttpRequest request, HttpClientConnection connection, HttpContext context)
                throws IOException, HttpException {
            try {
                return super.doSendRequest(request, connection, context);
            } catch (SocketException | SSLException bodyNotTaken) {
                return answer(request, connection, bodyNotTaken);
            }
        }

        private HttpResponse answer(HttpRequest request, HttpClientConnection connection, IOException bodyNotTaken)
                throws IOException, HttpException {
            try {
                HttpResponse answer;
                do {
                    answer = connection.receiveResponseHeader();
                } while (answer.getStatusLine().getStatusCode() < HttpStatus.SC_OK);
                if (canResponseHaveBody(request, answer)) {
                    connection.receiveResponseEntity(answer);
                }
                // The rest of the body was never sent, so the connection cannot be reused
                answer.setHeader(HTTP.CONN_DIRECTIVE, HTTP.CONN_CLOSE);
                return answer;
            } catch (IOException none) {
                bodyNotTaken.addSuppressed(none);
                throw bodyNotTaken;
            }
        }
    }
}
