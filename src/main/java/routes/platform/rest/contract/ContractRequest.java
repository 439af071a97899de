package routes.platform.rest.contract;

import org.jspecify.annotations.Nullable;

/**
 * An HTTP request as a contract sees it.
 *
 * @param method upper case
 * @param path with the contract's base path or without it
 * @param query undecoded, without its question mark
 * @param contentType type of the body
 * @param accept what the client reads
 * @param body null when there is none
 */
record ContractRequest(
        String method,
        String path,
        @Nullable String query,
        @Nullable String contentType,
        @Nullable String accept,
        byte @Nullable [] body) {}
