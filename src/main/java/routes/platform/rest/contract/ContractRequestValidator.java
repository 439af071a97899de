package routes.platform.rest.contract;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

import io.swagger.v3.oas.models.OpenAPI;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.RestClientRequestValidator;
import org.apache.camel.support.ExchangeHelper;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import routes.platform.rest.problem.Problem;
import routes.platform.rest.problem.ProblemReply;
import routes.platform.rest.problem.Problems;

/**
 * Lets only requests pass that conform to their contract, and passes their parameters to the route as headers of the
 * contract's types. Camel finds it in the registry and then does not use its own validators, whose answers are plain
 * text.
 *
 * <p>A declared parameter comes from the path or the query only: a request header of the same name cannot stand in
 * for it. The header {@code Content-Type} holds the media type of the answer the client prefers, unless the operation
 * has a body.
 */
@Component
class ContractRequestValidator implements RestClientRequestValidator {

    /** Compared by identity: comparing two contracts would walk through all of both. */
    private final Map<OpenAPI, Contract> contracts = Collections.synchronizedMap(new IdentityHashMap<>());

    private final ProblemReply problemReply;
    private final Problems problems;

    ContractRequestValidator(ProblemReply problemReply, Problems problems) {
        this.problemReply = problemReply;
        this.problems = problems;
    }

    @Override
    public @Nullable ValidationError validate(Exchange exchange, ValidationContext context) {
        Message message = exchange.getMessage();
        try {
            Optional<Contract.Checked> checked = contractOf(exchange).check(requestOf(message));
            Optional<Problem> refusal = checked.flatMap(Contract.Checked::refusal);
            if (refusal.isPresent()) {
                return refuse(refusal.get(), message);
            }
            checked.ifPresent(accepted -> hand(accepted, message));
            return null;
        } catch (RuntimeException e) {
            return refuse(problems.of(e, "The check of a request"), message);
        }
    }

    private Contract contractOf(Exchange exchange) {
        OpenAPI api = exchange.getProperty(Exchange.REST_OPENAPI, OpenAPI.class);
        return contracts.computeIfAbsent(api, Contract::new);
    }

    private static ContractRequest requestOf(Message message) {
        byte[] body = message.getBody(byte[].class);
        return new ContractRequest(
                message.getHeader(Exchange.HTTP_METHOD, String.class),
                message.getHeader(Exchange.HTTP_PATH, String.class),
                message.getHeader(Exchange.HTTP_QUERY, String.class),
                ExchangeHelper.getContentType(message.getExchange()),
                message.getHeader("Accept", String.class),
                body == null || body.length == 0 ? null : body);
    }

    private static void hand(Contract.Checked accepted, Message message) {
        accepted.declared().forEach(message::removeHeader);
        accepted.values().forEach(message::setHeader);
        // The route gets exactly the text that was checked.
        message.setBody(accepted.body().orElse(null));
        accepted.answerType().ifPresent(type -> message.setHeader(Exchange.CONTENT_TYPE, type));
    }

    private ValidationError refuse(Problem problem, Message message) {
        String body = problemReply.write(problem, message);
        return new ValidationError(message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class), body);
    }
}
