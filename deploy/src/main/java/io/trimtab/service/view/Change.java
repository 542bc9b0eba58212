package io.trimtab.service.view;

/**
 * One value before and after, as Kubernetes writes it; the same twice when it stays.
 *
 * @param what such as {@code cpu request}, {@code memory request}, {@code memory limit}, {@code replicas}
 * @param from {@code none} when it was not set
 * @param to {@code none} when it is to be removed
 */
public record Change(String what, String from, String to) {}
