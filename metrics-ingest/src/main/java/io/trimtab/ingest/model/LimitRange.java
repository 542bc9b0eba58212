package io.trimtab.ingest.model;

/**
 * What we keep of a LimitRange: what it says of containers. Answers: which requests would the API server refuse, and which does it fill in?
 *
 * @param min of each request; {@code max} of each limit
 * @param defaultRequest of containers that have none; {@code defaultLimit} likewise
 */
public record LimitRange(
        String namespace,
        String name,
        CpuAndMemory min,
        CpuAndMemory max,
        CpuAndMemory defaultRequest,
        CpuAndMemory defaultLimit) {}
