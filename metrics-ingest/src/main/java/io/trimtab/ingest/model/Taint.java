package io.trimtab.ingest.model;

/** What keeps pods off a node unless they tolerate it; one that merely discourages is not kept. */
public record Taint(String key, String value, Effect effect) {
    /** What becomes of pods that do not tolerate it. */
    public enum Effect {
        NO_SCHEDULE,
        NO_EXECUTE
    }
}
