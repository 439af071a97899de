package routes.platform.security;

import javax.management.ObjectName;

import org.jolokia.server.core.util.RequestType;

/**
 * For a site that wants all of Hawtio's pages for Camel: whoever may use them can read every secret that Caravan
 * knows, and every file that it can read. For the JVM the limits of {@link JolokiaRestrictor} stay.
 */
public class OpenJolokiaRestrictor extends JolokiaRestrictor {

    @Override
    public boolean isTypeAllowed(RequestType type) {
        return true;
    }

    @Override
    public boolean isAttributeReadAllowed(ObjectName bean, String attribute) {
        return isCamel(bean) || super.isAttributeReadAllowed(bean, attribute);
    }

    @Override
    public boolean isAttributeWriteAllowed(ObjectName bean, String attribute) {
        return isCamel(bean);
    }

    @Override
    public boolean isOperationAllowed(ObjectName bean, String operation) {
        return isCamel(bean) || super.isOperationAllowed(bean, operation);
    }

    @Override
    public boolean isObjectNameHidden(ObjectName bean) {
        return !isCamel(bean) && super.isObjectNameHidden(bean);
    }

    private static boolean isCamel(ObjectName bean) {
        return bean.getDomain().equals(CAMEL);
    }
}
