package routes.platform.security;

import java.util.Set;
import javax.management.ObjectName;

import org.jolokia.server.core.service.api.Restrictor;
import org.jolokia.server.core.util.HttpMethod;
import org.jolokia.server.core.util.RequestType;

/**
 * What Hawtio and other Jolokia clients reach: Camel, Hawtio's own beans and the figures of the JVM, nothing of Spring's
 * environment. Only by POST, because a GET could be sent by a mere link. Named in application.yaml; Jolokia makes it.
 */
public class JolokiaRestrictor implements Restrictor {

    private static final Set<String> DOMAINS =
            Set.of("org.apache.camel", "hawtio", "jolokia", "java.lang", "java.nio", "java.util.logging", "routes");

    /** Command lines and system properties may hold passwords. */
    private static final Set<String> SECRET_ATTRIBUTES =
            Set.of("SystemProperties", "InputArguments", "ClassPath", "LibraryPath", "BootClassPath");

    @Override
    public boolean isHttpMethodAllowed(HttpMethod method) {
        return method == HttpMethod.POST;
    }

    @Override
    public boolean isTypeAllowed(RequestType type) {
        return true;
    }

    @Override
    public boolean isAttributeReadAllowed(ObjectName bean, String attribute) {
        return isOpen(bean) && (attribute == null || !SECRET_ATTRIBUTES.contains(attribute));
    }

    @Override
    public boolean isAttributeWriteAllowed(ObjectName bean, String attribute) {
        return bean.getDomain().equals("org.apache.camel");
    }

    @Override
    public boolean isOperationAllowed(ObjectName bean, String operation) {
        return isOpen(bean);
    }

    @Override
    public boolean isRemoteAccessAllowed(String... hostOrAddress) {
        return true;
    }

    @Override
    public boolean isOriginAllowed(String origin, boolean onlyWhenStrictCheckingIsEnabled) {
        // BrowserGuard has looked at it already
        return true;
    }

    @Override
    public boolean isObjectNameHidden(ObjectName bean) {
        return !isOpen(bean);
    }

    private static boolean isOpen(ObjectName bean) {
        return bean.isDomainPattern() || DOMAINS.contains(bean.getDomain());
    }
}
