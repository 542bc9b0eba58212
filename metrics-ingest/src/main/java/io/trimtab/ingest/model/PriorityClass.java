package io.trimtab.ingest.model;

/**
 * What we keep of a PriorityClass. Answers: which pods go first when there is too little room?
 *
 * @param value higher goes before lower
 * @param preempts whether its pods may push others out
 */
public record PriorityClass(String name, int value, boolean preempts) {}
