package routes.platform.schema;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes transactions. Boot's own auto-configuration also searches every bean for annotations of transactions. */
@Configuration(proxyBeanMethods = false)
class TransactionConfiguration {

    @Bean
    TransactionOperations transactions(PlatformTransactionManager manager) {
        return new TransactionTemplate(manager);
    }
}
