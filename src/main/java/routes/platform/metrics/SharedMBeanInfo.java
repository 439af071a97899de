package routes.platform.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.modelmbean.InvalidTargetObjectTypeException;
import javax.management.modelmbean.ModelMBean;
import javax.management.modelmbean.ModelMBeanInfo;
import javax.management.modelmbean.RequiredModelMBean;

import org.apache.camel.CamelContext;
import org.apache.camel.api.management.ManagedInstance;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.api.management.NotificationSenderAware;
import org.apache.camel.spi.CamelContextCustomizer;
import org.apache.camel.support.management.DefaultManagementMBeanAssembler;
import org.apache.camel.support.management.MixinRequiredModelMBean;
import org.springframework.stereotype.Component;

/**
 * Describes each class of Camel's MBeans once. Camel 4.17 describes every MBean anew: about a thousand at each start, a
 * twelfth of its work, and ten for each replay job.
 */
@Component
final class SharedMBeanInfo implements CamelContextCustomizer {

    @Override
    public void configure(CamelContext context) {
        context.getCamelContextExtension().setManagementMBeanAssembler(new Assembler(context));
    }

    private static final class Assembler extends DefaultManagementMBeanAssembler {

        private final Map<Class<?>, ModelMBeanInfo> known = new ConcurrentHashMap<>();

        Assembler(CamelContext context) {
            super(context);
        }

        @Override
        public ModelMBean assemble(MBeanServer server, Object bean, ObjectName name) throws JMException {
            Object custom = bean instanceof ManagedInstance managed ? managed.getInstance() : null;
            // For these, what Camel makes depends on more than the class
            if (bean instanceof NotificationSenderAware
                    || custom != null && custom.getClass().isAnnotationPresent(ManagedResource.class)) {
                return super.assemble(server, bean, name);
            }
            ModelMBeanInfo info = known.get(bean.getClass());
            if (info == null) {
                ModelMBean first = super.assemble(server, bean, name);
                if (first != null) {
                    known.put(bean.getClass(), (ModelMBeanInfo) first.getMBeanInfo());
                }
                return first;
            }
            try {
                RequiredModelMBean mbean = new MixinRequiredModelMBean(
                        info,
                        Boolean.TRUE.equals(camelContext
                                .getManagementStrategy()
                                .getManagementAgent()
                                .getMask()),
                        null,
                        null);
                mbean.setManagedResource(bean, "ObjectReference");
                return mbean;
            } catch (InvalidTargetObjectTypeException e) {
                throw new JMException(e.getMessage());
            }
        }
    }
}
