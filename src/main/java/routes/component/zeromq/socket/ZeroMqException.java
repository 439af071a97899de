package routes.component.zeromq.socket;

import org.apache.camel.RuntimeCamelException;

/** A message was not accepted or not answered. The message names the address and how long was waited. */
public class ZeroMqException extends RuntimeCamelException {

    ZeroMqException(String message) {
        super(message);
    }

    ZeroMqException(String message, Throwable cause) {
        super(message, cause);
    }
}
