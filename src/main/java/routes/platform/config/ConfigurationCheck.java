package routes.platform.config;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.bind.validation.ValidationBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.validation.MessageInterpolatorFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.convert.support.GenericConversionService;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.validation.FieldError;
import org.springframework.validation.beanvalidation.SpringValidatorAdapter;
import org.springframework.web.context.ConfigurableWebApplicationContext;
import routes.platform.ConfigurationException;

/**
 * Finds every fault of the configuration before anything is started, and reports them all together: values that
 * cannot be read, broken rules, folders that cannot be used, and ports that are taken or configured twice. It binds
 * all records of properties once more for this, since Spring itself would end the start at the first faulty bean.
 */
class ConfigurationCheck implements ApplicationContextInitializer<GenericApplicationContext>, Ordered {

    static final String ACTION = "Correct the configuration. All keys, with units and defaults, are printed by"
            + " \"java -jar caravan.jar config --defaults\"; see also docs/configuration.md.";

    @Override
    public void initialize(GenericApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        Set<String> faults = new TreeSet<>();
        Map<String, Class<?>> records =
                new TreeMap<>(KnownKeys.ofThisApplication().records());
        if (context instanceof ConfigurableWebApplicationContext) {
            records.put("server", ServerProperties.class);
        }
        try (ValidatorFactory validation = Validation.byDefaultProvider()
                .configure()
                .messageInterpolator(new MessageInterpolatorFactory().getObject())
                .buildValidatorFactory()) {
            SpringValidatorAdapter validator = new SpringValidatorAdapter(validation.getValidator());
            Binder binder = binder(environment);
            FaultTexts texts = new FaultTexts(environment);
            records.forEach((prefix, type) -> bind(binder, validator, texts, prefix, type, faults));
        }
        if (faults.isEmpty()) {
            faults.addAll(faultsOfPorts(context));
        }
        if (!faults.isEmpty()) {
            throw new ConfigurationException(String.join(System.lineSeparator(), faults), ACTION);
        }
    }

    private static Binder binder(ConfigurableEnvironment environment) {
        GenericConversionService ours = new GenericConversionService();
        ours.addConverter(new ClockDurationConverter());
        return new Binder(
                ConfigurationPropertySources.get(environment),
                new PropertySourcesPlaceholdersResolver(environment),
                List.of(ours, ApplicationConversionService.getSharedInstance()),
                null,
                null,
                null);
    }

    private static void bind(
            Binder binder,
            SpringValidatorAdapter validator,
            FaultTexts texts,
            String prefix,
            Class<?> type,
            Set<String> faults) {
        Collector collector = new Collector(texts, faults);
        try {
            Object properties = binder.bindOrCreate(
                    prefix, Bindable.of(type), new ValidationBindHandler(new JsonLists().apply(collector), validator));
            if (properties instanceof SelfChecking checking && collector.failed.isEmpty()) {
                faults.addAll(checking.faults());
            }
        } catch (BindException e) {
            if (e.getCause() instanceof BindValidationException invalid) {
                invalid.getValidationErrors().getAllErrors().stream()
                        .filter(error -> !(error instanceof FieldError field)
                                || !collector.hasFailed(
                                        invalid.getValidationErrors().getName(), field.getField()))
                        .forEach(error -> faults.add(FaultTexts.broken(invalid.getValidationErrors(), error)));
            } else if (faults.isEmpty()) {
                throw e;
            }
        }
    }

    /** Continues after a value that cannot be read as if it were not set. */
    private static final class Collector extends AbstractBindHandler {

        private final FaultTexts texts;
        private final Set<String> faults;
        private final Set<ConfigurationPropertyName> failed = new HashSet<>();

        Collector(FaultTexts texts, Set<String> faults) {
            super(BindHandler.DEFAULT);
            this.texts = texts;
            this.faults = faults;
        }

        @Override
        public Object onSuccess(
                ConfigurationPropertyName name, Bindable<?> target, BindContext context, Object result) {
            if (result instanceof Duration duration && duration.isNegative()) {
                throw new IllegalArgumentException("must not be negative");
            }
            return result;
        }

        @Override
        public @Nullable Object onFailure(
                ConfigurationPropertyName name, Bindable<?> target, BindContext context, Exception error)
                throws Exception {
            if (error instanceof BindValidationException) {
                throw error;
            }
            if (failed.stream().noneMatch(name::isAncestorOf)) {
                faults.add(texts.unreadable(
                        name, target.getType().resolve(Object.class), context.getConfigurationProperty(), error));
            }
            failed.add(name);
            return null;
        }

        /** A value that is missing because it could not be read does not break further rules. */
        boolean hasFailed(ConfigurationPropertyName record, String field) {
            ConfigurationPropertyName name = record.append(ConfigurationPropertyName.adapt(field, '.'));
            return failed.stream().anyMatch(wrong -> wrong.equals(name) || name.isAncestorOf(wrong));
        }
    }

    private static Set<String> faultsOfPorts(GenericApplicationContext context) {
        Map<String, InetSocketAddress> wanted = new TreeMap<>();
        if (context instanceof ConfigurableWebApplicationContext) {
            wanted.putAll(ofHttp(context.getEnvironment()));
        }
        SpringFactoriesLoader.forDefaultResourceLocation()
                .load(Listeners.class)
                .forEach(part -> wanted.putAll(part.listeners(context.getEnvironment())));
        Set<String> faults = new TreeSet<>();
        Map<Integer, String> taken = new HashMap<>();
        wanted.forEach((key, address) -> {
            String other = address.getPort() == 0 ? null : taken.putIfAbsent(address.getPort(), key);
            if (other != null) {
                faults.add("%s = %d: %s has the same port".formatted(key, address.getPort(), other));
            } else if (!isFree(address)) {
                faults.add(
                        "%s = %d: the port is taken by another program, perhaps another Caravan; 0 takes any free one"
                                .formatted(key, address.getPort()));
            }
        });
        return faults;
    }

    private static Map<String, InetSocketAddress> ofHttp(ConfigurableEnvironment environment) {
        Binder binder = Binder.get(environment);
        Map<String, InetSocketAddress> listeners = new HashMap<>();
        for (String prefix : List.of("server", "management.server")) {
            Integer port = binder.bind(prefix + ".port", Integer.class).orElse(null);
            if (port != null && port >= 0) {
                InetAddress host =
                        binder.bind(prefix + ".address", InetAddress.class).orElse(null);
                listeners.put(
                        prefix + ".port",
                        host == null ? new InetSocketAddress(port) : new InetSocketAddress(host, port));
            }
        }
        if (Objects.equals(listeners.get("server.port"), listeners.get("management.server.port"))) {
            listeners.remove("management.server.port");
        }
        return listeners;
    }

    private static boolean isFree(InetSocketAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address, 1);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /** Runs after the initializers that add properties, as tests have them, and before the local servers start. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE - 1;
    }
}
