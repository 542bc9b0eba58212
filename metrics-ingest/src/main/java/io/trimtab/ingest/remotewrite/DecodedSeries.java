package io.trimtab.ingest.remotewrite;

import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.pushed.IncomingSeries;
import io.trimtab.ingest.pushed.PushedMetric;
import io.trimtab.ingest.pushed.SampleFate;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The series that is being decoded: told label by label and sample by sample what it is, it knows as early as can be whether anything wants it. */
final class DecodedSeries implements IncomingSeries {
    /** @see "Mimir's limits: 1,024 bytes for a name; its 2,048 for a value are doubled here, since cAdvisor's id can be long" */
    static final int LONGEST_NAME = 1024;

    static final int LONGEST_VALUE = 4096;
    static final int MOST_LABELS = 64;

    /** @see "RFC 1123, as Kubernetes applies it to names" */
    private static final int LONGEST_KUBERNETES_NAME = 253;

    private static final byte[] NAME = ascii("__name__");
    private static final byte[] NAMESPACE = ascii("namespace");
    private static final byte[] POD = ascii("pod");
    private static final byte[] CONTAINER = ascii("container");
    private static final byte[] PAUSE = ascii("POD");
    private static final PushedMetric[] METRICS = PushedMetric.values();
    private static final byte[][] METRIC_NAMES = each(PushedMetric::metricName);
    private static final byte[][] FILTERS = each(PushedMetric::label);
    private static final byte[][] FILTER_VALUES = each(PushedMetric::labelValue);

    private final byte[] bytes;
    private final Fingerprints fingerprints;

    private SampleFate fate = SampleFate.KEPT;
    private int metric = -1;
    private @Nullable Names names;
    private int labels;
    private int nameFrom;
    private int nameTo;
    private long high;
    private long low;
    private boolean filtered;
    private final int[] namespace = new int[2];
    private final int[] pod = new int[2];
    private final int[] container = new int[2];
    private long[] atMillis = new long[4];
    private double[] amounts = new double[4];
    private int size;

    /** Reads the labels of a series into it. */
    interface Names {
        void readInto(DecodedSeries series);
    }

    /** @param bytes in which all offsets are */
    DecodedSeries(byte[] bytes, Fingerprints fingerprints) {
        this.bytes = bytes;
        this.fingerprints = fingerprints;
    }

    void begin() {
        size = 0;
        forgetLabels();
    }

    private void forgetLabels() {
        fate = SampleFate.KEPT;
        metric = -1;
        names = null;
        labels = 0;
        nameFrom = 0;
        nameTo = 0;
        high = 0;
        low = 0;
        filtered = false;
        Arrays.fill(namespace, 0);
        Arrays.fill(pod, 0);
        Arrays.fill(container, 0);
    }

    /** Whether it has a name that is wanted. */
    boolean isWanted() {
        return metric >= 0 && isOpen();
    }

    /**
     * Takes what its labels came to before in place of the labels.
     *
     * @param names reads them after all, when they are asked for
     */
    void recognise(Recognised.Labels as, Names names) {
        metric = as.metric();
        high = as.high();
        low = as.low();
        this.names = names;
    }

    /** Whether more labels could matter; if not, {@link #passedOver} suffices for them. */
    boolean isOpen() {
        return fate == SampleFate.KEPT;
    }

    /** What {@link #recognise} would need to know of it. */
    Recognised.Labels recognisable(long rawHigh, long rawLow) {
        return new Recognised.Labels(rawHigh, rawLow, metric, high, low);
    }

    boolean isRecognised() {
        return names != null;
    }

    /** Reads the labels after all. */
    void readNames() {
        Names reader = names;
        if (reader == null) return;
        forgetLabels();
        reader.readInto(this);
    }

    /** Counts a label that was not looked at. */
    void passedOver() {
        if (++labels > MOST_LABELS) refuse(SampleFate.TOO_MANY_LABELS);
    }

    /** Notes a label of more bytes than its name and value may have together. */
    void tooLong() {
        refuse(SampleFate.LABEL_TOO_LONG);
    }

