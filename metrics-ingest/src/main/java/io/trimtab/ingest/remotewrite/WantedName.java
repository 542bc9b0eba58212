package io.trimtab.ingest.remotewrite;

import io.trimtab.ingest.pushed.PushedMetric;
import io.trimtab.ingest.vocabulary.LabelFilter;
import io.trimtab.ingest.vocabulary.MetricName;
import io.trimtab.ingest.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A name of the vocabulary as bytes, so that a series is compared with it where it lies. */
final class WantedName {
    private static final WantedName[] ALL = all();
    private static final WantedName[][] BY_LENGTH = byLength();

    /** Its place among all. */
    final int place;

    final PushedMetric means;

    /** A label that decides whether the series counts; empty: all do. */
    final byte[] filter;

    /** What it must be; empty: the label must not be there. */
    final byte[] filterValue;

    /** Of namespace, pod and container; once more for each further producer of the name, the likeliest last. */
    final byte[][] labels;

    private final byte[] name;

    private WantedName(int place, List<MetricName> ofProducers) {
        MetricName first = ofProducers.getFirst();
        boolean clear = ofProducers.stream()
                .allMatch(each -> each.means() == first.means() && each.filter().equals(first.filter()));
        if (!clear)
            throw new IllegalArgumentException("%s means several things: %s".formatted(first.name(), ofProducers));
        this.place = place;
        this.means = first.means();
        this.name = ascii(first.name());
        this.filter = ascii(
                switch (first.filter()) {
                    case LabelFilter.Any() -> "";
                    case LabelFilter.Has(String label, String value) -> label;
                    case LabelFilter.Lacks(String label) -> label;
                });
        this.filterValue = ascii(
                switch (first.filter()) {
                    case LabelFilter.Has(String label, String value) -> value;
                    case LabelFilter.Any _, LabelFilter.Lacks _ -> "";
                });
        this.labels = ofProducers.stream()
                .map(MetricName::labels)
                .flatMap(each -> Stream.of(each.namespace(), each.pod(), each.container()))
                .map(WantedName::ascii)
                .toArray(byte[][]::new);
    }

    static WantedName at(int place) {
        return ALL[place];
    }

    /** @return the place of the one with this name, -1 if there is none */
    static int find(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length >= BY_LENGTH.length) return -1;
        for (WantedName wanted : BY_LENGTH[length])
            if (Arrays.equals(wanted.name, 0, length, bytes, from, to)) return wanted.place;
        return -1;
    }

    /** The most labels that any of them has. */
    static int mostLabels() {
        return Arrays.stream(ALL).mapToInt(wanted -> wanted.labels.length).max().orElse(0);
    }

    private static WantedName[] all() {
        Map<String, List<MetricName>> byName = new LinkedHashMap<>();
        for (MetricName name : Vocabulary.prometheus())
            byName.computeIfAbsent(name.name(), _ -> new ArrayList<>()).add(name);
        List<WantedName> all = new ArrayList<>();
        byName.values().forEach(ofProducers -> all.add(new WantedName(all.size(), ofProducers)));
        return all.toArray(WantedName[]::new);
    }

    private static WantedName[][] byLength() {
        int longest =
                Arrays.stream(ALL).mapToInt(wanted -> wanted.name.length).max().orElse(0);
        WantedName[][] found = new WantedName[longest + 1][];
        Arrays.setAll(
                found,
                length -> Arrays.stream(ALL)
                        .filter(wanted -> wanted.name.length == length)
                        .toArray(WantedName[]::new));
        return found;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
