package io.trimtab.ingest.pushed;

/** What became of a sample; {@code words} explain a refusal to its sender. */
public enum SampleFate {
    KEPT(""),
    /** Of a series that nothing here needs. */
    IGNORED(""),
    /** Of a replica while another one of the same senders is listened to. */
    DEDUPLICATED(""),
    FUTURE("more than 10 min ahead of Trimtab's clock; check the clocks"),
    TOO_OLD("older than 90 min; the sender lags, or its clock does"),
    NOT_FINITE("NaN or infinite"),
    NEGATIVE("below 0, where the metric cannot be"),
    CONFLICTING("another value for a moment that has one; two senders without labels that tell them apart?"),
    SERIES_LIMIT("of a new series while as many as fit are being written; give Trimtab more memory or send less"),
    UNNAMED_SERIES("of a series without a metric name"),
    WRONG_KIND("of a metric whose kind does not fit its name; send a gauge or a cumulative sum, or of a counter a delta"
            + " sum"),
    TOO_MANY_LABELS("of a series with more than 64 labels, or 256 attributes"),
    LABEL_TOO_LONG("of a series with a label name over 1 KiB, a value over 4 KiB, or a Kubernetes name over 253 bytes"),
    TOO_MANY_SAMPLES("of a series with more than 10,000 samples in one request; send fewer at once"),
    LABELS_UNORDERED("of a series whose labels are out of order, come twice or have no name");

    private final String words;

    SampleFate(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    public boolean isRefusal() {
        return this != KEPT && this != IGNORED && this != DEDUPLICATED;
    }
}
