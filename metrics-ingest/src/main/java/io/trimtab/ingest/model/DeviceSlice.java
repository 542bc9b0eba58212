package io.trimtab.ingest.model;

/**
 * What we keep of a ResourceSlice (dynamic resource allocation). Answers: which devices does a node have that are no extended resource?
 *
 * @param pool whose slices belong together; one of an older generation is out of date
 * @param node empty for devices that several nodes can use
 * @param devices how many it lists
 */
public record DeviceSlice(String name, String driver, String pool, long generation, String node, int devices) {}
