package io.trimtab.ingest.remotewrite;

/** Is told the labels of a series, one after the other, by where they lie. */
interface LabelReader {
    /** Whether more labels could matter; if not, {@link #passedOver} suffices for them. */
    boolean isOpen();

    /** Counts a label that was not looked at. */
    void passedOver();

    /** Notes a label of more bytes than its name and value may have together. */
    void tooLong();

    /** Takes the next label. */
    void label(int nameStart, int nameEnd, long nameHash, int valueStart, int valueEnd, long valueHash);
}