    /** Takes the next label. */
    void label(int nameStart, int nameEnd, long nameHash, int valueStart, int valueEnd, long valueHash) {
        passedOver();
        if (nameEnd - nameStart > LONGEST_NAME || valueEnd - valueStart > LONGEST_VALUE) tooLong();
        boolean ascending =
                nameEnd > nameStart && Arrays.compareUnsigned(bytes, nameFrom, nameTo, bytes, nameStart, nameEnd) < 0;
        if (!ascending) refuse(SampleFate.LABELS_UNORDERED);
        if (!isOpen()) return;
        nameFrom = nameStart;
        nameTo = nameEnd;
        high = fingerprints.high(fingerprints.high(high, nameHash), valueHash);
        low = fingerprints.low(fingerprints.low(low, nameHash), valueHash);
        switch (nameEnd - nameStart) {
            case 3 -> set(pod, is(POD, nameStart, nameEnd), valueStart, valueEnd);
            case 9 -> {
                set(namespace, is(NAMESPACE, nameStart, nameEnd), valueStart, valueEnd);
                set(container, is(CONTAINER, nameStart, nameEnd), valueStart, valueEnd);
            }
            case 8 -> {
                if (is(NAME, nameStart, nameEnd)) name(valueStart, valueEnd);
            }
            default -> {}
        }
        if (metric >= 0 && is(FILTERS[metric], nameStart, nameEnd))
            filtered = is(FILTER_VALUES[metric], valueStart, valueEnd);
    }

    void sample(long at, double amount) {
        if (isOpen()) {
            if (size == atMillis.length) {
                atMillis = Arrays.copyOf(atMillis, 2 * size);
                amounts = Arrays.copyOf(amounts, 2 * size);
            }
            atMillis[size] = at;
            amounts[size] = amount;
        }
        size++;
    }

    /** After the last label and sample: kept means that it is to be written, anything else is the fate of its samples. */
    SampleFate end() {
        if (!isOpen() || names != null) return fate;
        if (metric < 0) return SampleFate.UNNAMED_SERIES;
        boolean ofContainer =
                !isEmpty(namespace) && !isEmpty(pod) && !isEmpty(container) && !is(PAUSE, container[0], container[1]);
        if (!ofContainer || (FILTERS[metric].length > 0 && !filtered)) return SampleFate.IGNORED;
        boolean tooLong =
                Math.max(length(namespace), Math.max(length(pod), length(container))) > LONGEST_KUBERNETES_NAME;
        return tooLong ? SampleFate.LABEL_TOO_LONG : SampleFate.KEPT;
    }

    private void name(int from, int to) {
        for (int i = 0; i < METRIC_NAMES.length; i++) if (is(METRIC_NAMES[i], from, to)) metric = i;
        if (metric < 0) fate = SampleFate.IGNORED;
    }

    private void refuse(SampleFate why) {
        if (!fate.isRefusal()) fate = why;
    }

    private boolean is(byte[] wanted, int from, int to) {
        return wanted.length == to - from && Arrays.equals(wanted, 0, wanted.length, bytes, from, to);
    }

    private static void set(int[] range, boolean matches, int from, int to) {
        if (!matches) return;
        range[0] = from;
        range[1] = to;
    }

    private static boolean isEmpty(int[] range) {
        return range[0] == range[1];
    }

    private static int length(int[] range) {
        return range[1] - range[0];
    }

    private String text(int[] range) {
        return new String(bytes, range[0], length(range), StandardCharsets.UTF_8);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[][] each(Function<PushedMetric, String> text) {
        return Arrays.stream(METRICS).map(text.andThen(DecodedSeries::ascii)).toArray(byte[][]::new);
    }

    @Override
    public PushedMetric metric() {
        return METRICS[metric];
    }

    @Override
    public long highFingerprint() {
        return high;
    }

    @Override
    public long lowFingerprint() {
        return low;
    }

    @Override
    public ContainerId container() {
        readNames();
        return new ContainerId(new PodId(text(namespace), text(pod)), text(container));
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public long atMillis(int index) {
        return atMillis[index];
    }

    @Override
    public double amount(int index) {
        return amounts[index];
    }
}
