package io.trimtab.ingest.promql;

/**
 * What the store is asked.
 *
 * @param labels that say whose the series of the answer are
 */
record Query(String promQl, Labels labels) {}
