package io.trimtab.ingest.remotewrite;

import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.pushed.IncomingSeries;
import io.trimtab.ingest.pushed.PushedMetric;
import io.trimtab.ingest.pushed.PushedSeries;
import io.trimtab.ingest.pushed.SampleFate;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The series that is being decoded: told label by label and sample by sample what it is, it knows as early as can be whether anything wants it. */
final class DecodedSeries implements IncomingSeries, LabelReader {
    /** @see "Mimir's limits: 1,024 bytes for a name; its 2,048 for a value are doubled here, since cAdvisor's id can be long" */
    static final int LONGEST_NAME = 1024;

    static final int LONGEST_VALUE = 4096;
    static final int MOST_LABELS = 64;

    /** Of one series in one request: as many as VictoriaMetrics' agent puts into a whole one, and more than are kept. 2 bytes can stand for a sample of 16. */
    static final int MOST_SAMPLES = 10_000;

    /** @see "RFC 1123, as Kubernetes applies it to names" */
    private static final int LONGEST_KUBERNETES_NAME = 253;

    private static final byte[] NAME = "__name__".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PAUSE = "POD".getBytes(StandardCharsets.US_ASCII);

    /** Of the labels that name a container: namespace, pod and container. */
    private static final int PARTS = 3;

    private final byte[] bytes;
    private final Fingerprints fingerprints;
    private final Sending sending;

    private SampleFate fate = SampleFate.KEPT;
    private int metric = -1;
    private Recognised.@Nullable Labels recognised;
    private @Nullable Names names;
    private int namesFrom;
    private int namesTo;
    private int labels;
    private int nameFrom;
    private int nameTo;
    private long high;
    private long low;
    private boolean filtered;

    /** Where the value of each label of the wanted name begins and ends. */
    private final int[] found = new int[2 * WantedName.mostLabels()];

    private long[] atMillis = new long[4];
    private double[] amounts = new double[4];
    private int size;

    /** Reads the labels that lie between two offsets into a series. */
    interface Names {
        void readInto(DecodedSeries series, int from, int to);
    }

    /** @param bytes in which all offsets are */
    DecodedSeries(byte[] bytes, Fingerprints fingerprints, Sending sending) {
        this.bytes = bytes;
        this.fingerprints = fingerprints;
        this.sending = sending;
    }

    void begin() {
        size = 0;
        forgetLabels();
    }

