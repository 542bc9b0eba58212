package io.trimtab.service.web;

import io.trimtab.service.view.NodesView;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says numbers as people say them. Money is in US dollars. Public for the templates. */
public final class Display {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("d MMM HH:mm 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final int COLOURS = 10;
    private static final int BAR_WIDTH = 1000;

    /** {@code $1,240/mo}; below ten dollars with cents. */
    public String perMonth(BigDecimal amount) {
        return dollars(amount) + "/mo";
    }

    /** What a saving does to the bill, with its sign: {@code −$12/mo} is a saving, {@code +$12/mo} costs more. */
    public String change(BigDecimal saving) {
        if (dollars(saving.abs()).equals("$0.00")) return "±$0/mo";
        return (saving.signum() > 0 ? "−" : "+") + dollars(saving.abs()) + "/mo";
    }

    /** The style of a saving or of an extra cost. */
    public String tone(BigDecimal saving) {
        return switch (saving.signum()) {
            case 1 -> "saving";
            case -1 -> "risk";
            default -> "dim";
        };
    }

    private static String dollars(BigDecimal amount) {
        boolean large = amount.abs().compareTo(BigDecimal.TEN) >= 0;
        String text = String.format(
                Locale.ROOT, large ? "%,.0f" : "%.2f", amount.abs().setScale(large ? 0 : 2, RoundingMode.HALF_EVEN));
        return (amount.signum() < 0 ? "−$" : "$") + text;
    }

    /** To the cent, for tables. */
    public String cents(BigDecimal amount) {
        return String.format(Locale.ROOT, "%,.2f", amount);
    }

    /** Every digit. */
    public String exact(BigDecimal amount) {
        return "$" + amount.stripTrailingZeros().toPlainString();
    }

    public String percent(double share) {
        return Math.round(share * 100) + " %";
    }

    public String moment(Instant moment) {
        return MOMENT.format(moment);
    }

    /** The colour class of a namespace, by its place among all. */
    public String colour(String namespace, List<String> namespaces) {
        return "c" + Math.floorMod(namespaces.indexOf(namespace), COLOURS);
    }

    /** A pod's stretch of its node's bar; {@code x} and {@code width} are thousandths of the bar. */
    public record Segment(long x, long width, String colour, String label) {}

    public List<Segment> segments(NodesView.NodeView node, boolean cpu, List<String> namespaces) {
        List<Segment> segments = new ArrayList<>();
        double at = 0;
        for (NodesView.PodView pod : node.pods()) {
            double share = cpu ? pod.cpuShare() : pod.memoryShare();
            long from = Math.round(at * BAR_WIDTH);
            long to = Math.round((at + share) * BAR_WIDTH);
            String label = "%s/%s: CPU %s, memory %s".formatted(pod.namespace(), pod.name(), pod.cpu(), pod.memory());
            // A pixel less than its share, so that neighbours of one colour stay apart.
            if (to > from)
                segments.add(new Segment(from, Math.max(1, to - from - 2), colour(pod.namespace(), namespaces), label));
            at += share;
        }
        return segments;
    }
}
