package io.trimtab.ingest.model;

import java.util.Map;

/** A namespace and what its annotations say of all that runs in it. */
public record Namespace(String name, Map<String, String> annotations) {
    public Namespace {
        annotations = Map.copyOf(annotations);
    }
}