    private void forgetLabels() {
        if (sending.isDropped()) fate = SampleFate.DEDUPLICATED;
        else fate = size > MOST_SAMPLES ? SampleFate.TOO_MANY_SAMPLES : SampleFate.KEPT;
        metric = -1;
        recognised = null;
        names = null;
        labels = 0;
        nameFrom = 0;
        nameTo = 0;
        high = 0;
        low = 0;
        filtered = false;
        Arrays.fill(found, 0);
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
    void recognise(Recognised.Labels as, int namesFrom, int namesTo, Names names) {
        metric = as.metric();
        high = as.high();
        low = as.low();
        recognised = as;
        this.names = names;
        this.namesFrom = namesFrom;
        this.namesTo = namesTo;
    }

    @Override
    public boolean isOpen() {
        return fate == SampleFate.KEPT;
    }

    /** What {@link #recognise} would need to know of it. */
    Recognised.Labels recognisable(long rawHigh, long rawLow, PushedSeries keptIn) {
        return new Recognised.Labels(rawHigh, rawLow, metric, high, low, keptIn);
    }

    /** Where its samples went before; null when it is not recognised. */
    @Nullable
    PushedSeries keptIn() {
        return recognised == null ? null : recognised.keptIn();
    }

    /** Reads the labels after all. */
    void readNames() {
        Names reader = names;
        if (reader == null) return;
        forgetLabels();
        reader.readInto(this, namesFrom, namesTo);
    }

    @Override
    public void passedOver() {
        if (++labels > MOST_LABELS) refuse(SampleFate.TOO_MANY_LABELS);
    }

    @Override
    public void tooLong() {
        refuse(SampleFate.LABEL_TOO_LONG);
    }

    @Override
    public void label(int nameStart, int nameEnd, long nameHash, int valueStart, int valueEnd, long valueHash) {
        passedOver();
        if (nameEnd - nameStart > LONGEST_NAME || valueEnd - valueStart > LONGEST_VALUE) tooLong();
        boolean ascending =
                nameEnd > nameStart && Arrays.compareUnsigned(bytes, nameFrom, nameTo, bytes, nameStart, nameEnd) < 0;
        if (!ascending) refuse(SampleFate.LABELS_UNORDERED);
        if (!isOpen()) return;
        nameFrom = nameStart;
        nameTo = nameEnd;
        if (sending.isElected() && sending.isReplicaLabel(nameStart, nameEnd)) return;
        high = fingerprints.high(fingerprints.high(high, nameHash), valueHash);
        low = fingerprints.low(fingerprints.low(low, nameHash), valueHash);
        if (metric >= 0) wanted(WantedName.at(metric), nameStart, nameEnd, valueStart, valueEnd);
        else if (is(NAME, nameStart, nameEnd)) name(valueStart, valueEnd);
    }

    /** Looks whether a label of a wanted series is needed; those that are stand after the name in the order of labels. */
    private void wanted(WantedName as, int nameStart, int nameEnd, int valueStart, int valueEnd) {
        for (int i = 0; i < as.labels.length; i++) {
            if (!is(as.labels[i], nameStart, nameEnd)) continue;
            found[2 * i] = valueStart;
            found[2 * i + 1] = valueEnd;
        }
        if (as.filter.length > 0 && is(as.filter, nameStart, nameEnd))
            filtered = as.filterValue.length == 0 ? valueEnd > valueStart : is(as.filterValue, valueStart, valueEnd);
    }

    void sample(long at, double amount) {
        if (isOpen() && size == MOST_SAMPLES) refuse(SampleFate.TOO_MANY_SAMPLES);
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
        if (sending.isDropped()) return SampleFate.DEDUPLICATED;
        if (!isOpen() || names != null) return fate;
        if (metric < 0) return SampleFate.UNNAMED_SERIES;
        WantedName as = WantedName.at(metric);
        int labels = labelsOfContainer(as);
        boolean counts = as.filter.length == 0 || filtered == (as.filterValue.length > 0);
        if (labels < 0 || !counts) return SampleFate.IGNORED;
        boolean tooLong =
                Math.max(length(labels), Math.max(length(labels + 1), length(labels + 2))) > LONGEST_KUBERNETES_NAME;
        return tooLong ? SampleFate.LABEL_TOO_LONG : SampleFate.KEPT;
    }

    /** The first of the three labels that name the container: of the likeliest producer whose labels are all there; -1 if there is none. */
    private int labelsOfContainer(WantedName as) {
        for (int first = as.labels.length - PARTS; first >= 0; first -= PARTS) {
            int container = first + 2;
            boolean whole = length(first) > 0 && length(first + 1) > 0 && length(container) > 0;
            if (whole && !is(PAUSE, found[2 * container], found[2 * container + 1])) return first;
        }
        return -1;
    }

    private void name(int from, int to) {
        metric = WantedName.find(bytes, from, to);
        if (metric < 0) fate = SampleFate.IGNORED;
    }

    private void refuse(SampleFate why) {
        if (!fate.isRefusal()) fate = why;
    }

    private boolean is(byte[] wanted, int from, int to) {
        return wanted.length == to - from && Arrays.equals(wanted, 0, wanted.length, bytes, from, to);
    }

    private int length(int label) {
        return found[2 * label + 1] - found[2 * label];
    }

    private String text(int label) {
        return new String(bytes, found[2 * label], length(label), StandardCharsets.UTF_8);
    }

    @Override
    public PushedMetric metric() {
        return WantedName.at(metric).means;
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
    public long term() {
        return sending.term();
    }

    @Override
    public ContainerId container() {
        readNames();
        int labels = labelsOfContainer(WantedName.at(metric));
        return new ContainerId(new PodId(text(labels), text(labels + 1)), text(labels + 2));
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
