package io.trimtab.ingest.fuzz;

import java.util.List;

/** What reads bytes that anybody may send: whatever they are, it must answer, and neither throw nor take long. */
public interface FuzzTarget {
    /** Inputs to begin with: good ones, and those that once led to a fault. */
    List<byte[]> seeds();

    /** Reads the input and checks what can be said of any answer. */
    void run(byte[] input) throws Exception;
}
