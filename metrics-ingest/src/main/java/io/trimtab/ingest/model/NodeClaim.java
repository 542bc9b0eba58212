package io.trimtab.ingest.model;

/**
 * What we keep of a Karpenter NodeClaim. Answers: which nodes are on their way?
 *
 * @param pool that it is of; empty where nothing tells
 * @param node that came of it; empty until there is one
 */
public record NodeClaim(String name, String pool, String node) {}
