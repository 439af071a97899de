package routes.platform.attention;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the sources of all workflows together. */
@Configuration(proxyBeanMethods = false)
class AttentionConfiguration {

    @Bean
    AttentionList attentionList(ObjectProvider<AttentionSource> sources) {
        return new AttentionList(sources.orderedStream().toList());
    }

    @Bean
    AttentionRoutes attentionRoutes(AttentionList list) {
        return new AttentionRoutes(list);
    }
}
