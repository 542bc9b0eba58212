package io.trimtab.ingest.model;

/**
 * What we keep of a ResourceQuota: sums over the pods of its namespace. Answers: how much more may this namespace request?
 *
 * @param requests at most; {@code requestsUsed} of them now; limits likewise
 */
public record ResourceQuota(
        String namespace,
        String name,
        CpuAndMemory requests,
        CpuAndMemory requestsUsed,
        CpuAndMemory limits,
        CpuAndMemory limitsUsed) {}
