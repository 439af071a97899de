package routes.platform.security;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;

import org.jolokia.server.core.service.api.Restrictor;
import org.jolokia.server.core.util.HttpMethod;
import org.jolokia.server.core.util.RequestType;

/**
 * Defines what Hawtio and other Jolokia clients can reach: only the MBeans, operations and attributes listed here,
 * because most of what Camel and the JVM offer besides can reveal a secret, run an expression or touch a file.
 * Nothing can be written. Requests must be POST, because a mere link could send a GET. Named in application.yaml;
 * Jolokia creates it.
 */
public class JolokiaRestrictor implements Restrictor {

    static final String CAMEL = "org.apache.camel";

    /**
     * The MBeans that are shown, by kind, with their operations: {@code name} with any arguments, {@code name()} only
     * without. The dumps of routes that take arguments can reveal the values of placeholders.
     */
    private static final Map<String, Set<String>> OPERATIONS =
            """
            org.apache.camel:clusterservices
            org.apache.camel:components
            org.apache.camel:consumers
            org.apache.camel:context start stop suspend resume restart startAllRoutes reset componentNames dataFormatNames \
                languageNames routeIds routeGroups dumpRestsAsXml() dumpRoutesAsXml() dumpRoutesAsYaml() \
                dumpRouteStatsAsJSon dumpRoutesStatsAsXml dumpStatsAsJSon dumpStatsAsXml dumpStepStatsAsXml
            org.apache.camel:dataformats
            org.apache.camel:endpoints
            org.apache.camel:health
            org.apache.camel:processors reset dumpStatsAsJSon dumpStatsAsXml
            org.apache.camel:producers
            org.apache.camel:routegroups start stop
            org.apache.camel:routes start stop stopAndFail suspend resume restart reset processorIds isUpdateRouteEnabled \
                dumpRouteAsXml() dumpRouteAsYaml() dumpRouteSourceLocationsAsXml dumpRouteStatsAsJSon \
                dumpRouteStatsAsXml dumpStatsAsJSon dumpStatsAsXml dumpStepStatsAsXml
            org.apache.camel:services browse size endpointStatistics hasTypeConverter listRestServices resetStatistics \
                resetTypeConversionCounters routeStatus
            org.apache.camel:steps reset dumpStatsAsJSon dumpStatsAsXml
            org.apache.camel:threadpools
            hawtio:About
            java.lang:ClassLoading
            java.lang:Compilation
            java.lang:GarbageCollector
            java.lang:Memory gc
            java.lang:MemoryManager
            java.lang:MemoryPool
            java.lang:OperatingSystem
            java.lang:Runtime
            java.lang:Threading dumpAllThreads findDeadlockedThreads findMonitorDeadlockedThreads getThreadInfo
            java.nio:BufferPool"""
                    .lines()
                    .map(line -> line.split("\\s+"))
                    .collect(Collectors.toMap(words -> words[0], Set::of));

    /** Types of attributes that cannot hold a secret. */
    private static final Set<String> FIGURES = Set.of(
            """
            boolean double float int long java.lang.Boolean java.lang.Double java.lang.Float java.lang.Integer \
            java.lang.Long java.util.Date [J"""
                    .split(" "));

    /**
     * Other attributes that may be read. In addresses Camel hides passwords and parameters whose names say that they are
     * secret; expressions have their placeholders, not the values of these.
     */
    private static final Set<String> TEXTS = Set.of(
            """
            AutoStartup CamelDescription CamelId CamelManagementName CamelVersion ComponentName Description Destination \
            EndpointBaseUri EndpointUri Expression ExpressionLanguage Group GroupIds Id Load01 Load05 Load15 ManagementName \
            ManagementStatisticsLevel ModelLabel Note Predicate PredicateLanguage ProcessorId ProcessorName Profile \
            RouteConfigurationId RouteGroup RouteId ServiceType SourceId SourceLocation SourceLocationShort State StepId \
            Stream ThreadPoolProfileId Throughput TimeUnit Uptime Uri \
            Arch CollectionUsage HawtioVersion HeapMemoryUsage LastGcInfo MemoryManagerNames MemoryPoolNames Name \
            NonHeapMemoryUsage PeakUsage Usage Version VmName VmVendor VmVersion"""
                    .split(" "));

    @Override
    public boolean isHttpMethodAllowed(HttpMethod method) {
        return method == HttpMethod.POST;
    }

    @Override
    public boolean isTypeAllowed(RequestType type) {
        return type != RequestType.NOTIFICATION;
    }

    @Override
    public boolean isAttributeReadAllowed(ObjectName bean, String attribute) {
        return isOpen(bean) && (TEXTS.contains(attribute) || isFigure(bean, attribute));
    }

    @Override
    public boolean isAttributeWriteAllowed(ObjectName bean, String attribute) {
        return false;
    }

    @Override
    public boolean isOperationAllowed(ObjectName bean, String operation) {
        Set<String> allowed = OPERATIONS.getOrDefault(kind(bean), Set.of());
        return allowed.contains(operation) || allowed.contains(operation.replaceFirst("\\(.*", ""));
    }

    @Override
    public boolean isRemoteAccessAllowed(String... hostOrAddress) {
        return true;
    }

    @Override
    public boolean isOriginAllowed(String origin, boolean onlyWhenStrictCheckingIsEnabled) {
        // BrowserGuard has checked the origin already
        return true;
    }

    @Override
    public boolean isObjectNameHidden(ObjectName bean) {
        return !isOpen(bean);
    }

    private static boolean isOpen(ObjectName bean) {
        return OPERATIONS.containsKey(kind(bean));
    }

    private static String kind(ObjectName bean) {
        return bean.getDomain() + ":" + bean.getKeyProperty("type");
    }

    private static boolean isFigure(ObjectName bean, String attribute) {
        try {
            return Arrays.stream(ManagementFactory.getPlatformMBeanServer()
                            .getMBeanInfo(bean)
                            .getAttributes())
                    .anyMatch(each -> each.getName().equals(attribute) && FIGURES.contains(each.getType()));
        } catch (JMException e) {
            return false;
        }
    }
}
