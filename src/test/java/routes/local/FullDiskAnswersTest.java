package routes.local;

import java.io.IOException;
import java.lang.reflect.Proxy;

import org.jclouds.blobstore.BlobStore;
import org.jclouds.http.HttpResponseException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FullDiskAnswersTest {

    @ParameterizedTest
    @ValueSource(strings = {"No space left on device", "/data/s3/a.tar: Disk quota exceeded"})
    @DisplayName("CP20 the local store answers 507 while its disk is full")
    void full(String reason) {
        assertThatThrownBy(() -> failingWith(reason).putBlob("bucket", null))
                .isInstanceOfSatisfying(HttpResponseException.class, answer -> assertThat(
                                answer.getResponse().getStatusCode())
                        .isEqualTo(507));
    }

    @ParameterizedTest
    @ValueSource(strings = "Input/output error")
    @DisplayName("CP20 other failures of the disk stay what they are")
    void other(String reason) {
        assertThatThrownBy(() -> failingWith(reason).putBlob("bucket", null)).hasRootCauseMessage(reason);
    }

    private static FullDiskAnswers failingWith(String reason) {
        return new FullDiskAnswers((BlobStore) Proxy.newProxyInstance(
                BlobStore.class.getClassLoader(), new Class<?>[] {BlobStore.class}, (proxy, method, arguments) -> {
                    throw new IllegalStateException(new IOException(reason));
                }));
    }
}
