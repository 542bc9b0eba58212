package io.trimtab.ingest.remotewrite;

/** The bytes are not what the content type says. */
final class MalformedException extends Exception {
    /** @param at bytes after the beginning of what was compressed */
    MalformedException(String what, int at) {
        super("%s, at byte %d".formatted(what, at));
    }
}
