package routes.platform.redis;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import routes.component.redisstream.RedisStreamComponent;

/** Under this bean name Camel finds the component of the scheme {@code redis-stream}. */
@Configuration
class RedisStreams {

    @Bean("redis-stream-component")
    RedisStreamComponent redisStreamComponent(@Value("${spring.data.redis.url:}") String url) {
        RedisStreamComponent component = new RedisStreamComponent();
        component.getConfiguration().setRedisUrl(url);
        return component;
    }
}
