package routes.platform.security;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.mock.env.MockEnvironment;
import routes.platform.ConfigurationException;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BindAddressCheckTest {

    private final SpringApplication application = new SpringApplication();
    private final MockEnvironment environment = new MockEnvironment();

    BindAddressCheckTest() {
        application.setWebApplicationType(WebApplicationType.SERVLET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "::1", "localhost"})
    void loopbackIsOpen(String address) {
        environment.setProperty("server.address", address);
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", ""})
    void otherAddressesNeedALogin(String address) {
        environment.setProperty("server.address", address);
        assertThatThrownBy(this::check)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("server.address")
                .hasMessageContaining("nobody is configured who may log in");
    }

    @Test
    void usersOrAnIssuerOpenOtherAddresses() {
        environment.setProperty("server.address", "0.0.0.0");
        environment.setProperty("caravan.security.users[0].name", "ann");
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void anIssuerOpensOtherAddresses() {
        environment.setProperty("server.address", "0.0.0.0");
        environment.setProperty("spring.security.oauth2.resourceserver.jwt.issuer-uri", "https://login.example.org");
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void ownPortOfManagementIsCheckedToo() {
        environment.setProperty("server.address", "127.0.0.1");
        environment.setProperty("management.server.port", "8081");
        assertThatThrownBy(this::check).hasMessageContaining("management.server.address");
    }

    @Test
    void withoutWebServerThereIsNothingToGuard() {
        application.setWebApplicationType(WebApplicationType.NONE);
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    private void check() {
        new BindAddressCheck().postProcessEnvironment(environment, application);
    }
}
